package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Daily closes of shares, in the whole form five years of 505 of them: the movers of each day against a plain computation from
 * the file.
 */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class SharesITCase {

    private static final Path CLOSES = RecordedMarket.file("sp500-daily/closes.csv.gz");
    private static final int DAYS = RecordedMarket.isWhole() ? 1259 : 40;
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final MathContext PRECISE = new MathContext(60);
    private static final int SIZE = 10;
    private static final int MAX_DAYS_BETWEEN = 32;

    @TempDir
    Path folder;

    private record Close(LocalDate day, String symbol, BigDecimal price, BigDecimal size) {}

    /** A change in per cent, to more digits than two changes of such prices can share. */
    private record Change(String symbol, BigDecimal percent) {}

    /** What movers show of it: the nearest double. */
    private record Shown(String symbol, double percent) {}

    @Test
    void gainersAndLosersOfEachDayAreThoseOfTheFile(EmbeddedKafka kafka) throws Exception {
        TreeMap<LocalDate, List<Close>> days = new TreeMap<>();
        try (TestJob job = new TestJob(kafka, folder, 4)) {
            send(job, days);
            job.options().set(JobOptions.WINDOWS, "1d@America/New_York");
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofMinutes(5));
            job.options().set(JobOptions.PRICES_UNTIL, JobOptions.LATEST);
            job.flush();
            StreamExecutionEnvironment env = job.environment(Duration.ofSeconds(5));
            TapewatchJob.build(
                    env, job.options(), ends -> ExchangedEnds.withSummaries(ends, before -> new DiscardingSink<>()));
            env.execute();

            Map<LocalDate, JsonNode> movers = new TreeMap<>();
            for (JsonNode each : job.read("movers")) {
                LocalDate day =
                        LocalDate.ofInstant(Instant.parse(each.get("start").asText()), NEW_YORK);
                assertThat(movers.put(day, each))
                        .as("movers of %s once more", day)
                        .isNull();
                assertThat(each.get("revision").asInt()).isZero();
                assertThat(each.get("asOf")).isEqualTo(each.get("end"));
            }
            assertThat(movers.keySet()).isEqualTo(days.keySet()).hasSize(DAYS);

            int pairs = 0;
            Map<String, Close> before = new HashMap<>();
            for (Map.Entry<LocalDate, List<Close>> day : days.entrySet()) {
                JsonNode of = movers.get(day.getKey());
                List<Change> changes = changes(day.getValue(), before);
                Comparator<Change> rising = Comparator.comparing(Change::percent);
                assertSame(of.get("gainers"), first(changes, change -> change.percent.signum() > 0, rising.reversed()));
                assertSame(of.get("losers"), first(changes, change -> change.percent.signum() < 0, rising));
                assertThat(of.get("mostActive").findValuesAsText("symbol")).isEqualTo(mostActive(day.getValue()));
                day.getValue().forEach(close -> before.put(close.symbol, close));
                pairs += changes.isEmpty() ? 0 : 1;
            }
            assertThat(pairs).isEqualTo(DAYS - 1);
            assertThat(job.records("dead-letters")).isEmpty();
        }
    }

    private static void send(TestJob job, TreeMap<LocalDate, List<Close>> days) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(CLOSES)), StandardCharsets.US_ASCII))) {
            assertThat(lines.readLine()).isEqualTo("time,symbol,price,size");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] row = line.split(",");
                Instant time = Instant.ofEpochMilli(Long.parseLong(row[0]));
                LocalDate day = LocalDate.ofInstant(time, NEW_YORK);
                days.computeIfAbsent(day, any -> new ArrayList<>())
                        .add(new Close(day, row[1], new BigDecimal(row[2]), new BigDecimal(row[3])));
                job.send(
                        "prices",
                        null,
                        row[1],
                        "{\"price\":%s,\"size\":%s,\"time\":%s}".formatted(row[2], row[3], row[0]));
            }
        }
    }

    private static List<Change> changes(List<Close> closes, Map<String, Close> before) {
        List<Change> changes = new ArrayList<>();
        for (Close close : closes) {
            Close last = before.get(close.symbol);
            if (last != null && ChronoUnit.DAYS.between(last.day, close.day) - 1 <= MAX_DAYS_BETWEEN) {
                BigDecimal percent = close.price
                        .subtract(last.price)
                        .multiply(BigDecimal.valueOf(100))
                        .divide(last.price, PRECISE);
                changes.add(new Change(close.symbol, percent));
            }
        }
        return changes;
    }

    private static List<Change> first(List<Change> changes, Predicate<Change> which, Comparator<Change> order) {
        return changes.stream()
                .filter(which)
                .sorted(order.thenComparing(Change::symbol))
                .limit(SIZE)
                .toList();
    }

    private static List<String> mostActive(List<Close> closes) {
        Comparator<Close> byTurnover = Comparator.comparing(close -> close.price.multiply(close.size));
        return closes.stream()
                .sorted(byTurnover.reversed().thenComparing(Close::symbol))
                .limit(SIZE)
                .map(Close::symbol)
                .toList();
    }

    private static void assertSame(JsonNode list, List<Change> expected) {
        List<Shown> actual = new ArrayList<>();
        for (JsonNode each : list) {
            actual.add(
                    new Shown(each.get("symbol").asText(), each.get("changePct").asDouble()));
        }
        assertThat(actual)
                .isEqualTo(expected.stream()
                        .map(each -> new Shown(each.symbol, each.percent.doubleValue()))
                        .toList());
    }
}
