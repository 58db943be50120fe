package io.tapewatch.io.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.KafkaBroker;
import io.tapewatch.LongPatience;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.local.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({KafkaBroker.class, LongPatience.class})
@Timeout(600)
class TopicTailITCase {

    private static final long SEED = 20_131_125;
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 6_000;
    private static final long START = 1_700_000_000_000L;

    private static final Predicate<ConsumerRecord<byte[], byte[]>> ALL = record -> true;

    private static final String TOPIC = "tail-filled";

    /** What was committed there. */
    private static final List<Sent> committed = new ArrayList<>();

    /** What was sent, and is to be read once it is committed. */
    private record Sent(int partition, long timestamp, long offset, String key) {
        private static Sent of(ConsumerRecord<byte[], byte[]> record) {
            return new Sent(
                    record.partition(),
                    record.timestamp(),
                    record.offset(),
                    new String(record.key(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void theLastAreThoseOfANaiveReaderHoweverTheyAreSpread(EmbeddedKafka kafka) {
        try (KafkaConnection connection = connect(kafka)) {
            // "common" is everywhere, "first" only at the beginnings, "none" nowhere, "p1" in one partition.
            for (String each : List.of(
                    "1 *", "300 *", "20 common", "20 p1", "1 rare", "10 rare", "10000 rare", "20 first", "20 none")) {
                int count = Integer.parseInt(each.split(" ")[0]);
                String key = each.split(" ")[1];
                Predicate<Sent> wanted = one -> key.equals("*") || one.key.equals(key);
                List<Sent> all = committed.stream().filter(wanted).toList();
                List<Sent> expected = all.subList(Math.max(0, all.size() - count), all.size());
                List<Sent> read = new ArrayList<>();
                try (TopicTail tail =
                        TopicTail.ofLast(connection, TOPIC, count, record -> wanted.test(Sent.of(record)))) {
                    readToTheEnd(tail, read);
                }
                assertThat(read.stream().filter(wanted))
                        .as("the last %d of %s, seed %d", count, key, SEED)
                        .containsExactlyElementsOf(expected);
            }
        }
    }

    @Test
    void aFewAtTheEndAreFoundWithoutReadingTheTopicFromItsBeginning(EmbeddedKafka kafka) {
        List<Long> looked = new ArrayList<>();
        try (KafkaConnection connection = connect(kafka);
                TopicTail tail = TopicTail.ofLast(connection, TOPIC, 20, record -> {
                    looked.add(record.offset());
                    return new String(record.key(), StandardCharsets.UTF_8).equals("p1");
                })) {
            readToTheEnd(tail, new ArrayList<>());
        }
        assertThat(looked).hasSizeBetween(20, PARTITIONS * 256);
    }

    @Test
    void allSinceATimeComeInTheOrderOfTheirTimes(EmbeddedKafka kafka) {
        try (KafkaConnection connection = connect(kafka)) {
            long last = committed.get(committed.size() - 1).timestamp;
            for (long time : new long[] {-1, START, committed.get(committed.size() / 2).timestamp, last, last + 1}) {
                List<Sent> read = new ArrayList<>();
                try (TopicTail tail = TopicTail.since(connection, TOPIC, time)) {
                    readToTheEnd(tail, read);
                }
                assertThat(read)
                        .as("since %d, seed %d", time, SEED)
                        .containsExactlyElementsOf(committed.stream()
                                .filter(one -> one.timestamp >= time)
                                .toList());
            }
        }
    }

    @Test
    void whatComesIsSeenWhenItIsCommittedAlsoInPartitionsThatAreNew(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("tail-follow", 2, Map.of());
        List<Sent> read = new ArrayList<>();
        try (KafkaConnection connection = connect(kafka);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                KafkaProducer<String, String> plain = producer(kafka, null);
                KafkaProducer<String, String> transactional = producer(kafka, "tail-follow")) {
            transactional.initTransactions();
            transactional.beginTransaction();
            transactional.send(record("tail-follow", 0, "open", START)).get();
            plain.send(record("tail-follow", 1, "before", START)).get();
            try (TopicTail tail = TopicTail.ofLast(connection, "tail-follow", 10, ALL)) {
                readToTheEnd(tail, read);
                assertThat(read).extracting(Sent::key).containsExactly("before");

                // It stands behind the open transaction, and so it waits for that to end.
                plain.send(record("tail-follow", 0, "behind", START + 1)).get();
                plain.send(record("tail-follow", 1, "beside", START + 2)).get();
                follow(tail, read, () -> read.size() >= 2);
                assertThat(read).extracting(Sent::key).containsExactly("before", "beside");

                transactional.commitTransaction();
                follow(tail, read, () -> read.size() >= 4);
                assertThat(read).extracting(Sent::key).containsExactly("before", "beside", "open", "behind");

                transactional.beginTransaction();
                transactional.send(record("tail-follow", 0, "aborted", START)).get();
                transactional.abortTransaction();
                admin.createPartitions(Map.of("tail-follow", NewPartitions.increaseTo(3)))
                        .all()
                        .get();
                while (plain.partitionsFor("tail-follow").size() < 3) {
                    Thread.onSpinWait();
                }
                plain.send(record("tail-follow", 2, "new", START)).get();
                plain.send(record("tail-follow", 0, "last", START)).get();
                follow(tail, read, () -> read.size() >= 6);
                assertThat(read.subList(4, 6)).extracting(Sent::key).containsExactlyInAnyOrder("new", "last");
            }
        }
    }

    @Test
    void brokersThatGoAwayAreToldOnceAndWhatComesAfterwardsIsSeen() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.create();
                KafkaConnection connection = connect(kafka)) {
            kafka.createTopic("tail-outage", 1, Map.of());
            List<Sent> read = new ArrayList<>();
            List<String> complaints = new ArrayList<>();
            try (TopicTail tail = TopicTail.ofLast(connection, "tail-outage", 0, ALL)) {
                tail.poll(complaints::add);
                kafka.stop();
                while (complaints.isEmpty()) {
                    tail.poll(complaints::add);
                }
                kafka.start();
                try (KafkaProducer<String, String> plain = producer(kafka, null)) {
                    plain.send(record("tail-outage", 0, "after", START)).get();
                }
                while (read.isEmpty()) {
                    tail.poll(complaints::add).forEach(record -> read.add(Sent.of(record)));
                }
            }
            assertThat(read).extracting(Sent::key).containsExactly("after");
            assertThat(complaints)
                    .containsExactly("Kafka at " + kafka.bootstrapServers()
                            + " has no answer about topic 'tail-outage' any more; what comes is shown when it has");
        }
    }

    @Test
    void aTopicThatIsNotThereIsTold(EmbeddedKafka kafka) {
        try (KafkaConnection connection = connect(kafka)) {
            String message = "topic 'tail-none' does not exist on Kafka at " + kafka.bootstrapServers()
                    + "; create it, or name the one you mean";
            assertThatThrownBy(() -> TopicTail.ofLast(connection, "tail-none", 20, ALL))
                    .isInstanceOf(KafkaConnection.KafkaUnusable.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> TopicTail.since(connection, "tail-none", START))
                    .isInstanceOf(KafkaConnection.KafkaUnusable.class)
                    .hasMessage(message);
        }
    }

    /**
     * Fills a topic from transactions, some of them aborted, some in all partitions; times never go back in a partition, and
     * many are the same.
     */
    @BeforeAll
    static void fill(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic(TOPIC, PARTITIONS, Map.of());
        Random random = new Random(SEED);
        long time = START;
        try (KafkaProducer<String, String> producer = producer(kafka, TOPIC)) {
            producer.initTransactions();
            for (int made = 0; made < RECORDS; ) {
                boolean aborted = random.nextInt(4) == 0;
                int only = random.nextInt(PARTITIONS * 2);
                List<ProducerRecord<String, String>> records = new ArrayList<>();
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                producer.beginTransaction();
                for (int i = random.nextInt(200); i >= 0; i--) {
                    int partition = only < PARTITIONS ? only : random.nextInt(PARTITIONS);
                    time += random.nextInt(10) / 9;
                    ProducerRecord<String, String> record =
                            record(TOPIC, partition, key(made++, partition, random), time);
                    records.add(record);
                    sent.add(producer.send(record));
                }
                if (aborted) {
                    producer.flush();
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                    for (int i = 0; i < records.size(); i++) {
                        ProducerRecord<String, String> record = records.get(i);
                        long offset = sent.get(i).get().offset();
                        committed.add(new Sent(record.partition(), record.timestamp(), offset, record.key()));
                    }
                }
            }
        }
        // A commit is confirmed a little before the partitions hear of it.
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Waiting.untilTrue("the last transaction has ended", () -> ends(admin, IsolationLevel.READ_COMMITTED)
                    .equals(ends(admin, IsolationLevel.READ_UNCOMMITTED)));
        }
        // As a naive reader has them: by time, partition and offset.
        committed.sort(Comparator.comparingLong(Sent::timestamp)
                .thenComparingInt(Sent::partition)
                .thenComparingLong(Sent::offset));
    }

    private static List<Long> ends(Admin admin, IsolationLevel level) throws Exception {
        List<Long> ends = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            TopicPartition each = new TopicPartition(TOPIC, partition);
            ends.add(admin.listOffsets(Map.of(each, OffsetSpec.latest()), new ListOffsetsOptions(level))
                    .partitionResult(each)
                    .get()
                    .offset());
        }
        return ends;
    }

    private static String key(int number, int partition, Random random) {
        if (number < 500) {
            return "first";
        }
        if (random.nextInt(400) == 0) {
            return "rare";
        }
        return partition == 1 && random.nextBoolean() ? "p1" : "common";
    }

    private static ProducerRecord<String, String> record(String topic, int partition, String key, long time) {
        return new ProducerRecord<>(topic, partition, time, key, "{}");
    }

    private static KafkaProducer<String, String> producer(EmbeddedKafka kafka, String transactionalId) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("metadata.max.age.ms", "100");
        if (transactionalId != null) {
            settings.put("transactional.id", transactionalId);
        }
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static KafkaConnection connect(EmbeddedKafka kafka) {
        return new KafkaConnection(kafka.bootstrapServers(), new Properties());
    }

    private static void readToTheEnd(TopicTail tail, List<Sent> read) {
        while (!tail.hasCaughtUp()) {
            tail.poll(TopicTailITCase::unexpected).forEach(record -> read.add(Sent.of(record)));
        }
    }

    private static void follow(TopicTail tail, List<Sent> read, BooleanSupplier until) {
        while (!until.getAsBoolean()) {
            tail.poll(TopicTailITCase::unexpected).forEach(record -> read.add(Sent.of(record)));
        }
    }

    private static void unexpected(String complaint) {
        throw new AssertionError(complaint);
    }
}
