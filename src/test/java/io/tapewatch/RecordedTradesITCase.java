package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** FeedRow trades through the whole job, every summary and every field against a naive computation from the file. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class RecordedTradesITCase {

    private static final String TEN_MINUTES = "1s,10s/1s,1m,5m/tick,1d+1m";
    private static final String WEEK = "1m,1h,4h/1h,1d@America/New_York+1h";

    @TempDir
    Path folder;

    @Test
    void bitstampsWeekByMinuteAndHourAndTheDaysOfNewYork(EmbeddedKafka kafka) throws Exception {
        List<String[]> rows = rows(
                getClass().getResourceAsStream("/bitstamp_trades_from_20131125_usd.csv"), "timestamp,price,amount");
        List<Trade> trades = new ArrayList<>();
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            for (String[] row : rows) {
                long time = Long.parseLong(row[0]) * 1000;
                trades.add(new Trade(time, "BTC-USD", row[1], row[2]));
                job.send(
                        "prices",
                        0,
                        "BTC-USD",
                        "{\"price\":%s,\"size\":%s,\"time\":%d}".formatted(row[1], row[2], time));
            }
            job.options().set(JobOptions.WINDOWS, WEEK);
            job.runToTheEnd();

            assertThat(trades).hasSize(100_000);
            NaiveSummaries.assertEqual(job.read("summaries"), trades, WEEK);
            assertThat(job.records("dead-letters")).isEmpty();
        }
    }

    @Test
    void binancesMinutesInWindowsOfEveryForm(EmbeddedKafka kafka) throws Exception {
        List<String[]> rows = RecordedMarket.trades();
        Random random = new Random(20240808);
        List<List<Trade>> trades = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (TestJob job = new TestJob(kafka, folder, trades.size())) {
            for (String[] row : rows) {
                // Trades of the same millisecond and symbol are on different partitions.
                int partition = random.nextInt(trades.size());
                trades.get(partition).add(new Trade(Long.parseLong(row[1]), row[2], row[3], row[4]));
                job.send(
                        "prices",
                        partition,
                        row[2],
                        "{\"symbol\":\"%s\",\"price\":%s,\"size\":\"%s\",\"time\":%s,\"id\":%s,\"side\":\"%s\"}"
                                .formatted(row[2], row[3], row[4], row[1], row[5], row[6]));
            }
            job.send("rules", 0, "every-tick", """
                    {"id":"every-tick","version":1,"when":{"metric":"price","is":">","limit":0}}""");
            job.options().set(JobOptions.WINDOWS, TEN_MINUTES);
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
            job.runToTheEnd();

            List<Trade> inOrder = trades.stream().flatMap(List::stream).toList();
            assertThat(inOrder).hasSize(RecordedMarket.isWhole() ? 78_638 : 5_291);
            assertThat(behind(rows))
                    .as("trades behind one before them")
                    .isEqualTo(RecordedMarket.isWhole() ? 19_643 : 2_394);
            List<JsonNode> summaries = job.read("summaries");
            NaiveSummaries.assertEqual(summaries, inOrder, TEN_MINUTES);
            assertThat(summaries)
                    .as("compared with the day before")
                    .anyMatch(summary -> summary.get("window").asText().startsWith("1d") && summary.has("changePct"));
            assertThat(job.records("dead-letters")).isEmpty();
            assertThat(job.read("flags")).hasSize(rows.size()).noneMatch(flag -> flag.get("late")
                    .asBoolean());
        }
    }

    private static long behind(List<String[]> rows) {
        long latest = Long.MIN_VALUE;
        long behind = 0;
        for (String[] row : rows) {
            long time = Long.parseLong(row[1]);
            behind += time < latest ? 1 : 0;
            latest = Math.max(latest, time);
        }
        return behind;
    }

    private static List<String[]> rows(InputStream file, String header) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
            assertThat(lines.readLine()).isEqualTo(header);
            return lines.lines().map(line -> line.split(",")).toList();
        }
    }
}
