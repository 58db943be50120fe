package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tapewatch.local.EmbeddedKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Recorded trades through the whole job, every bar and every field against a naive computation from the file. */
@ExtendWith(KafkaBroker.class)
class RecordedTradesITCase {

    private static final Path BINANCE = Path.of("../shared/data/binance-2024-08-08/trades.csv.gz");

    @TempDir
    Path folder;

    @Test
    void bitstampsWeekByMinuteAndHour(EmbeddedKafka kafka) throws Exception {
        List<String[]> rows = rows(
                getClass().getResourceAsStream("/bitstamp_trades_from_20131125_usd.csv"), "timestamp,price,amount");
        List<Trade> trades = new ArrayList<>();
        try (TestJob job = new TestJob(kafka, folder, 1)) {
            for (String[] row : rows) {
                long time = Long.parseLong(row[0]) * 1000;
                trades.add(new Trade(time, "BTC-USD", Double.parseDouble(row[1]), Double.parseDouble(row[2])));
                job.send(
                        "prices",
                        0,
                        "BTC-USD",
                        "{\"price\":%s,\"size\":%s,\"time\":%d}".formatted(row[1], row[2], time));
            }
            job.options().set(JobOptions.WINDOWS, "1m,1h");
            job.runToTheEnd();

            assertThat(trades).hasSize(100_000);
            NaiveBars.assertEqual(job.read("summaries"), trades, Map.of("1m", 60_000L, "1h", 3_600_000L));
            assertThat(job.records("dead-letters")).isEmpty();
        }
    }

    @Test
    void binancesTenMinutesBySecondAndMinute(EmbeddedKafka kafka) throws Exception {
        assumeTrue(Files.exists(BINANCE), "the recording is not here: " + BINANCE);
        List<Trade> trades = new ArrayList<>();
        try (TestJob job = new TestJob(kafka, folder, 3)) {
            for (String[] row : rows(Files.newInputStream(BINANCE), "arrivalNanos,time,symbol,price,size,id,side")) {
                trades.add(new Trade(
                        Long.parseLong(row[1]), row[2], Double.parseDouble(row[3]), Double.parseDouble(row[4])));
                job.send(
                        "prices",
                        null,
                        row[2],
                        "{\"symbol\":\"%s\",\"price\":%s,\"size\":\"%s\",\"time\":%s,\"id\":%s,\"side\":\"%s\"}"
                                .formatted(row[2], row[3], row[4], row[1], row[5], row[6]));
            }
            job.send("rules", 0, "every-tick", """
                    {"id":"every-tick","version":1,"when":{"metric":"price","is":">","limit":0}}""");
            job.options().set(JobOptions.WINDOWS, "1s,1m");
            job.runToTheEnd();

            assertThat(trades).hasSize(78_638);
            NaiveBars.assertEqual(job.read("summaries"), trades, Map.of("1s", 1000L, "1m", 60_000L));
            assertThat(job.records("dead-letters")).isEmpty();
            assertThat(job.read("flags")).hasSize(78_638).noneMatch(flag -> flag.get("late")
                    .asBoolean());
        }
    }

    private static List<String[]> rows(InputStream file, String header) throws IOException {
        try (InputStream in = header.startsWith("arrival") ? new GZIPInputStream(file) : file;
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            String[] names = lines.readLine().split(",");
            assertThat(names).isEqualTo(header.split(","));
            return lines.lines().map(line -> line.split(",")).toList();
        }
    }
}
