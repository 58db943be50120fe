package io.tapewatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Tick;
import io.tapewatch.io.json.MutatedRecords;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.RecordDecoder;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.io.json.RecordTable;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.DefaultRecordBatch;
import org.apache.kafka.common.record.SimpleRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a producer sends, the job goes on, and every record is counted or a dead letter that says why. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class BadRecordsITCase {

    private static final Pattern TICK = Pattern.compile("tick (.*?) [-0-9.]+(?: |$)");
    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final int PARTITIONS = 3;

    /** What producers put into headers is theirs. */
    private static final Header HEADER = new RecordHeader("reason", "none".getBytes(UTF_8));

    /** What a topic takes unless told otherwise: the longest batch (max.message.bytes). */
    private static final int LONGEST_BATCH = 1_048_588;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "prices.allow-nonpositive {0}")
    @ValueSource(booleans = {false, true})
    void everyBadRecordOfTheTablesIsADeadLetterAndAllGoodOnesAreCounted(boolean allowNonpositive, EmbeddedKafka kafka)
            throws Exception {
        Map<Prices.Position, RecordTable.Row> bad = new HashMap<>();
        List<Trade> good = new ArrayList<>();
        Map<String, Long> goodOfTable = new TreeMap<>();
        long heartbeats = 0;
        try (TestJob job = new TestJob(kafka, folder, 1);
                Prices prices = new Prices(kafka, job, 3_000_000)) {
            job.options().set(JobOptions.ALLOW_NONPOSITIVE, allowNonpositive);
            for (RecordTable.Row row : RecordTable.rows("prices")) {
                if (row.allowsNonpositive() != allowNonpositive || row.timestamp() == Origin.NO_TIMESTAMP) {
                    continue;
                }
                int partition = good.size() % PARTITIONS;
                Prices.Position position = prices.send(partition, row.timestamp(), row.key(), row.value(), HEADER);
                if (row.isRejected()) {
                    bad.put(position, row);
                } else if (row.expected().startsWith("heartbeat")) {
                    heartbeats++;
                } else {
                    goodOfTable.merge(symbol(row.expected()), 1L, Long::sum);
                }
                good.add(prices.sendGood(partition, NOON + good.size() * 500L));
            }

            prices.flush();
            Run run = run(job);

            Map<Prices.Position, ConsumerRecord<byte[], byte[]>> letters = letters(job);
            assertThat(letters.keySet()).isEqualTo(bad.keySet());
            letters.forEach((position, letter) -> {
                RecordTable.Row row = bad.get(position);
                assertThat(header(letter, "reason") + ": " + header(letter, "detail"))
                        .as("%s", row)
                        .matches(row::expects, "is what the table says: " + row.expected());
                prices.assertHolds(position, letter, 900_000);
            });
            assertThat(bad.size() + good.size() + heartbeats + sum(goodOfTable))
                    .as("sent")
                    .isEqualTo(prices.count());
            run.assertAccount(prices.count(), heartbeats, good.size() + sum(goodOfTable), letters.values());
            NaiveSummaries.assertEqual(goodSummaries(job), good, "1m");
            assertThat(countBySymbol(job)).isEqualTo(goodOfTable);
        }
    }

    /** The symbol of a tick as the tables write it, which may have spaces: what stands before the first number. */
    private static String symbol(String tick) {
        Matcher matcher = TICK.matcher(tick);
        assertThat(matcher.lookingAt()).as(tick).isTrue();
        return matcher.group(1);
    }

    @Test
    void whateverIsDoneToRecordsEachIsCountedOrADeadLetterAsItCame(EmbeddedKafka kafka) throws Exception {
        MutatedRecords mutations = MutatedRecords.prices(19_291_024);
        RecordDecoder decoder = PriceDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false))
                .decoder("prices");
        Map<Prices.Position, Rejection> bad = new HashMap<>();
        List<Trade> good = new ArrayList<>();
        Map<String, Long> goodOnes = new TreeMap<>();
        long heartbeats = 0;
        try (TestJob job = new TestJob(kafka, folder, 1);
                Prices prices = new Prices(kafka, job, LONGEST_BATCH)) {
            for (int round = 0; round < Rounds.of(20_000, 4_000); round++) {
                MutatedRecords.Mutated price = mutations.next();
                int partition = round % PARTITIONS;
                Prices.Position position =
                        prices.send(partition, price.timestamp(), price.key(), price.value(), HEADER);
                Decoded decoded = decoder.decode(
                        price.key(),
                        price.value(),
                        new Origin(partition, 0, price.timestamp(), Origin.Stamp.CREATE_TIME));
                if (decoded instanceof Rejection rejection) {
                    bad.put(position, rejection);
                } else if (decoded instanceof Heartbeat) {
                    heartbeats++;
                } else if (decoded instanceof Tick tick) {
                    goodOnes.merge(tick.symbol(), 1L, Long::sum);
                }
                if (round % 10 == 0) {
                    good.add(prices.sendGood(partition, NOON + round * 50L));
                }
            }

            prices.flush();
            Run run = run(job);

            Map<Prices.Position, ConsumerRecord<byte[], byte[]>> letters = letters(job);
            assertThat(letters.keySet()).as("%s", mutations).isEqualTo(bad.keySet());
            letters.forEach((position, letter) -> {
                Rejection expected = bad.get(position);
                assertThat(header(letter, "reason"))
                        .as("%s: %s", mutations, position)
                        .isEqualTo(expected.reason().label());
                assertThat(header(letter, "detail"))
                        .as("%s: %s", mutations, position)
                        .isEqualTo(expected.detail());
                prices.assertHolds(position, letter, 900_000);
            });
            run.assertAccount(prices.count(), heartbeats, good.size() + sum(goodOnes), letters.values());
            NaiveSummaries.assertEqual(goodSummaries(job), good, "1m");
            assertThat(countBySymbol(job)).as("%s", mutations).isEqualTo(goodOnes);
            assertThat(List.of((long) bad.size(), sum(goodOnes), heartbeats))
                    .as("%s: enough of each", mutations)
                    .allMatch(count -> count > Rounds.of(1_000));
        }
    }

    @ParameterizedTest(name = "dead-letters.max-bytes {0}")
    @ValueSource(ints = {900_000, 1_000_000})
    void theLongestRecordsThatATopicTakesAreDeadLettersToo(int maxBytes, EmbeddedKafka kafka) throws Exception {
        Random random = new Random(5);
        try (TestJob job = new TestJob(kafka, folder, 1);
                Prices prices = new Prices(kafka, job, LONGEST_BATCH)) {
            job.options().set(JobOptions.DEAD_LETTERS_MAX_BYTES, maxBytes);
            byte[] small = {'K'};
            byte[] number = {'1'};
            List<Trade> good = new ArrayList<>();
            good.add(prices.sendGood(0, NOON));
            prices.send(0, NOON, small, longest(random, small, true));
            prices.send(0, NOON, null, longest(random, null, true));
            prices.send(1, NOON, longest(random, number, false), number);
            prices.send(1, NOON, longest(random, null, false), null);
            prices.send(1, NOON, longest(random, new byte[0], false), new byte[0]);
            prices.send(2, NOON, random(random, 524_000), random(random, 524_000));
            for (int length : new int[] {maxBytes / 2 - 1, maxBytes / 2, maxBytes / 2 + 1}) {
                prices.send(2, NOON, random(random, length), random(random, maxBytes / 2));
            }
            prices.send(0, NOON, small, new byte[] {'x'}, new RecordHeader("theirs", random(random, 1_000_000)));
            // Compressed to a short batch, a record may be much longer than what a topic takes.
            prices.sendCompressed(2, small, new byte[20_000_000]);
            prices.sendCompressed(2, new byte[20_000_000], null);
            byte[] longest = longest(random, small, true);
            prices.assertTooLong(0, small, Arrays.copyOf(longest, longest.length + 1));
            for (int partition = 0; partition < PARTITIONS; partition++) {
                good.add(prices.sendGood(partition, NOON + 1));
            }

            prices.flush();
            Run run = run(job);

            Map<Prices.Position, ConsumerRecord<byte[], byte[]>> letters = letters(job);
            assertThat(letters).hasSize(prices.count() - good.size());
            letters.forEach((position, letter) -> prices.assertHolds(position, letter, maxBytes));
            assertThat(letters.values())
                    .extracting(letter -> header(letter, "reason"))
                    .contains("too-large", "empty", "bad-symbol");
            run.assertAccount(prices.count(), 0, good.size(), letters.values());
            NaiveSummaries.assertEqual(goodSummaries(job), good, "1m");
        }
    }

    /** Bytes that cannot be compressed, as many as a topic takes in a record with this other part. */
    private static byte[] longest(Random random, byte[] other, boolean asValue) {
        int length = LONGEST_BATCH - (other == null ? 0 : other.length) - 100;
        byte[] longest;
        do {
            longest = new byte[++length];
        } while (batch(asValue ? other : longest, asValue ? longest : other) < LONGEST_BATCH);
        random.nextBytes(longest);
        return longest;
    }

    private static int batch(byte[] key, byte[] value) {
        return DefaultRecordBatch.sizeInBytes(List.of(new SimpleRecord(NOON, key, value)));
    }

    private static byte[] random(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Ticks of any age are counted in days; in minutes, only those that are not too old. */
    private static Run run(TestJob job) throws Exception {
        job.options().set(JobOptions.WINDOWS, "1m,1d");
        job.options().set(JobOptions.LATENESS_OF, "1d:36500d");
        job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofMinutes(1));
        job.options().set(JobOptions.PRICES_UNTIL, JobOptions.LATEST);
        StreamExecutionEnvironment env = job.environment(Duration.ofSeconds(2));
        TapewatchJob.build(env, job.options());
        return new Run(env.execute().getJobID());
    }

    /** A run that has ended by itself. */
    private record Run(JobID id) {

        void assertAccount(long in, long heartbeats, long counted, Iterable<ConsumerRecord<byte[], byte[]>> letters) {
            Map<String, Long> reasons = new HashMap<>();
            letters.forEach(letter -> reasons.merge(header(letter, "reason"), 1L, Long::sum));
            JobMetrics.Account account = TestJob.lastAccount(id);
            assertThat(account.of("records")).as("records").isEqualTo(in);
            assertThat(account.of("heartbeats")).as("heartbeats").isEqualTo(heartbeats);
            assertThat(account.of("counted")).as("counted").isEqualTo(counted);
            assertThat(account.of("tooLate")).as("too late").isZero();
            assertThat(account.of("waiting")).as("waiting").isZero();
            assertThat(account.of("rejected")).as("rejected").isEqualTo(sum(reasons));
            assertThat(account.by("rejectedBy")).as("rejected by reason").isEqualTo(reasons);
            assertThat(account.difference()).as("difference").isZero();
            assertThat(JobMetrics.restarts(id)).as("restarts").isZero();
        }
    }

    private static Map<Prices.Position, ConsumerRecord<byte[], byte[]>> letters(TestJob job) {
        Map<Prices.Position, ConsumerRecord<byte[], byte[]>> letters = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> letter : job.records("dead-letters")) {
            Prices.Position position = new Prices.Position(
                    Integer.parseInt(header(letter, "source-partition")),
                    Long.parseLong(header(letter, "source-offset")));
            assertThat(letters.put(position, letter))
                    .as("the other letter of %s", position)
                    .isNull();
        }
        return letters;
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    private static List<JsonNode> goodSummaries(TestJob job) {
        return job.read("summaries").stream()
                .filter(summary -> summary.get("symbol").asText().startsWith(Prices.GOOD)
                        && summary.get("window").asText().equals("1m"))
                .toList();
    }

    /** How many ticks of the other symbols were counted, by the last revision of each day. */
    private static Map<String, Long> countBySymbol(TestJob job) {
        Map<String, JsonNode> last = new HashMap<>();
        for (JsonNode summary : job.read("summaries")) {
            String symbol = summary.get("symbol").asText();
            if (summary.get("window").asText().equals("1d") && !symbol.startsWith(Prices.GOOD)) {
                last.merge(
                        symbol + " " + Instant.parse(summary.get("start").asText()),
                        summary,
                        (one, other) -> one.get("revision").asInt()
                                        > other.get("revision").asInt()
                                ? one
                                : other);
            }
        }
        Map<String, Long> counts = new TreeMap<>();
        last.values()
                .forEach(summary -> counts.merge(
                        summary.get("symbol").asText(), summary.get("count").asLong(), Long::sum));
        return counts;
    }

    /** A topic of prices whose records carry the timestamps they were sent with, and what was sent to it. */
    private static final class Prices implements AutoCloseable {

        static final String GOOD = "GOOD-";

        /** As long as a name may be. */
        private static final int LONGEST_NAME = 249;

        private final String topic;
        private final KafkaProducer<byte[], byte[]> producer;
        private final KafkaProducer<byte[], byte[]> compressing;
        private final Map<Position, ProducerRecord<byte[], byte[]>> sent = new LinkedHashMap<>();
        private final Map<Position, Future<RecordMetadata>> acknowledged = new LinkedHashMap<>();
        private final long[] ends = new long[PARTITIONS];

        record Position(int partition, long offset) {}

        /** Creates the topic, and lets the job read it. */
        Prices(EmbeddedKafka kafka, TestJob job, int longestBatch) {
            String name = job.topic("prices-stamped-by-producers-");
            topic = name + "-".repeat(LONGEST_NAME - name.length());
            kafka.createTopic(
                    topic,
                    PARTITIONS,
                    Map.of(
                            "message.timestamp.type",
                            "CreateTime",
                            "message.timestamp.after.max.ms",
                            String.valueOf(Long.MAX_VALUE),
                            "retention.ms",
                            "-1",
                            "max.message.bytes",
                            String.valueOf(longestBatch)));
            producer = producer(kafka, "none");
            compressing = producer(kafka, "gzip");
            job.options().set(JobOptions.PRICES_TOPIC, topic);
        }

        private static KafkaProducer<byte[], byte[]> producer(EmbeddedKafka kafka, String compression) {
            return new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers(),
                            // The topic is new: a first batch that must be tried again stays before the second.
                            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1,
                            ProducerConfig.LINGER_MS_CONFIG, 20,
                            ProducerConfig.COMPRESSION_TYPE_CONFIG, compression,
                            ProducerConfig.BUFFER_MEMORY_CONFIG, 64_000_000,
                            ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 64_000_000),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }

        /** Sends a record, and says where it will be. */
        Position send(int partition, long timestamp, byte[] key, byte[] value, Header... headers) {
            return send(producer, new ProducerRecord<>(topic, partition, timestamp, key, value, List.of(headers)));
        }

        /** The same in a batch that is compressed. */
        void sendCompressed(int partition, byte[] key, byte[] value) {
            producer.flush();
            send(compressing, new ProducerRecord<>(topic, partition, NOON, key, value));
            compressing.flush();
        }

        private Position send(KafkaProducer<byte[], byte[]> by, ProducerRecord<byte[], byte[]> record) {
            Position position = new Position(record.partition(), ends[record.partition()]++);
            sent.put(position, record);
            acknowledged.put(position, by.send(record));
            return position;
        }

        /** A tick of the partition's own symbol. */
        Trade sendGood(int partition, long time) {
            Trade trade = new Trade(time, GOOD + partition, 100 + sent.size() % 17, 1 + sent.size() % 3);
            String value = "{\"symbol\":\"%s\",\"price\":%s,\"size\":%s,\"time\":%d}"
                    .formatted(trade.symbol(), trade.price(), trade.size(), time);
            send(partition, time, null, value.getBytes(UTF_8));
            return trade;
        }

        /** Holds that a record of this value is refused because of its length. */
        void assertTooLong(int partition, byte[] key, byte[] value) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>(topic, partition, NOON, key, value))
                            .get())
                    .hasCauseInstanceOf(RecordTooLargeException.class);
        }

        /** Waits until all that was sent is there, each record where it was said to be. */
        void flush() throws Exception {
            producer.flush();
            for (Map.Entry<Position, Future<RecordMetadata>> each : acknowledged.entrySet()) {
                RecordMetadata metadata = each.getValue().get();
                assertThat(new Position(metadata.partition(), metadata.offset()))
                        .isEqualTo(each.getKey());
            }
        }

        int count() {
            return sent.size();
        }

        /** Holds that a letter is all of what was sent there, or as much of it as a letter may be, and says so. */
        void assertHolds(Position position, ConsumerRecord<byte[], byte[]> letter, int maxBytes) {
            ProducerRecord<byte[], byte[]> record = sent.get(position);
            byte[] key = cut(record.key(), maxBytes / 2);
            byte[] value = cut(record.value(), maxBytes - (key == null ? 0 : key.length));
            assertThat(Arrays.equals(letter.key(), key))
                    .as("the key of %s", position)
                    .isTrue();
            assertThat(Arrays.equals(letter.value(), value))
                    .as("the value of %s", position)
                    .isTrue();
            Map<String, String> headers = new TreeMap<>();
            letter.headers().forEach(header -> assertThat(headers.put(header.key(), new String(header.value(), UTF_8)))
                    .as("once: %s", header)
                    .isNull());
            assertThat(headers.remove("reason")).isNotNull();
            assertThat(headers.remove("detail")).isNotNull();
            Map<String, String> expected = new TreeMap<>(Map.of(
                    "source-topic", topic,
                    "source-partition", String.valueOf(position.partition()),
                    "source-offset", String.valueOf(position.offset()),
                    "source-timestamp", String.valueOf(record.timestamp()),
                    "source-timestamp-type", "create-time"));
            if (value != record.value()) {
                expected.put("truncated", String.valueOf(record.value().length));
            }
            if (key != record.key()) {
                expected.put("truncated-key", String.valueOf(record.key().length));
            }
            assertThat(headers).as("%s", position).isEqualTo(expected);
        }

        private static byte[] cut(byte[] bytes, int length) {
            return bytes == null || bytes.length <= length ? bytes : Arrays.copyOf(bytes, length);
        }

        @Override
        public void close() {
            producer.close();
            compressing.close();
        }
    }
}
