package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.window.BitstampTrades;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole job over a recording with prints that are cancelled and trades that are corrected, minutes after they were sent:
 * in the end its windows and movers are those of the recording as it is.
 */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class RecordedCorrectionsITCase {

    private static final long SEED = 20261201;
    private static final long MINUTE = 60_000;
    private static final int TRADES = 30_000;

    @TempDir
    Path folder;

    /** A record of the topic of prices, to be sent at a time. */
    private record Later(long time, String value) {}

    @Test
    void windowsAndMoversAreThoseOfTheCleanRecording(EmbeddedKafka kafka) throws Exception {
        List<Tick> trades = BitstampTrades.read().subList(0, TRADES);
        try (TestJob clean = job(kafka, "clean.");
                TestJob mended = job(kafka, "mended.")) {
            for (int i = 0; i < trades.size(); i++) {
                Tick trade = trades.get(i);
                send(
                        clean,
                        trade(
                                "t-" + i,
                                trade,
                                trade.price().toString(),
                                trade.size().toString()));
            }
            int[] amendments = sendWithMistakes(mended, trades);
            clean.runToTheEnd();
            runInManySteps(mended);

            assertThat(amendments).as("cancels and corrections, seed %d", SEED).satisfies(counts -> assertThat(
                            Math.min(counts[0], counts[1]))
                    .isGreaterThan(500));
            assertThat(mended.read("dead-letters")).isEmpty();
            Map<String, JsonNode> expected = last(clean, "summaries", any -> true);
            assertThat(expected).hasSizeGreaterThan(5_000);
            assertThat(last(mended, "summaries", summary -> summary.get("count").asLong() > 0))
                    .as("seed %d", SEED)
                    .isEqualTo(expected);
            assertThat(last(mended, "summaries", summary -> summary.get("count").asLong() == 0))
                    .as("windows of cancelled prints alone")
                    .hasSizeGreaterThan(100)
                    .allSatisfy((of, summary) ->
                            assertThat(summary.get("symbol").asText()).isEqualTo("ETH-USD"));
            assertThat(last(mended, "movers", any -> true)).isEqualTo(last(clean, "movers", any -> true));
        }
    }

    private TestJob job(EmbeddedKafka kafka, String prefix) {
        TestJob job = new TestJob(kafka, folder, 1, prefix);
        job.options().set(JobOptions.WINDOWS, "1m,5m/1m,1d");
        job.options().set(JobOptions.CORRECTIONS_HORIZON, Duration.ofHours(1));
        return job;
    }

    /** As fast as it goes, event time would pass a mistake and its amendment in one step. */
    private static void runInManySteps(TestJob job) throws Exception {
        job.flush();
        job.options().set(JobOptions.PRICES_UNTIL, JobOptions.LATEST);
        StreamExecutionEnvironment env = job.environment(Duration.ofSeconds(2));
        env.getConfig().setAutoWatermarkInterval(1);
        TapewatchJob.build(env, job.options());
        env.execute();
    }

    /** Sends each trade, some with a price and a size that are corrected later, and among them prints that are cancelled. */
    private static int[] sendWithMistakes(TestJob job, List<Tick> trades) {
        SplittableRandom random = new SplittableRandom(SEED);
        PriorityQueue<Later> later = new PriorityQueue<>(Comparator.comparingLong(Later::time));
        int[] amendments = new int[2];
        for (int i = 0; i < trades.size(); i++) {
            Tick trade = trades.get(i);
            while (!later.isEmpty() && later.peek().time() <= trade.time()) {
                send(job, later.remove().value());
            }
            String price = trade.price().toString();
            String size = trade.size().toString();
            long said = trade.time() + MINUTE + random.nextLong(40 * MINUTE);
            switch (random.nextInt(100)) {
                case 0, 1, 2 -> {
                    send(job, trade("t-" + i, trade, scaled(price, random), "77"));
                    later.add(new Later(
                            said,
                            "{\"type\":\"correct\",\"symbol\":\"BTC-USD\",\"id\":\"t-%d\",\"price\":%s,\"size\":%s,\"time\":%d}"
                                    .formatted(i, price, size, said)));
                    amendments[1]++;
                }
                case 3, 4, 5, 6, 7 -> {
                    // Half of them of a symbol that has no trade that stands.
                    String symbol = random.nextBoolean() ? "BTC-USD" : "ETH-USD";
                    send(
                            job,
                            "{\"symbol\":\"%s\",\"price\":%s,\"size\":9,\"id\":\"p-%d\",\"time\":%d}"
                                    .formatted(symbol, scaled(price, random), i, trade.time()));
                    later.add(new Later(
                            said,
                            "{\"type\":\"cancel\",\"symbol\":\"%s\",\"id\":\"p-%d\",\"time\":%d}"
                                    .formatted(symbol, i, said)));
                    send(job, trade("t-" + i, trade, price, size));
                    amendments[0]++;
                }
                default -> send(job, trade("t-" + i, trade, price, size));
            }
        }
        while (!later.isEmpty()) {
            send(job, later.remove().value());
        }
        return amendments;
    }

    /** A price that is a high or a low. */
    private static String scaled(String price, SplittableRandom random) {
        return new BigDecimal(price)
                .multiply(new BigDecimal(random.nextBoolean() ? "1.2" : "0.8"))
                .toPlainString();
    }

    private static String trade(String id, Tick trade, String price, String size) {
        return "{\"symbol\":\"BTC-USD\",\"price\":%s,\"size\":%s,\"id\":\"%s\",\"time\":%d}"
                .formatted(price, size, id, trade.time());
    }

    private static void send(TestJob job, String value) {
        job.send("prices", 0, "BTC-USD", value);
    }

    /** The highest revision of each window, without its number. */
    private static Map<String, JsonNode> last(TestJob job, String topic, Predicate<JsonNode> counts) {
        Map<String, JsonNode> last = new TreeMap<>();
        for (JsonNode record : job.read(topic)) {
            last.merge(
                    record.path("symbol").asText() + " "
                            + record.get("window").asText() + " "
                            + record.get("start").asText(),
                    record,
                    (one, other) ->
                            one.get("revision").asLong() > other.get("revision").asLong() ? one : other);
        }
        last.values().removeIf(counts.negate());
        last.values().forEach(record -> ((ObjectNode) record).remove("revision"));
        return last;
    }
}
