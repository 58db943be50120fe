package io.tapewatch.io.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.KafkaBroker;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.io.kafka.OversizedRecord;
import io.tapewatch.io.kafka.PollState;
import io.tapewatch.local.EmbeddedKafka;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsAddition;
import org.apache.flink.connector.kafka.source.metrics.KafkaSourceReaderMetrics;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaBroker.class)
// That closing a reader may be interrupted is the connector's doing.
@SuppressWarnings("try")
class CarefulReaderITCase {

    private static final int LARGE = 8 << 20;
    private static final String HEAP = "Java heap space";

    @Test
    void aRecordThatTheConsumerHadBegunIsReadAgain(EmbeddedKafka kafka) throws Exception {
        // Behind four records of 8 MB a careful fetch stops: just where the consumer has failed.
        try (Run run = new Run(kafka, "begun", 1, 500, new Failing(5, 0, HEAP))) {
            run.send(0, LARGE, LARGE, LARGE, LARGE, LARGE, LARGE);
            assertThat(run.fetch()).containsExactly("0/0", "0/1", "0/2", "0/3");
            assertThat(run.fetchUntil("0/5")).containsExactly("0/4", "0/5");
        }
    }

    @Test
    void recordsThatWerePolledAndNotHandedOverAreReadAgain(EmbeddedKafka kafka) throws Exception {
        try (Run run = new Run(kafka, "polled", 1, 1, new Failing(0, 1, HEAP))) {
            run.send(0, 10, OversizedRecord.MOST_BYTES + 1, 10);
            assertThat(run.fetchUntil("0/2")).containsExactly("0/0", "0/1", "0/2");
        }
    }

    @Test
    void allPartitionsTogetherBringNoMoreThanOnePollDoes(EmbeddedKafka kafka) throws Exception {
        try (Run run = new Run(kafka, "many", 3, 500, new Failing(5, 0, HEAP))) {
            for (int partition = 0; partition < 3; partition++) {
                run.send(partition, LARGE, LARGE, LARGE, LARGE, LARGE);
            }
            List<String> first = run.fetch();
            assertThat(first).hasSize(4);
            List<String> all = new ArrayList<>(first);
            Waiting.untilTrue("all records", () -> all.addAll(run.fetch()) && all.size() >= 15);
            assertThat(all)
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 15)
                            .mapToObj(i -> i / 5 + "/" + i % 5)
                            .toList());
        }
    }

    @Test
    void aPausedPartitionStaysPausedAndLosesNothing(EmbeddedKafka kafka) throws Exception {
        try (Run run = new Run(kafka, "paused", 2, 500, new Failing(5, 0, HEAP))) {
            run.send(1, 10, 10);
            run.reader.pauseOrResumeSplits(List.of(run.splits.get(1)), List.of());
            run.send(0, LARGE, LARGE, LARGE, LARGE, LARGE);
            assertThat(run.fetchUntil("0/4")).containsExactly("0/0", "0/1", "0/2", "0/3", "0/4");
            run.reader.pauseOrResumeSplits(List.of(), List.of(run.splits.get(1)));
            assertThat(run.fetchUntil("1/1")).containsExactly("1/0", "1/1");
        }
    }

    @Test
    void anErrorThatIsNotAboutTheHeapPasses(EmbeddedKafka kafka) throws Exception {
        try (Run run = new Run(kafka, "metaspace", 1, 500, new Failing(1, 0, "Metaspace"))) {
            run.send(0, LARGE, LARGE, LARGE, LARGE, LARGE);
            assertThatThrownBy(() -> run.fetchUntil("0/4"))
                    .cause()
                    .isInstanceOf(OutOfMemoryError.class)
                    .hasMessage("Metaspace");
        }
    }

    /** The state of polls that once runs out of memory. */
    private static final class Failing extends PollState {

        private final String message;
        private int parsed;
        private int polls;

        /**
         * @param parsed how many records are parsed, the last of which fails; 0 if none does
         * @param polls how many polls bring records of a partition, the last of which fails; 0 if none does
         */
        Failing(int parsed, int polls, String message) {
            this.parsed = parsed;
            this.polls = polls;
            this.message = message;
        }

        @Override
        public boolean isFull(int more) {
            if (parsed-- == 1) {
                throw new OutOfMemoryError(message);
            }
            return super.isFull(more);
        }

        @Override
        public void polled(TopicPartition partition, long next) {
            super.polled(partition, next);
            if (polls-- == 1) {
                throw new OutOfMemoryError(message);
            }
        }
    }

    /** A reader of a topic, and a producer for it. */
    private static final class Run implements AutoCloseable {

        private final String topic;
        private final KafkaProducer<byte[], byte[]> producer;
        private final CarefulReader reader;
        private final List<KafkaPartitionSplit> splits;

        /** @param mostRecords of a poll */
        Run(EmbeddedKafka kafka, String name, int partitions, int mostRecords, PollState state) {
            topic = "careful-" + name;
            kafka.createTopic(topic, partitions, Map.of());
            // All that is sent before a flush is one batch.
            producer = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            kafka.bootstrapServers(),
                            ProducerConfig.COMPRESSION_TYPE_CONFIG,
                            "zstd",
                            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                            1 << 30,
                            ProducerConfig.BUFFER_MEMORY_CONFIG,
                            1L << 30,
                            ProducerConfig.BATCH_SIZE_CONFIG,
                            8 * LARGE,
                            ProducerConfig.LINGER_MS_CONFIG,
                            60_000),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            Properties properties = new Properties();
            properties.setProperty(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
            properties.setProperty(ConsumerConfig.GROUP_ID_CONFIG, topic);
            properties.setProperty(ConsumerConfig.CLIENT_ID_CONFIG, topic);
            properties.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, String.valueOf(mostRecords));
            properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
            properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
            Context context = new Context();
            reader = new CarefulReader(properties, state, context, new KafkaSourceReaderMetrics(context.metricGroup()));
            splits = IntStream.range(0, partitions)
                    .mapToObj(partition -> new KafkaPartitionSplit(new TopicPartition(topic, partition), 0))
                    .toList();
            reader.handleSplitsChanges(new SplitsAddition<>(splits));
        }

        /** Records of so many bytes, without keys. */
        void send(int partition, int... sizes) throws Exception {
            List<Future<?>> sent = new ArrayList<>();
            for (int size : sizes) {
                byte[] value = new byte[size];
                Arrays.fill(value, (byte) ' ');
                sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value)));
            }
            producer.flush();
            for (Future<?> each : sent) {
                each.get();
            }
        }

        /** The next records there are, as partition and offset. */
        List<String> fetch() throws Exception {
            List<String> found = new ArrayList<>();
            Waiting.untilTrue("records", () -> {
                found.addAll(fetchOnce());
                return !found.isEmpty();
            });
            return found;
        }

        List<String> fetchUntil(String last) throws Exception {
            List<String> found = new ArrayList<>();
            Waiting.untilTrue("record " + last, () -> {
                found.addAll(fetchOnce());
                return found.contains(last);
            });
            return found;
        }

        /** JUnit ends all tests at an error of this kind, and not one alone. */
        private RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> fetchOrFail() throws IOException {
            try {
                return reader.fetch();
            } catch (OutOfMemoryError e) {
                throw new IllegalStateException("the reader has failed", e);
            }
        }

        private List<String> fetchOnce() throws IOException {
            RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>> records = fetchOrFail();
            List<String> found = new ArrayList<>();
            while (records.nextSplit() != null) {
                for (var record = records.nextRecordFromSplit();
                        record != null;
                        record = records.nextRecordFromSplit()) {
                    found.add(record.partition() + "/" + record.offset());
                }
            }
            records.recycle();
            return found;
        }

        @Override
        public void close() throws Exception {
            reader.close();
            producer.close();
        }
    }

    /** What a reader asks Flink for, which is next to nothing. */
    private static final class Context implements SourceReaderContext {

        private final SourceReaderMetricGroup metrics = UnregisteredMetricsGroup.createSourceReaderMetricGroup();

        @Override
        public SourceReaderMetricGroup metricGroup() {
            return metrics;
        }

        @Override
        public Configuration getConfiguration() {
            return new Configuration();
        }

        @Override
        public String getLocalHostName() {
            return "localhost";
        }

        @Override
        public int getIndexOfSubtask() {
            return 0;
        }

        @Override
        public void sendSplitRequest() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sendSourceEventToCoordinator(SourceEvent event) {
            throw new UnsupportedOperationException();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            throw new UnsupportedOperationException();
        }
    }
}
