package io.tapewatch.cli;

import static io.tapewatch.feed.TopicRecords.read;
import static io.tapewatch.feed.yahoo.StubYahoo.price;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.KafkaBroker;
import io.tapewatch.LongPatience;
import io.tapewatch.feed.yahoo.StubYahoo;
import io.tapewatch.local.EmbeddedKafka;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({KafkaBroker.class, LongPatience.class})
@Timeout(600)
class FeedYahooITCase {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void pricesGoToTheTopicAndTheExitCodeSaysWhetherEachSymbolHadOne(EmbeddedKafka kafka) throws IOException {
        kafka.createTopic("yahoo-prices", 1, Map.of());
        long now = Instant.now().getEpochSecond();
        try (StubYahoo yahoo = new StubYahoo()) {
            yahoo.answers("BTC-USD", price("BTC-USD", "64250.12", now))
                    .answers("WSKT.JK", price("WSKT.JK", "202", 1_721_764_800));

            assertThat(run(kafka, yahoo, "--prices.topic", "yahoo-prices", "--symbols", "BTC-USD, WSKT.JK,BTC-USD"))
                    .isZero();
            assertThat(err.toString()).isEmpty();
            assertThat(out.toString().lines())
                    .containsExactly(
                            "WSKT.JK: the market is closed since 2024-07-23T20:00:00Z; nothing is sent until it trades"
                                    + " again",
                            "1 prices sent, 0 unchanged, 1 of closed markets, 0 failed");
            assertThat(read(kafka, "yahoo-prices"))
                    .filteredOn(record -> record.key() != null)
                    .extracting(ConsumerRecord::value)
                    .containsExactly("{\"symbol\":\"BTC-USD\",\"price\":64250.12,\"time\":" + now + "000}");

            assertThat(run(kafka, yahoo, "--prices.topic", "yahoo-prices", "--symbols", "BTC-USD,GONE"))
                    .isEqualTo(1);
            assertThat(err.toString().lines())
                    .containsExactly(
                            "tapewatch: GONE: HTTP 404: No data found, symbol may be delisted; it is not asked for"
                                    + " again; is this what Yahoo calls it?");

            assertThat(run(kafka, yahoo, "--prices.topic", "yahoo-prices", "--symbols", "GONE"))
                    .isEqualTo(1);
            assertThat(err.toString().lines())
                    .hasSize(2)
                    .last()
                    .isEqualTo("tapewatch: no symbol is left: Yahoo knows none of them; correct --symbols, and see that"
                            + " --base-url is right");
        }
    }

    @Test
    void aTopicThatIsNotThereIsSaidSo(EmbeddedKafka kafka) throws IOException {
        try (StubYahoo yahoo = new StubYahoo()) {
            assertThat(run(kafka, yahoo, "--prices.topic", "nowhere", "--symbols", "A"))
                    .isEqualTo(1);
            assertThat(err.toString().lines())
                    .containsExactly("tapewatch: topic 'nowhere' does not exist on Kafka at " + kafka.bootstrapServers()
                            + "; create it, or name the one you mean");
        }
    }

    private int run(EmbeddedKafka kafka, StubYahoo yahoo, String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of("feed", "yahoo", "--once", "--base-url", yahoo.url()));
        arguments.addAll(List.of("--kafka.bootstrap-servers", kafka.bootstrapServers()));
        arguments.addAll(Arrays.asList(more));
        return Main.run(arguments.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
