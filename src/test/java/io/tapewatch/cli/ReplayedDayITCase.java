package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.CsvRows;
import io.tapewatch.LongPatience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * One day in several files, as exchanges publish them: one of each symbol, the newest row first in one of them.
 *
 * <p>After nautechsystems/nautilus_trader #560, #1515 (instruments replayed one after the other) and ccxt #2667 (newest first).
 */
@ExtendWith(LongPatience.class)
@Timeout(600)
class ReplayedDayITCase {

    /** 2024-01-04T00:00:00Z. */
    private static final long DAY_SECONDS = 1_704_326_400L;

    private static final int MINUTES = 1_440;

    @TempDir
    private Path folder;

    @Test
    void everyMinuteOfEverySymbolHasItsBar() throws Exception {
        Path btc = day("BTCUSDT2024-01-04.csv", minute -> minute);
        Path eth = day("ETHUSDT2024-01-04.csv", minute -> minute);
        Path sol = day("newest-first.csv", minute -> MINUTES - 1 - minute);
        Path csv = folder.resolve("out");
        ToolInProcess.Said said = ToolInProcess.run(List.of(
                "--replay",
                btc + "," + eth + ",SOLUSDT=" + sol,
                "--columns",
                "time=timestamp",
                "--time-unit",
                "s",
                "--symbol-from-file-name",
                "--windows",
                "1m",
                "--speed",
                "max",
                "--exit",
                "--web-port",
                "0",
                "--csv",
                csv.toString()));

        assertThat(said.err()).isEmpty();
        assertThat(said.exitCode()).isZero();
        assertThat(said.out())
                .contains(
                        sol + " goes back by 23h 59m; sorted by time (--order file replays it as it stands)",
                        "4,320 in = 4,320 counted + 0 dead letters; difference 0",
                        "revisions 0");
        Map<String, Long> bars = CsvRows.of(csv).stream()
                .filter(row -> "1m".equals(row.get("window")) && row.containsKey("close"))
                .collect(Collectors.groupingBy(row -> row.get("symbol"), Collectors.counting()));
        assertThat(bars)
                .isEqualTo(Map.of("BTCUSDT", (long) MINUTES, "ETHUSDT", (long) MINUTES, "SOLUSDT", (long) MINUTES));
    }

    /** A trade a minute. */
    private Path day(String name, IntUnaryOperator minuteOfRow) throws Exception {
        return Files.writeString(
                folder.resolve(name),
                IntStream.range(0, MINUTES)
                        .map(minuteOfRow)
                        .mapToObj(minute -> DAY_SECONDS + 60L * minute + ".1033," + (100 + minute % 7) + ".25,1")
                        .collect(Collectors.joining("\n", "timestamp,price,size\n", "\n")));
    }
}
