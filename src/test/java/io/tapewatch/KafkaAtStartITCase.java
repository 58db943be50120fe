package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.cluster.Waiting;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the job finds of quotes and instruments before it starts. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
@Timeout(600)
class KafkaAtStartITCase {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z

    private final String prefix = "at-start-" + NUMBER.incrementAndGet() + ".";
    private final Configuration options = new Configuration();
    private EmbeddedKafka kafka;

    @BeforeEach
    void topics(EmbeddedKafka kafka) {
        this.kafka = kafka;
        for (String output : List.of("summaries", "flags", "shadow-flags", "dead-letters", "rule-status")) {
            kafka.createTopic(prefix + output, 1, Map.of());
        }
        kafka.createTopic(prefix + "quoted-trades", 1, Map.of());
        kafka.createTopic(prefix + "prices", 1, Map.of("message.timestamp.type", "LogAppendTime"));
        kafka.createTopic(prefix + "rules", 1, Map.of());
        // Tests stamp quotes as of long ago: the broker would delete them the next time it looks for old ones.
        kafka.createTopic(prefix + "quotes", 2, Map.of("retention.ms", "-1"));
        kafka.createTopic(prefix + "instruments", 2, Map.of("cleanup.policy", "compact"));
        options.set(JobOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers())
                .set(JobOptions.PRICES_TOPIC, prefix + "prices")
                .set(JobOptions.RULES_TOPIC, prefix + "rules")
                .set(JobOptions.OUTPUT_PREFIX, prefix)
                .set(JobOptions.GROUP_ID, prefix + "group")
                .set(JobOptions.WINDOWS, "1m");
    }

    @Test
    void withoutQuotesAndInstrumentsNothingIsLookedFor() {
        KafkaAtStart found = find();
        assertThat(found.quotes()).isEmpty();
        assertThat(found.instruments()).isEmpty();
    }

    @Test
    void whereQuotesBeginAndEndIsWhatIsSaidOfPrices() throws Exception {
        options.set(JobOptions.QUOTES_TOPIC, prefix + "quotes");
        for (int i = 0; i < 4; i++) {
            send("quotes", 0, NOON + i * 1_000);
        }
        for (int i = 0; i < 3; i++) {
            send("quotes", 1, NOON + i * 2_000);
        }
        send("prices", 0, NOON);

        KafkaAtStart first = find();
        assertThat(first.prices().partitions()).isEqualTo(1);
        assertThat(first.quotes()).hasValue(new KafkaAtStart.Timed(2, quotes(0, 0), Optional.empty()));

        options.set(JobOptions.PRICES_START, JobOptions.EARLIEST).set(JobOptions.PRICES_UNTIL, JobOptions.LATEST);
        assertThat(quotesFrom()).isEqualTo(quotes(0, 0));
        assertThat(quotesUntil()).hasValue(quotes(4, 3));
        assertThat(find().prices().until()).hasValue(Map.of(new TopicPartition(prefix + "prices", 0), 1L));

        options.set(JobOptions.PRICES_START, JobOptions.LATEST)
                .set(JobOptions.PRICES_UNTIL, Instant.ofEpochMilli(NOON + 3_000).toString());
        assertThat(quotesFrom()).isEqualTo(quotes(4, 3));
        assertThat(quotesUntil()).hasValue(quotes(3, 2));

        options.set(JobOptions.PRICES_START, Instant.ofEpochMilli(NOON + 1_001).toString());
        assertThat(quotesFrom()).isEqualTo(quotes(2, 1));

        options.set(JobOptions.PRICES_START, JobOptions.COMMITTED);
        commit("quotes", 0, 2);
        assertThat(quotesFrom()).isEqualTo(quotes(2, 0));
    }

    @Test
    void aGroupThatHasReadQuotesWhichAreNotThereIsRefused() throws Exception {
        options.set(JobOptions.QUOTES_TOPIC, prefix + "quotes");
        commit("quotes", 1, 7);
        assertThatThrownBy(this::find)
                .hasMessageStartingWith("group '" + prefix + "group' has got to offset 7 of partition 1 of topic '"
                        + prefix + "quotes' on Kafka at ")
                .message()
                .hasLineCount(1);
        options.set(JobOptions.PRICES_START, JobOptions.EARLIEST);
        assertThat(quotesFrom()).isEqualTo(quotes(0, 0));
    }

    @Test
    void instrumentsEndWhereTheyEnd() throws Exception {
        options.set(JobOptions.INSTRUMENTS_TOPIC, prefix + "instruments");
        send("instruments", 1, NOON);
        send("instruments", 1, NOON);
        assertThat(find().instruments().orElseThrow().end())
                .isEqualTo(Map.of(
                        new TopicPartition(prefix + "instruments", 0), 0L,
                        new TopicPartition(prefix + "instruments", 1), 2L));
    }

    @Test
    void topicsThatAreNotThereAreNamed() {
        options.set(JobOptions.QUOTES_TOPIC, "nowhere");
        assertRefused("topic 'nowhere' does not exist");
        options.removeConfig(JobOptions.QUOTES_TOPIC);
        options.set(JobOptions.INSTRUMENTS_TOPIC, "nowhere");
        assertRefused("topic 'nowhere' does not exist");
    }

    @Test
    void quotedTradesNeedATopicWhereThereAreQuotes() throws Exception {
        try (Admin admin = admin()) {
            admin.deleteTopics(List.of(prefix + "quoted-trades")).all().get();
            // The broker hears of it a little later than it confirms it.
            Waiting.untilTrue(
                    "the topic is gone", () -> !admin.listTopics().names().get().contains(prefix + "quoted-trades"));
        }
        find();
        options.set(JobOptions.QUOTES_TOPIC, prefix + "quotes");
        assertRefused("topic '" + prefix + "quoted-trades' does not exist");
    }

    @Test
    void topicsThatMayMisleadAreWarnedOf() {
        kafka.createTopic(prefix + "stamped", 1, Map.of("message.timestamp.type", "LogAppendTime"));
        kafka.createTopic(prefix + "forgetful", 1, Map.of("cleanup.policy", "compact,delete"));
        List<String> warnings = new ArrayList<>();
        listening(warnings::add, () -> {
            options.set(JobOptions.QUOTES_TOPIC, prefix + "stamped");
            options.set(JobOptions.INSTRUMENTS_TOPIC, prefix + "instruments");
            find();
            assertThat(warnings)
                    .hasSize(4)
                    .allMatch(warning -> warning.contains("' has compression.type=producer, so a record of a few kB"));
            kafka.createTopic(prefix + "unpacked", 1, Map.of("compression.type", "uncompressed"));
            options.set(JobOptions.RULES_TOPIC, prefix + "unpacked");
            warnings.clear();
            find();
            assertThat(warnings).hasSize(3);
            warnings.clear();
            options.set(JobOptions.QUOTES_TOPIC, prefix + "quotes");
            options.set(JobOptions.INSTRUMENTS_TOPIC, prefix + "forgetful");
            find();
        });
        assertThat(warnings)
                .filteredOn(warning -> !warning.contains("compression.type"))
                .satisfiesExactly(
                        stamps -> assertThat(stamps)
                                .startsWith("Topic '" + prefix + "quotes' lets producers set the records' timestamps"),
                        old -> assertThat(old)
                                .startsWith("Topic '" + prefix + "forgetful' deletes what was said of an instrument"));
    }

    private Map<TopicPartition, Long> quotesFrom() {
        return find().quotes().orElseThrow().from();
    }

    private Optional<Map<TopicPartition, Long>> quotesUntil() {
        return find().quotes().orElseThrow().until();
    }

    private KafkaAtStart find() {
        return KafkaAtStart.find(options, new Properties());
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::find).hasMessageStartingWith(message).message().hasLineCount(1);
    }

    private Map<TopicPartition, Long> quotes(long first, long second) {
        return Map.of(
                new TopicPartition(prefix + "quotes", 0), first, new TopicPartition(prefix + "quotes", 1), second);
    }

    private void send(String topic, int partition, long timestamp) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(prefix + topic, partition, timestamp, "A", "{}"))
                    .get();
        }
    }

    private void commit(String topic, int partition, long offset) throws Exception {
        try (Admin admin = admin()) {
            admin.alterConsumerGroupOffsets(
                            prefix + "group",
                            Map.of(new TopicPartition(prefix + topic, partition), new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
    }

    /** Hears what the class says meanwhile. */
    private static void listening(Consumer<String> message, Runnable action) {
        Logger logger = (Logger) LogManager.getLogger(KafkaAtStart.class);
        AbstractAppender ear = new AbstractAppender("ear", null, null, false, Property.EMPTY_ARRAY) {
            @Override
            public void append(LogEvent event) {
                if (event.getLoggerName().equals(KafkaAtStart.class.getName())) {
                    message.accept(event.getMessage().getFormattedMessage());
                }
            }
        };
        ear.start();
        logger.addAppender(ear);
        try {
            action.run();
        } finally {
            logger.removeAppender(ear);
            ear.stop();
        }
    }
}
