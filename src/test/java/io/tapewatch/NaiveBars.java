package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Bars straight from a list of trades: what summaries are held against. */
final class NaiveBars {

    private static final MathContext PRECISE = new MathContext(60);

    private NaiveBars() {}

    /** Holds that the summaries are, each once and at revision 0, all bars of these trades, in every field. */
    static void assertEqual(Collection<JsonNode> summaries, List<Trade> trades, Map<String, Long> windows) {
        Map<String, List<Trade>> expected = new TreeMap<>();
        windows.forEach((name, length) -> {
            for (Trade trade : trades) {
                long start = Math.floorDiv(trade.time(), length) * length;
                expected.computeIfAbsent(key(trade.symbol(), name, start), key -> new ArrayList<>())
                        .add(trade);
            }
        });
        Map<String, JsonNode> actual = new TreeMap<>();
        for (JsonNode summary : summaries) {
            long start = Instant.parse(summary.get("start").asText()).toEpochMilli();
            JsonNode before = actual.put(
                    key(summary.get("symbol").asText(), summary.get("window").asText(), start), summary);
            assertThat(before).as("the other of two summaries").isNull();
        }
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        actual.forEach((key, summary) -> assertEqual(
                key,
                summary,
                expected.get(key),
                windows.get(summary.get("window").asText())));
    }

    private static String key(String symbol, String window, long start) {
        return symbol + " " + window + " " + Instant.ofEpochMilli(start);
    }

    private static void assertEqual(String key, JsonNode summary, List<Trade> trades, long length) {
        // Stable: trades of the same time stay in the order of the file.
        List<Trade> inOrder =
                trades.stream().sorted(Comparator.comparingLong(Trade::time)).toList();
        Trade first = inOrder.get(0);
        Trade last = inOrder.get(inOrder.size() - 1);
        Trade high =
                inOrder.stream().max(Comparator.comparingDouble(Trade::price)).orElseThrow();
        Trade low =
                inOrder.stream().min(Comparator.comparingDouble(Trade::price)).orElseThrow();
        Trade firstHigh = inOrder.stream()
                .filter(trade -> trade.price() == high.price())
                .findFirst()
                .orElseThrow();
        Trade firstLow = inOrder.stream()
                .filter(trade -> trade.price() == low.price())
                .findFirst()
                .orElseThrow();
        BigDecimal n = BigDecimal.valueOf(trades.size());
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal turnover = BigDecimal.ZERO;
        for (Trade trade : trades) {
            BigDecimal price = new BigDecimal(trade.price());
            BigDecimal size = new BigDecimal(trade.size());
            sum = sum.add(price);
            volume = volume.add(size);
            turnover = turnover.add(price.multiply(size));
        }
        BigDecimal mean = sum.divide(n, PRECISE);
        BigDecimal squares = BigDecimal.ZERO;
        for (Trade trade : trades) {
            // Σ(n·p − Σp)² is exact; the mean is not.
            BigDecimal deviation = new BigDecimal(trade.price()).multiply(n).subtract(sum);
            squares = squares.add(deviation.multiply(deviation));
        }
        long start = Math.floorDiv(first.time(), length) * length;

        assertThat(summary.get("count").asLong()).as(key).isEqualTo(trades.size());
        assertThat(summary.get("sizedCount").asLong()).as(key).isEqualTo(trades.size());
        assertThat(summary.get("open").asDouble()).as(key).isEqualTo(first.price());
        assertThat(summary.get("close").asDouble()).as(key).isEqualTo(last.price());
        assertThat(summary.get("high").asDouble()).as(key).isEqualTo(high.price());
        assertThat(summary.get("low").asDouble()).as(key).isEqualTo(low.price());
        assertThat(time(summary, "firstTime")).as(key).isEqualTo(first.time());
        assertThat(time(summary, "lastTime")).as(key).isEqualTo(last.time());
        assertThat(time(summary, "highTime")).as(key).isEqualTo(firstHigh.time());
        assertThat(time(summary, "lowTime")).as(key).isEqualTo(firstLow.time());
        assertThat(summary.get("mean").asDouble()).as(key).isEqualTo(mean.doubleValue());
        if (trades.size() < 2) {
            assertThat(summary.has("stddev")).as(key).isFalse();
        } else {
            BigDecimal variance = squares.divide(n.multiply(n).multiply(n.subtract(BigDecimal.ONE)), PRECISE);
            assertThat(summary.get("stddev").asDouble())
                    .as(key)
                    .isEqualTo(variance.sqrt(PRECISE).doubleValue());
        }
        assertThat(summary.get("volume").asDouble()).as(key).isEqualTo(volume.doubleValue());
        assertThat(summary.get("turnover").asDouble()).as(key).isEqualTo(turnover.doubleValue());
        if (volume.signum() == 0) {
            assertThat(summary.has("vwap")).as(key).isFalse();
        } else {
            assertThat(summary.get("vwap").asDouble())
                    .as(key)
                    .isEqualTo(turnover.divide(volume, PRECISE).doubleValue());
        }
        assertThat(time(summary, "start")).as(key).isEqualTo(start);
        assertThat(time(summary, "end")).as(key).isEqualTo(start + length);
        assertThat(time(summary, "asOf")).as(key).isEqualTo(start + length);
        assertThat(summary.get("revision").asInt()).as(key).isZero();
        assertThat(time(summary, "mayChangeUntil")).as(key).isEqualTo(start + length + 4 * 3_600_000);
    }

    private static long time(JsonNode summary, String field) {
        return Instant.parse(summary.get(field).asText()).toEpochMilli();
    }
}
