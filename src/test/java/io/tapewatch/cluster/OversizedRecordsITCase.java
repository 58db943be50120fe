package io.tapewatch.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.KafkaBroker;
import io.tapewatch.LongPatience;
import io.tapewatch.WholeForm;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import io.tapewatch.io.kafka.TopicSpec;
import io.tapewatch.local.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that pass every limit of the broker, and are hundreds of MB when they are unpacked. */
@ExtendWith(KafkaBroker.class)
@WholeForm
class OversizedRecordsITCase {

    private static final long NOON = 1_700_000_000_000L - 1_700_000_000_000L % 60_000;
    private static final int MEGABYTE = 1_000_000;

    /** More than the job's heap. */
    private static final int HUGE = 340 * MEGABYTE;

    /** Room in the job's heap, and too large to be kept. */
    private static final int LARGE = 40 * MEGABYTE;

    private static final String RULE =
            "{\"id\":\"%s\",\"version\":1,\"cooldown\":\"1h\",\"when\":{\"metric\":\"price\",\"is\":\">\",\"limit\":0}}";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "lz4", "snappy", "zstd"})
    void aTopicThatIsCreatedUncompressedRefusesThem(String codec, EmbeddedKafka kafka) throws Exception {
        InputTopics inputs = new InputTopics(codec + "-prices", codec + "-rules", codec + "-quotes", codec + "-known");
        kafka.createTopics(JobTopics.ANY.all(inputs, codec + "."));
        kafka.createTopic(codec + "-compressed", 1, Map.of());
        byte[] blanks = blanks(8 * MEGABYTE);
        try (KafkaProducer<byte[], byte[]> producer = producer(kafka, codec, 0)) {
            assertThat(send(producer, codec + "-compressed", 0, "K", blanks)
                            .get()
                            .offset())
                    .as("it passes where batches stay compressed")
                    .isZero();
            for (String topic : List.of(inputs.prices(), inputs.rules(), inputs.quotes(), inputs.instruments())) {
                assertThatThrownBy(() -> send(producer, topic, 0, "K", blanks).get())
                        .as(topic)
                        .hasCauseInstanceOf(RecordTooLargeException.class);
            }
            assertThat(send(producer, inputs.prices(), 0, "K", tick(0)).get().offset())
                    .as("what is not too large is taken, compressed as it is")
                    .isZero();
        }
    }

    @Test
    void theyAreDeadLettersAndAllOthersAreCounted(EmbeddedKafka kafka) throws Exception {
        try (Run run = new Run(kafka, "small.", folder)) {
            run.sendAll(0);
            try (JavaProcess job = run.start("-Xmx320m")) {
                run.awaitLetters(job, 4);
                run.sendAll(1);
                run.awaitLetters(job, 8);
                run.assertAnswers(job);
            }
        }
    }

    @Test
    void withALargerHeapTheyAreTheSameDeadLetters(EmbeddedKafka kafka) throws Exception {
        try (Run run = new Run(kafka, "large.", folder)) {
            run.sendAll(0);
            run.sendAll(1);
            try (JavaProcess job = run.start("-Xmx1200m")) {
                run.awaitLetters(job, 8);
                run.assertAnswers(job);
            }
        }
    }

    /** A job, its topics, and what was sent to them. */
    private static final class Run implements AutoCloseable {

        private final EmbeddedKafka kafka;
        private final String prefix;
        private final Path folder;
        private final KafkaProducer<byte[], byte[]> together;
        private final KafkaProducer<byte[], byte[]> apart;
        private final byte[] huge = blanks(HUGE);
        private final Set<String> oversized = new TreeSet<>();
        private final Map<String, Long> next = new HashMap<>();
        private final List<Future<RecordMetadata>> sent = new ArrayList<>();
        private int ticks;

        Run(EmbeddedKafka kafka, String prefix, Path folder) {
            this.kafka = kafka;
            this.prefix = prefix;
            this.folder = folder;
            InputTopics inputs =
                    new InputTopics(prefix + "prices", prefix + "rules", prefix + "quotes", prefix + "instruments");
            // As they were before compression was judged.
            kafka.createTopics(JobTopics.ANY.withPartitions(2).all(inputs, prefix).stream()
                    .map(each -> new TopicSpec(each.name(), each.partitions(), each.replication(), each.settings()))
                    .toList());
            // All in one batch, until it is told to send.
            together = producer(kafka, "zstd", HUGE + MEGABYTE);
            apart = producer(kafka, "none", 0);
        }

        /** A record before the huge one, and one behind it, in one batch; and others around it. */
        void sendAll(int round) throws Exception {
            for (int i = 0; i < 500; i++) {
                put(apart, "prices", i % 2, "X", tick(ticks++), false);
            }
            apart.flush();
            put(together, "prices", 1, "X", tick(ticks++), false);
            put(together, "prices", 1, "X", huge, true);
            put(together, "prices", 1, "X", tick(ticks++), false);
            together.flush();
            if (round == 0) {
                put(together, "rules", 0, "bad", huge, false);
                put(together, "rules", 0, "first", RULE.formatted("first").getBytes(UTF_8), false);
            } else {
                put(together, "rules", 0, "second", RULE.formatted("second").getBytes(UTF_8), false);
                put(together, "rules", 0, "bad", huge, false);
            }
            together.flush();
            put(together, "quotes", round, "X", huge, true);
            together.flush();
            put(together, "instruments", 0, "X", huge, true);
            together.flush();
            put(together, "prices", 0, "X", Arrays.copyOf(huge, LARGE), true);
            together.flush();
            for (int i = 0; i < 500; i++) {
                put(apart, "prices", i % 2, "X", tick(ticks++), false);
            }
            flush();
        }

        private void flush() throws Exception {
            apart.flush();
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }

        private void put(
                KafkaProducer<byte[], byte[]> producer,
                String topic,
                int partition,
                String key,
                byte[] value,
                boolean isOversized) {
            sent.add(send(producer, prefix + topic, partition, key, value));
            long offset = next.merge(topic + partition, 1L, Long::sum) - 1;
            if (isOversized) {
                oversized.add(prefix + topic + "/" + partition + "/" + offset);
            }
        }

        JavaProcess start(String heap) throws Exception {
            return JavaProcess.start(
                    folder,
                    prefix + "job",
                    Path.of("src", "test", "resources", "cluster", "log4j2.properties"),
                    Map.of(),
                    List.of(heap, LongPatience.OPTION, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                    System.getProperty("java.class.path"),
                    SmallJob.class.getName(),
                    List.of(
                            "kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                            "prices.topic=" + prefix + "prices",
                            "rules.topic=" + prefix + "rules",
                            "quotes.topic=" + prefix + "quotes",
                            "instruments.topic=" + prefix + "instruments",
                            "output.prefix=" + prefix,
                            "prices.group-id=" + prefix + "group",
                            "windows=1m",
                            "prices.idle-timeout=5s",
                            "execution.checkpointing.interval=500ms",
                            "execution.checkpointing.dir="
                                    + folder.resolve("checkpoints").toUri(),
                            "restart-strategy.type=none"));
        }

        /** Waits for dead letters, at least so many. */
        void awaitLetters(JavaProcess job, int count) throws Exception {
            await(job, count + " dead letters", () -> letters().size() >= count);
        }

        private void await(JavaProcess job, String what, Callable<Boolean> look) throws Exception {
            Waiting.untilTrue(what, () -> {
                if (!job.isAlive()) {
                    throw job.endedUnexpectedly();
                }
                return look.call();
            });
        }

        private List<CommittedRecords.Record> letters() throws Exception {
            return CommittedRecords.all(kafka.bootstrapServers(), prefix + "dead-letters");
        }

        private List<JsonNode> read(String topic) throws Exception {
            List<JsonNode> values = new ArrayList<>();
            for (CommittedRecords.Record record : CommittedRecords.all(kafka.bootstrapServers(), prefix + topic)) {
                values.add(JSON.readTree(record.value()));
            }
            return values;
        }

        void assertAnswers(JavaProcess job) throws Exception {
            String log = Files.readString(folder.resolve(prefix + "job.log"));
            for (String input : List.of("prices", "rules", "quotes", "instruments")) {
                assertThat(log).contains("topic '" + prefix + input + "' has compression.type=producer");
            }
            for (int partition = 0; partition < 2; partition++) {
                String end = "{\"heartbeat\":true,\"time\":%d}".formatted(NOON + 600_000);
                put(apart, "prices", partition, null, end.getBytes(UTF_8), false);
            }
            flush();
            await(job, "the window is final, with all ticks", () -> counts().contains(ticks));
            assertThat(counts()).allMatch(count -> count <= ticks);
            await(job, "verdicts", () -> read("rule-status").size() == 4);
            assertThat(read("rule-status"))
                    .extracting(verdict -> verdict.get("ruleId").asText() + " "
                            + verdict.get("verdict").asText())
                    .containsExactlyInAnyOrder("bad rejected", "first accepted", "second accepted", "bad rejected");
            assertThat(read("rule-status"))
                    .filteredOn(verdict -> verdict.get("ruleId").asText().equals("bad"))
                    .allMatch(verdict -> verdict.get("reason")
                            .asText()
                            .matches("a record of 3400000\\d\\d bytes when it is unpacked; at most 65536 are allowed"));
            List<CommittedRecords.Record> letters = letters();
            assertThat(letters)
                    .extracting(letter -> letter.headers().get("source-topic") + "/"
                            + letter.headers().get("source-partition") + "/"
                            + letter.headers().get("source-offset"))
                    .containsExactlyInAnyOrderElementsOf(oversized);
            assertThat(letters).allSatisfy(letter -> {
                assertThat(letter.key()).isEqualTo("X");
                assertThat(letter.value()).isEmpty();
                assertThat(letter.headers().get("reason")).isEqualTo("too-large");
                assertThat(letter.headers().get("detail"))
                        .matches("the record has (34|4)00000\\d\\d bytes when it is unpacked, and was not kept; .*");
            });
        }

        private List<Integer> counts() throws Exception {
            return read("summaries").stream()
                    .map(summary -> summary.get("count").asInt())
                    .toList();
        }

        @Override
        public void close() {
            together.close();
            apart.close();
        }
    }

    private static byte[] tick(int number) {
        return "{\"symbol\":\"X\",\"price\":%d,\"time\":%d}"
                .formatted(100 + number % 10, NOON + number * 10L)
                .getBytes(UTF_8);
    }

    private static byte[] blanks(int length) {
        byte[] blanks = new byte[length];
        Arrays.fill(blanks, (byte) ' ');
        return blanks;
    }

    private static Future<RecordMetadata> send(
            KafkaProducer<byte[], byte[]> producer, String topic, int partition, String key, byte[] value) {
        return producer.send(new ProducerRecord<>(topic, partition, key == null ? null : key.getBytes(UTF_8), value));
    }

    private static KafkaProducer<byte[], byte[]> producer(EmbeddedKafka kafka, String codec, int batch) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        codec,
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                        1 << 30,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        1L << 30,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        batch,
                        ProducerConfig.LINGER_MS_CONFIG,
                        batch == 0 ? 0 : 60_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        240_000,
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
