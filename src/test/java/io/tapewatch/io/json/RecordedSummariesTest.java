package io.tapewatch.io.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapewatch.NaiveSummaries;
import io.tapewatch.RecordedMarket;
import io.tapewatch.Trade;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.window.NodesInMemory;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.domain.window.SymbolWindows;
import io.tapewatch.domain.window.WindowSettings;
import io.tapewatch.domain.window.WindowsState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Summaries of recorded trades, every field as it is written against exact decimals from the texts of the recording. */
class RecordedSummariesTest {

    private static final String WINDOWS = "1s,1m,5m";

    /** 9,999 trades of Binance's futures in microseconds, from the tests of nautechsystems/nautilus_trader. */
    private static final Path TARDIS = Path.of("..", "shared", "cases", "r03-tardis-10k", "tardis_trades.csv");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final JsonWriter<Summary> writer = (summary, out) -> SummaryFormat.write(out, summary);
    private final JsonFactory factory = new JsonFactory();

    @Test
    void noFieldOfBinancesSummariesIsOff() throws IOException {
        List<Trade> trades = RecordedMarket.trades().stream()
                .map(row -> new Trade(Long.parseLong(row[1]), row[2], row[3], row[4]))
                .sorted(Comparator.comparingLong(Trade::time))
                .toList();

        List<JsonNode> summaries = summaries(trades, WINDOWS);

        NaiveSummaries.assertEqual(summaries, trades, WINDOWS);
        // What sums of doubles do not show: 0.1 + 0.2 is 0.3.
        assertThat(summaries)
                .anyMatch(summary -> summary.get("turnover").decimalValue().precision() > 12);
        assertThat(sumsOfDoublesThatAreOff(trades)).isPositive();
    }

    @Test
    void norOfBitstampsWeek() throws IOException {
        List<Trade> trades = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                RecordedSummariesTest.class.getResourceAsStream("/bitstamp_trades_from_20131125_usd.csv"),
                StandardCharsets.US_ASCII))) {
            lines.lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .forEach(row -> trades.add(new Trade(Long.parseLong(row[0]) * 1000, "BTC-USD", row[1], row[2])));
        }

        NaiveSummaries.assertEqual(summaries(trades, "1m,1h,1d"), trades, "1m,1h,1d");
    }

    @Test
    @EnabledIf("isAtHand")
    void norOfBinancesFutures() throws IOException {
        List<Trade> trades;
        try (BufferedReader lines = Files.newBufferedReader(TARDIS)) {
            trades = lines.lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .sorted(Comparator.comparingLong(row -> Long.parseLong(row[2])))
                    .map(row -> new Trade(Long.parseLong(row[2]) / 1000, row[1], row[6], row[7]))
                    .toList();
        }

        List<JsonNode> summaries = summaries(trades, WINDOWS);

        assertThat(summaries).hasSize(3_111);
        NaiveSummaries.assertEqual(summaries, trades, WINDOWS);
    }

    static boolean isAtHand() {
        return Files.exists(TARDIS);
    }

    /** The summaries of all windows that trades in the order of their times make, read from what is written of them. */
    private List<JsonNode> summaries(List<Trade> trades, String windows) {
        WindowSettings settings = new WindowSettings(
                windows,
                Duration.ofHours(4).toMillis(),
                Map.of(),
                1000,
                Duration.ofDays(32).toMillis());
        List<JsonNode> summaries = new ArrayList<>();
        Map<String, List<Trade>> bySymbol = trades.stream().collect(Collectors.groupingBy(Trade::symbol));
        bySymbol.forEach((symbol, some) -> {
            SymbolWindows ofSymbol = new SymbolWindows(
                    symbol,
                    settings.newWindows(),
                    new WindowsState(),
                    new NodesInMemory(),
                    summary -> summaries.add(read(writer.bytes(factory, summary))));
            long watermark = Long.MIN_VALUE;
            for (int i = 0; i < some.size(); i++) {
                Tick tick = tick(some.get(i), i);
                ofSymbol.advanceTo(watermark, tick.time() - 1);
                watermark = tick.time() - 1;
                ofSymbol.add(tick, watermark);
            }
            ofSymbol.advanceTo(watermark, Long.MAX_VALUE);
        });
        return summaries;
    }

    private static Tick tick(Trade trade, long offset) {
        return Ticks.tick(trade.symbol())
                .at(trade.time())
                .price(trade.price().toPlainString())
                .size(trade.size().toPlainString())
                .offset(offset)
                .tick();
    }

    private static JsonNode read(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How often, trade by trade, a sum of doubles is not the double nearest the volume so far. */
    private static int sumsOfDoublesThatAreOff(List<Trade> trades) {
        int off = 0;
        double doubles = 0;
        BigDecimal exact = BigDecimal.ZERO;
        for (Trade trade : trades) {
            doubles += trade.size().doubleValue();
            exact = exact.add(trade.size());
            off += doubles == exact.doubleValue() ? 0 : 1;
        }
        return off;
    }
}
