package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.feed.recorded.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayFileTest {

    @TempDir
    private Path folder;

    @Test
    void aFileMayBeNamedWithItsSymbol() throws Exception {
        Path file = touch("a.csv");
        assertIs(parse(file.toString()), file, null);
        assertIs(parse("AAPL=" + file), file, "AAPL");
        assertIs(parse(" BTC-USD =" + file), file, "BTC-USD");
        assertIs(parse("EURUSD=X=" + file), file, "EURUSD=X");
    }

    @Test
    void anExistingFileOfTheWholeNameComesFirst() throws Exception {
        Path plain = touch("x.csv");
        Path day = Files.createDirectory(folder.resolve("day=4"));
        Path partitioned = Files.writeString(day.resolve("x.csv"), "");
        assertIs(parse(partitioned.toString()), partitioned, null);
        assertIs(parse("AAPL=" + partitioned), partitioned, "AAPL");
        assertIs(parse("A=B=" + plain), plain, "A=B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAPL=nowhere.csv", "A=B=nowhere.csv", "day=4/x.csv=", "AAPL="})
    void whatIsThereNeitherWithNorWithoutASymbolIsSaidSo(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(text + ": there is no such file, nor a file '");
    }

    @Test
    void aFileThatIsMissingIsLeftToItsReader() {
        assertIs(parse("nowhere.csv"), Path.of("nowhere.csv"), null);
    }

    @ParameterizedTest
    @CsvSource({
        "AAPL.csv, AAPL",
        "AAPL.csv.gz, AAPL",
        "AAPL.CSV, AAPL",
        "AAPL, AAPL",
        "BRK.B.csv, BRK.B",
        "BTC-USD.csv, BTC-USD",
        "^GSPC.txt, ^GSPC",
        "EURUSD=X.csv, EURUSD=X",
        "600519.csv, 600519",
        "sz200012.csv, sz200012",
        "BTCUSDT2024-01-04.csv, BTCUSDT",
        "BTCUSDT2024-01-04.csv.gz, BTCUSDT",
        "ETHUSDT-trades-2025-01-01.csv, ETHUSDT",
        "ETHUSDT-aggTrades-2025-01.csv, ETHUSDT",
        "SBER_ticks.csv, SBER",
        "AAPL_20240104.csv, AAPL",
        "AAPL_20240104_quotes.csv, AAPL",
        "AAPL 2024-01-04.csv, AAPL",
        "BTC-USD.2024-01-04.csv, BTC-USD",
        "trades.csv, trades",
    })
    void theNameOfAFileGivesItsSymbol(String name, String symbol) throws Exception {
        Path file = touch(name);
        assertIs(ReplayFile.parse(file.toString(), true), file, symbol);
        // Named with a symbol, it has that.
        assertIs(ReplayFile.parse("MSFT=" + file, true), file, "MSFT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2024-01-04.csv | 2024-01-04.csv: there is no symbol in this name; expected SYMBOL=FILE",
                "a,b.csv | a,b.csv: symbol has ',' at position 2",
            })
    void aNameWithoutASymbolIsRefused(String name, String message) throws Exception {
        Path file = touch(name);
        assertThatThrownBy(() -> ReplayFile.parse(file.toString(), true)).hasMessageStartingWith(message);
        assertIs(ReplayFile.parse(file.toString(), false), file, null);
    }

    private Path touch(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "");
    }

    private static Recording parse(String text) {
        return ReplayFile.parse(text, false);
    }

    private static void assertIs(Recording file, Path path, String symbol) {
        assertThat(file.path()).isEqualTo(path);
        assertThat(file.symbol()).isEqualTo(symbol);
        assertThat(file.name()).isEqualTo(path.toString());
    }
}
