package io.tapewatch.feed;

import static io.tapewatch.feed.TopicRecords.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tapewatch.KafkaBroker;
import io.tapewatch.LongPatience;
import io.tapewatch.feed.recorded.Recording;
import io.tapewatch.feed.recorded.RecordingFormat;
import io.tapewatch.feed.recorded.Recordings;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.local.EmbeddedKafka;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({KafkaBroker.class, LongPatience.class})
@Timeout(600)
class PriceFeedITCase {

    private static final long START = 1_700_000_000_000L;
    private static final String HEARTBEAT = "{\"heartbeat\":true,";

    @Test
    void pricesAndQuotesGoToTheirTopicsUnderTheirSymbols(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("fast-prices", 1, Map.of());
        kafka.createTopic("fast-quotes", 2, Map.of());
        try (KafkaConnection connection = connect(kafka);
                // However long it takes, no second passes, after which a heartbeat would be due.
                PriceFeed feed = new PriceFeed(connection, "fast-prices", "fast-quotes", Speed.MAX, () -> 0)) {
            feed.send(twoSeconds());
            assertThat(feed.prices().sent()).isEqualTo(3);
            assertThat(feed.prices().records()).as("and a last heartbeat").isEqualTo(4);
            assertThat(feed.quotes().sent()).isEqualTo(2);
            assertThat(feed.quotes().records()).isEqualTo(4);
            assertThat(feed.eventTime()).isEqualTo(START + 2_000);
        }
        assertThat(read(kafka, "fast-prices"))
                .extracting(ConsumerRecord::value)
                .containsExactly(
                        "{\"symbol\":\"A\",\"price\":1.50,\"time\":" + START + "}",
                        "{\"symbol\":\"B\",\"price\":1.60,\"time\":" + (START + 1_000) + "}",
                        "{\"symbol\":\"A\",\"price\":1.70,\"time\":" + (START + 2_000) + "}",
                        "{\"heartbeat\":true,\"time\":" + (START + 2_000) + "}");
        assertThat(read(kafka, "fast-quotes"))
                .filteredOn(quote -> quote.key() != null)
                .allMatch(quote -> quote.value().contains("\"symbol\":\"" + quote.key() + "\""))
                .extracting(ConsumerRecord::value)
                .containsExactlyInAnyOrder(
                        "{\"symbol\":\"A\",\"bid\":1.40,\"ask\":1.60,\"time\":" + START + "}",
                        "{\"symbol\":\"B\",\"bid\":1.50,\"time\":" + (START + 500) + "}");
    }

    @Test
    void aPacedFeedTellsEveryPartitionOfBothTopicsTheSameTime(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("paced-prices", 2, Map.of());
        kafka.createTopic("paced-quotes", 3, Map.of());
        long heartbeats;
        try (KafkaConnection connection = connect(kafka);
                PriceFeed feed = new PriceFeed(connection, "paced-prices", "paced-quotes", Speed.parse("1"))) {
            feed.send(twoSeconds());
            heartbeats = feed.prices().records() - feed.prices().sent();
            assertThat(heartbeats).as("one or two in the run, and the last").isGreaterThan(2);
            assertThat(feed.quotes().records() - feed.quotes().sent()).isEqualTo(heartbeats / 2 * 3);
        }
        List<String> told = heartbeats(read(kafka, "paced-prices"), 0);
        assertThat(told).hasSize((int) heartbeats / 2);
        assertThat(heartbeats(read(kafka, "paced-prices"), 1)).isEqualTo(told);
        for (int partition = 0; partition < 3; partition++) {
            assertThat(heartbeats(read(kafka, "paced-quotes"), partition)).isEqualTo(told);
        }
    }

    @Test
    void withoutQuotesThereIsOneTopic(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("only-prices", 1, Map.of());
        Recordings prices = Recordings.ofPrices(twoSeconds().prices(), RecordingFormat.DEFAULT);
        // A millisecond passes from look to look.
        AtomicLong clock = new AtomicLong();
        try (KafkaConnection connection = connect(kafka);
                PriceFeed feed = new PriceFeed(
                        connection, "only-prices", null, Speed.parse("1000"), () -> clock.addAndGet(1_000_000))) {
            feed.send(prices);
            assertThat(feed.prices().sent()).isEqualTo(3);
            assertThat(feed.quotes().records()).isZero();
        }
        assertThat(read(kafka, "only-prices")).hasSize(4);
    }

    @Test
    void instrumentsGoToTheirTopicUnderTheirSymbols(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("sent-instruments", 1, Map.of("cleanup.policy", "compact"));
        try (KafkaConnection connection = connect(kafka)) {
            InstrumentFeed.send(
                    connection,
                    "sent-instruments",
                    List.of(
                            new InstrumentRow("A", "Alpha", null, null, null, null, "10"),
                            new InstrumentRow("B", null, null, null, "energy", null, null)));
        }
        assertThat(read(kafka, "sent-instruments"))
                .extracting(record -> record.key() + " " + record.value())
                .containsExactly(
                        "A {\"symbol\":\"A\",\"name\":\"Alpha\",\"multiplier\":10}",
                        "B {\"symbol\":\"B\",\"sector\":\"energy\"}");
    }

    @Test
    void whatWasHandedOverIsStillFlushedAfterAnInterruption(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("interrupted-prices", 1, Map.of());
        int sent = 0;
        try (KafkaConnection connection = connect(kafka);
                FeedProducer producer = new FeedProducer(connection)) {
            boolean interrupted;
            do {
                producer.send("interrupted-prices", "A", new byte[] {'1'});
                sent++;
                Thread.currentThread().interrupt();
                Throwable thrown = catchThrowable(producer::flush);
                // Kafka may have acknowledged it before this thread waits for that: then there is nothing to interrupt.
                interrupted = thrown != null || !Thread.interrupted();
                if (interrupted) {
                    assertThat(thrown).isInstanceOf(InterruptedException.class);
                }
            } while (!interrupted);
            producer.flush();
        }
        assertThat(read(kafka, "interrupted-prices")).hasSize(sent);
    }

    private static KafkaConnection connect(EmbeddedKafka kafka) {
        return new KafkaConnection(kafka.bootstrapServers(), new Properties());
    }

    private static Recordings twoSeconds() {
        return new Recordings(
                List.of(file("time,symbol,price\n" + START + ",A,1.50\n" + (START + 1_000) + ",B,1.60\n"
                        + (START + 2_000) + ",A,1.70\n")),
                RecordingFormat.DEFAULT,
                List.of(file("time,symbol,bid,ask\n" + START + ",A,1.40,1.60\n" + (START + 500) + ",B,1.50,\n")),
                RecordingFormat.DEFAULT);
    }

    private static Recording file(String csv) {
        return new Recording("rows.csv", () -> new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> heartbeats(Collection<ConsumerRecord<String, String>> records, int partition) {
        return records.stream()
                .filter(record -> record.partition() == partition)
                .map(ConsumerRecord::value)
                .filter(value -> value.startsWith(HEARTBEAT))
                .toList();
    }
}
