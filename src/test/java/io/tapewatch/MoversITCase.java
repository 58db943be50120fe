package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.mover.MoverLists;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.local.Folders;
import io.tapewatch.settings.JobOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole job over three days: its movers against a naive ranking of the summaries it wrote. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class MoversITCase {

    private static final long MONDAY = 1_699_833_600_000L; // 2023-11-13T00:00:00Z
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final String WINDOW = "1d+1h";
    private static final int SIZE = 4;
    private static final List<String> SYMBOLS = List.of("BTC-USD", "ETH-USD", "SOL-USD", "CL=F", "ES=F", "GC=F");

    @TempDir
    Path folder;

    @Test
    void moversAreThoseOfTheSummaries(EmbeddedKafka kafka) throws Exception {
        Path csv = folder.resolve("csv");
        try (TestJob job = new TestJob(kafka, folder, 2)) {
            job.options().set(JobOptions.WINDOWS, "1h," + WINDOW);
            job.options().set(JobOptions.MOVERS_SIZE, SIZE);
            // No partition is to be late because the other is read faster.
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
            job.options().set(JobOptions.CSV_PATH, csv.toString());
            int trades = send(job);
            job.runToTheEnd();

            Map<String, MoverLists> expected = NaiveMovers.of(job.read("summaries"), WINDOW, SIZE);
            assertThat(expected.keySet()).as("every hour of three days").hasSize(3 * 24);
            assertThat(expected.values()).anyMatch(lists -> lists.gainers().size() == SIZE);
            assertThat(expected.values()).anyMatch(lists -> lists.losers().size() == SIZE);
            assertThat(expected.values())
                    .as("the first day is compared with nothing")
                    .anyMatch(
                            lists -> lists.gainers().isEmpty() && lists.losers().isEmpty());
            assertThat(expected.values()).anyMatch(lists -> lists.mostActive().size() < SIZE);
            for (ConsumerRecord<byte[], byte[]> record : job.records("movers")) {
                assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo(WINDOW);
            }
            NaiveMovers.assertEqual(job.read("movers"), expected);
            assertThat(trades).isGreaterThan(150);
            assertThat(rows(csv.resolve("movers")))
                    .hasSize(expected.values().stream()
                            .mapToInt(lists -> lists.gainers().size()
                                    + lists.losers().size()
                                    + lists.mostActive().size())
                            .sum());
        }
    }

    private static int send(TestJob job) {
        SplittableRandom random = new SplittableRandom(13);
        int trades = 0;
        for (long time = MONDAY; time < MONDAY + 3 * DAY; time += 1 + random.nextLong(40 * 60_000)) {
            int symbol = random.nextInt(SYMBOLS.size());
            double price = 100 * (symbol + 1) + random.nextInt(-2000, 2000) / 100.0;
            // Oil's trades carry no size.
            String size = symbol == 3 ? "" : "\"size\":" + random.nextInt(1, 50) + ",";
            job.send(
                    "prices",
                    symbol % 2,
                    SYMBOLS.get(symbol),
                    "{\"price\":%s,%s\"time\":%d}".formatted(price, size, time));
            trades++;
        }
        return trades;
    }

    private static List<String> rows(Path kind) throws Exception {
        List<String> rows = new ArrayList<>();
        for (Path file : Folders.files(kind).toList()) {
            List<String> lines = Files.readAllLines(file);
            rows.addAll(lines.subList(1, lines.size()));
        }
        return rows;
    }
}
