package io.tapewatch.io.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.KafkaBroker;
import io.tapewatch.LongPatience;
import io.tapewatch.PatientProducer;
import io.tapewatch.domain.EventTimes;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.local.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({KafkaBroker.class, LongPatience.class})
class WholeFromITCase {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final long SECOND = 1000;
    private static final long HOUR = 3600 * SECOND;
    private static final long CLOCK = NOON + 24 * HOUR;

    /** Ticks are at most two seconds out of order, and at most a minute ahead of the clock. */
    private static final long AFTER = 2 * SECOND + 1;

    private static final long AHEAD = 60 * SECOND + 1;

    /** A topic of prices with timestamps of the test's choice. */
    private static final class Prices implements AutoCloseable {
        private final String topic = "whole-" + NUMBER.incrementAndGet();
        private final EmbeddedKafka kafka;
        private final KafkaProducer<byte[], byte[]> producer;

        Prices(EmbeddedKafka kafka, int partitions) {
            this.kafka = kafka;
            kafka.createTopic(topic, partitions, Map.of("message.timestamp.type", "CreateTime"));
            producer = PatientProducer.of(kafka.bootstrapServers());
        }

        Prices tick(int partition, long time) {
            return tick(partition, time, time);
        }

        Prices tick(int partition, long time, long timestamp) {
            return record(partition, timestamp, "{\"symbol\":\"X\",\"price\":1,\"time\":" + time + "}");
        }

        Prices record(int partition, long timestamp, String value) {
            producer.send(
                    new ProducerRecord<>(topic, partition, timestamp, null, value.getBytes(StandardCharsets.UTF_8)));
            return this;
        }

        Prices delete(int partition, long before) throws Exception {
            producer.flush();
            try (Admin admin =
                    Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
                admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
                        .all()
                        .get();
            }
            return this;
        }

        /** Of a job that begins at these offsets, one of each partition. */
        long wholeFrom(long... offsets) {
            return since(WholeFrom.NO_TIME, offsets);
        }

        long since(long time, long... offsets) {
            producer.flush();
            Map<TopicPartition, Long> positions = new HashMap<>();
            for (int i = 0; i < offsets.length; i++) {
                positions.put(new TopicPartition(topic, i), offsets[i]);
            }
            try (KafkaConnection connection = new KafkaConnection(kafka.bootstrapServers(), new Properties())) {
                return new WholeFrom(
                                connection,
                                topic,
                                PriceDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false)),
                                Duration.ofSeconds(2),
                                Duration.ofMinutes(1),
                                () -> CLOCK)
                        .find(positions, time);
            }
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    @Test
    void everyWindowIsWholeOfATopicThatIsReadFromItsBeginning(EmbeddedKafka kafka) {
        try (Prices prices = new Prices(kafka, 2)) {
            assertThat(prices.wholeFrom(0, 0)).isEqualTo(EventTimes.BEGINNING);
            prices.tick(0, NOON);
            assertThat(prices.wholeFrom(0, 0)).isEqualTo(EventTimes.BEGINNING);
        }
    }

    @Test
    void theLatestOfTheRecordsBeforeAllPositionsSaysIt(EmbeddedKafka kafka) {
        try (Prices prices = new Prices(kafka, 3)) {
            prices.tick(0, NOON).tick(0, NOON + SECOND).tick(0, NOON + HOUR);
            prices.tick(1, NOON - HOUR).tick(1, NOON + 2 * HOUR);
            assertThat(prices.wholeFrom(2, 0, 0)).isEqualTo(NOON + SECOND + AFTER);
            assertThat(prices.wholeFrom(2, 1, 0)).isEqualTo(NOON + SECOND + AFTER);
            assertThat(prices.wholeFrom(2, 2, 0)).isEqualTo(NOON + 2 * HOUR + AFTER);
        }
    }

    @Test
    void lateTicksBeforeAPositionDoNotMisleadNorDoRecordsWithoutATime(EmbeddedKafka kafka) {
        try (Prices prices = new Prices(kafka, 2)) {
            prices.tick(0, NOON);
            for (int i = 0; i < 200; i++) {
                prices.tick(0, NOON - HOUR, NOON);
            }
            assertThat(prices.wholeFrom(201, 0)).isEqualTo(NOON + AFTER);
            prices.tick(1, NOON);
            for (int i = 0; i < 2_000; i++) {
                prices.record(1, NOON, "{");
            }
            prices.record(1, NOON, "{\"heartbeat\":true,\"time\":" + (NOON + SECOND) + "}");
            assertThat(prices.wholeFrom(0, 2_001)).isEqualTo(NOON + AFTER);
            assertThat(prices.wholeFrom(0, 2_002)).isEqualTo(NOON + SECOND + AFTER);
        }
    }

    @Test
    void badRecordsAloneBeforeAPositionCutNothing(EmbeddedKafka kafka) {
        try (Prices prices = new Prices(kafka, 1)) {
            prices.record(0, NOON, "{").tick(0, NOON);
            assertThat(prices.wholeFrom(1)).isEqualTo(EventTimes.BEGINNING);
        }
    }

    @Test
    void whereTheRecordsBeforeAreDeletedTheFirstOnesThereAreSayIt(EmbeddedKafka kafka) throws Exception {
        try (Prices prices = new Prices(kafka, 1)) {
            prices.tick(0, NOON);
            // The first is late.
            prices.tick(0, NOON - HOUR, NOON + SECOND).tick(0, NOON + SECOND).tick(0, NOON + HOUR);
            prices.delete(0, 1);
            assertThat(prices.wholeFrom(1)).isEqualTo(NOON + SECOND + AFTER);
            assertThat(prices.wholeFrom(0)).as("a position that is gone").isEqualTo(NOON + SECOND + AFTER);
            assertThat(prices.since(NOON - HOUR, 1))
                    .as("what was deleted may have come since then")
                    .isEqualTo(NOON + SECOND + AFTER);
        }
    }

    @Test
    void whereNothingIsLeftTheOtherPartitionsSayItOrElseTheClock(EmbeddedKafka kafka) throws Exception {
        try (Prices prices = new Prices(kafka, 2)) {
            prices.tick(0, NOON + HOUR).delete(0, 1).tick(1, NOON).tick(1, NOON + SECOND);
            assertThat(prices.wholeFrom(1, 1)).isEqualTo(NOON + AFTER);
            assertThat(prices.wholeFrom(1, 0)).isEqualTo(CLOCK + AHEAD);
            prices.delete(1, 2);
            assertThat(prices.wholeFrom(1, 2)).isEqualTo(CLOCK + AHEAD);
        }
    }

    @Test
    void aStartAtATimeReadsAllOfThatTimeUnlessEventTimeIsAheadOfKafkas(EmbeddedKafka kafka) {
        try (Prices prices = new Prices(kafka, 1)) {
            prices.tick(0, NOON - 1).tick(0, NOON);
            assertThat(prices.since(NOON, 1)).isEqualTo(NOON);
            // As of a recording.
            assertThat(prices.since(NOON + HOUR, 2)).isEqualTo(NOON + AFTER);
            prices.tick(0, NOON + 3 * SECOND, NOON + SECOND).tick(0, NOON + 2 * SECOND);
            assertThat(prices.since(NOON + 2 * SECOND, 3)).isEqualTo(NOON + 3 * SECOND + AFTER);
        }
    }
}
