package io.tapewatch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class EmbeddedKafkaITCase {

    private static final TopicPartition PRICES = new TopicPartition("prices", 0);

    @Test
    void whatWasSentIsReadAfterTheBrokerWasStoppedAndStarted() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.create()) {
            kafka.createTopic("prices", 1, Map.of());
            produce(kafka, Map.of(), false, "64250.12");
            String address = kafka.bootstrapServers();

            kafka.stop();
            kafka.start();

            assertThat(kafka.bootstrapServers()).isEqualTo(address);
            produce(kafka, Map.of(), false, "64251.00");
            assertThat(read(kafka, 2, "read_uncommitted")).containsExactly("64250.12", "64251.00");
        }
    }

    @Test
    void aTransactionIsSeenOnceItIsCommittedAndNotIfItIsAborted() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.create()) {
            kafka.createTopic("prices", 1, Map.of());
            produce(kafka, Map.of("transactional.id", "a"), false, "aborted");
            produce(kafka, Map.of("transactional.id", "b"), true, "committed");

            assertThat(read(kafka, 1, "read_committed")).containsExactly("committed");
            assertThat(read(kafka, 2, "read_uncommitted")).containsExactly("aborted", "committed");
        }
    }

    @Test
    void aTopicHasThePartitionsAndSettingsItWasCreatedWith() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.create();
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            kafka.createTopic("prices", 3, Map.of("message.timestamp.type", "LogAppendTime"));

            assertThat(admin.describeTopics(Set.of("prices"))
                            .allTopicNames()
                            .get()
                            .get("prices")
                            .partitions())
                    .hasSize(3);
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "prices");
            assertThat(admin.describeConfigs(Set.of(topic))
                            .all()
                            .get()
                            .get(topic)
                            .get("message.timestamp.type")
                            .value())
                    .isEqualTo("LogAppendTime");
            assertThatThrownBy(() -> kafka.createTopic("prices", 1, Map.of()))
                    .hasMessageContaining("prices")
                    .hasMessageContaining("exists");
        }
    }

    @Test
    void settingsOfTheBrokerGoBeforeItsOwn() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.create(Map.of("message.max.bytes", "4321", "num.io.threads", "3"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
            Config settings = admin.describeConfigs(Set.of(broker)).all().get().get(broker);
            assertThat(settings.get("message.max.bytes").value()).isEqualTo("4321");
            assertThat(settings.get("num.io.threads").value()).isEqualTo("3");
            assertThat(settings.get("num.network.threads").value()).isEqualTo("2");
        }
    }

    @Test
    void twoBrokersLiveSideBySideAndLeaveNothingBehind() throws Exception {
        EmbeddedKafka first = EmbeddedKafka.create();
        EmbeddedKafka second = EmbeddedKafka.create();
        assertThat(first.folder()).isDirectory();
        assertThat(first.bootstrapServers()).isNotEqualTo(second.bootstrapServers());

        first.close();
        second.close();

        assertThat(first.folder()).doesNotExist();
        assertThat(second.folder()).doesNotExist();
    }

    @Test
    void aPortThatIsTakenIsSaidSoAndTheBrokerStartsOnceItIsFree() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.create()) {
            kafka.createTopic("prices", 1, Map.of());
            kafka.stop();
            String[] address = kafka.bootstrapServers().split(":");

            try (ServerSocket taken =
                    new ServerSocket(Integer.parseInt(address[1]), 0, InetAddress.getByName(address[0]))) {
                assertThat(taken.isBound()).isTrue();
                assertThatThrownBy(kafka::start)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("Kafka did not start");
            }
            kafka.start();

            produce(kafka, Map.of(), false, "64250.12");
            assertThat(read(kafka, 1, "read_uncommitted")).containsExactly("64250.12");
        }
    }

    private static void produce(EmbeddedKafka kafka, Map<String, Object> more, boolean commit, String value)
            throws Exception {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            boolean transactional = !more.isEmpty();
            if (transactional) {
                producer.initTransactions();
                producer.beginTransaction();
            }
            producer.send(new ProducerRecord<>("prices", 0, null, value)).get();
            if (transactional && commit) {
                producer.commitTransaction();
            } else if (transactional) {
                producer.abortTransaction();
            }
        }
    }

    private static List<String> read(EmbeddedKafka kafka, int count, String isolation) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", isolation);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(Set.of(PRICES));
            consumer.seekToBeginning(Set.of(PRICES));
            long end = consumer.endOffsets(Set.of(PRICES)).get(PRICES);
            while (consumer.position(PRICES) < end || values.size() < count) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }
}
