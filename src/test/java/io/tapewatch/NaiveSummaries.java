package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.window.WindowText;
import io.tapewatch.domain.window.WindowText.Form;
import io.tapewatch.domain.window.WindowText.Span;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Summaries of windows of every form straight from a list of trades none of which was late: what the job's are held
 * against. Each is added up in exact decimals; a sum over some trades is that over all up to the last of them, less that
 * over all before the first.
 */
public final class NaiveSummaries {

    private static final MathContext PRECISE = new MathContext(60);
    private static final long LATENESS = Duration.ofHours(4).toMillis();
    private static final long PREVIOUS_CLOSE_MAX_AGE = Duration.ofDays(32).toMillis();
    private static final List<String> WORDS =
            List.of("symbol", "window", "name", "currency", "type", "sector", "venue");
    private static final List<String> COUNTS = List.of("count", "sizedCount", "revision");
    private static final List<String> EXACT =
            List.of("open", "high", "low", "close", "volume", "turnover", "previousClose", "multiplier");

    /** The trades of one symbol in the order of their times. */
    private final List<Trade> trades;

    /** The time before which a job may not have read all of them. */
    private final long wholeFrom;

    /** What all trades before each add up to, and last of all what all do. */
    private final List<Sums> sums = new ArrayList<>();

    private record Sums(BigDecimal price, BigDecimal squaredPrice, BigDecimal size, BigDecimal turnover) {

        Sums plus(Trade trade) {
            return new Sums(
                    price.add(trade.price()),
                    squaredPrice.add(trade.price().multiply(trade.price())),
                    size.add(trade.size()),
                    turnover.add(trade.price().multiply(trade.size())));
        }

        Sums minus(Sums other) {
            return new Sums(
                    price.subtract(other.price),
                    squaredPrice.subtract(other.squaredPrice),
                    size.subtract(other.size),
                    turnover.subtract(other.turnover));
        }
    }

    private NaiveSummaries(List<Trade> unsorted, long wholeFrom) {
        this.wholeFrom = wholeFrom;
        // Stable: trades of the same time stay in the order they were given in.
        trades = unsorted.stream().sorted(Comparator.comparingLong(Trade::time)).toList();
        sums.add(new Sums(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO));
        for (Trade trade : trades) {
            sums.add(sums.get(sums.size() - 1).plus(trade));
        }
    }

    /**
     * Holds that the summaries are, each once and at revision 0, all there are of these trades, in every field.
     *
     * @param trades those of the same time in the order of the tape
     */
    public static void assertEqual(Collection<JsonNode> summaries, List<Trade> trades, String windows) {
        assertEqual(summaries, trades, windows, Long.MIN_VALUE);
    }

    /**
     * The same of a job that begins in the middle of them: its summaries are those of the windows that start at {@code
     * wholeFrom} or later, and they are compared with no close of a trade before.
     */
    public static void assertEqual(Collection<JsonNode> summaries, List<Trade> trades, String windows, long wholeFrom) {
        assertEqual(summaries, trades, windows, wholeFrom, Map.of());
    }

    /**
     * The same where something is known about instruments, from the start.
     *
     * @param instruments what is known, by symbol
     */
    public static void assertEqual(
            Collection<JsonNode> summaries, List<Trade> trades, String windows, Map<String, Instrument> instruments) {
        assertEqual(summaries, trades, windows, Long.MIN_VALUE, instruments);
    }

    private static void assertEqual(
            Collection<JsonNode> summaries,
            List<Trade> trades,
            String windows,
            long wholeFrom,
            Map<String, Instrument> instruments) {
        Map<String, Map<String, Object>> expected = new TreeMap<>();
        Map<String, List<Trade>> bySymbol = trades.stream().collect(Collectors.groupingBy(Trade::symbol));
        bySymbol.forEach((symbol, some) -> {
            NaiveSummaries naive = new NaiveSummaries(some, wholeFrom);
            for (WindowText window : WindowText.readAll(windows)) {
                for (Map<String, Object> summary : naive.all(window)) {
                    if ((long) summary.get("start") < wholeFrom) {
                        continue;
                    }
                    summary.put("symbol", symbol);
                    summary.put("window", window.name());
                    if (instruments.containsKey(symbol)) {
                        putKnown(summary, instruments.get(symbol));
                    }
                    EXACT.forEach(field -> summary.computeIfPresent(field, (any, exact) -> plain((BigDecimal) exact)));
                    expected.put(key(summary), summary);
                }
            }
        });
        Map<String, Map<String, Object>> actual = new TreeMap<>();
        for (JsonNode json : summaries) {
            Map<String, Object> summary = fields(json);
            assertThat(actual.put(key(summary), summary))
                    .as("the other of two summaries")
                    .isNull();
        }
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        actual.forEach((key, summary) -> assertThat(summary).as(key).isEqualTo(expected.get(key)));
    }

    private static void putKnown(Map<String, Object> summary, Instrument instrument) {
        summary.put("name", instrument.name());
        summary.put("currency", instrument.currency());
        summary.put("type", instrument.type());
        summary.put("sector", instrument.sector());
        summary.put("venue", instrument.venue());
        summary.put("multiplier", instrument.multiplier().toBigDecimal());
        summary.values().removeIf(Objects::isNull);
        summary.computeIfPresent("turnover", (field, turnover) -> ((BigDecimal) turnover)
                .multiply(instrument.multiplier().toBigDecimal()));
    }

    private static String key(Map<String, Object> summary) {
        return summary.get("symbol") + " " + summary.get("window") + " "
                + Instant.ofEpochMilli((long) summary.get("start")) + " "
                + Instant.ofEpochMilli((long) summary.get("asOf"));
    }

    /**
     * A number of a record with all its digits.
     *
     * @param json was read so that numbers keep their digits
     */
    static BigDecimal exact(JsonNode json, String field) {
        JsonNode number = json.get(field);
        assertThat(number.isBigDecimal() || number.isIntegralNumber())
                .as("%s, read with all digits: %s", field, number)
                .isTrue();
        return plain(number.decimalValue());
    }

    private static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** The fields of a summary: words, counts, times, exact numbers, and all others as doubles. */
    private static Map<String, Object> fields(JsonNode summary) {
        Map<String, Object> fields = new HashMap<>();
        summary.properties().forEach(each -> {
            JsonNode value = each.getValue();
            if (WORDS.contains(each.getKey())) {
                fields.put(each.getKey(), value.asText());
            } else if (COUNTS.contains(each.getKey())) {
                fields.put(each.getKey(), value.asLong());
            } else if (EXACT.contains(each.getKey())) {
                fields.put(each.getKey(), exact(summary, each.getKey()));
            } else if (value.isTextual()) {
                fields.put(each.getKey(), Instant.parse(value.asText()).toEpochMilli());
            } else {
                fields.put(each.getKey(), value.asDouble());
            }
        });
        return fields;
    }

    /** Where a result is: its window, and what moment it is as of. */
    private record Result(Span window, long asOf) {}

    private List<Map<String, Object>> all(WindowText window) {
        TreeSet<Long> times = new TreeSet<>(trades.stream().map(Trade::time).toList());
        return window.form() == Form.SLIDING ? sliding(window, times) : others(window, times);
    }

    private List<Map<String, Object>> sliding(WindowText window, TreeSet<Long> times) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (long time : times) {
            long bucket = WindowText.fromTheEpoch(time, window.step()).start();
            Map<String, Object> summary = summary(bucket - 60 * window.step(), time + 1);
            summary.put("end", time + 1);
            summary.put("asOf", time);
            summary.put("mayChangeUntil", time + 1);
            all.add(summary);
        }
        return all;
    }

    private List<Map<String, Object>> others(WindowText window, TreeSet<Long> times) {
        Set<Result> results = new LinkedHashSet<>();
        for (long time : times) {
            for (Span span : window.windowsAt(time)) {
                // A cumulating window has more than one: as of the end of each step with trades, and of its own.
                results.add(new Result(span, window.firstAsOf(span, time)));
                results.add(new Result(span, span.end()));
            }
        }
        List<Map<String, Object>> all = new ArrayList<>();
        for (Result result : results) {
            Span span = result.window();
            Map<String, Object> summary = summary(span.start(), result.asOf());
            summary.put("end", span.end());
            summary.put("asOf", result.asOf());
            summary.put("mayChangeUntil", span.end() + LATENESS);
            if (window.form() != Form.HOPPING) {
                compare(summary, window);
            }
            all.add(summary);
        }
        return all;
    }

    /** Compares a window with the close of the last one before it that had trades. */
    private void compare(Map<String, Object> summary, WindowText window) {
        long start = (long) summary.get("start");
        int before = indexOf(start) - 1;
        if (before < 0) {
            return;
        }
        Trade last = trades.get(before);
        if (last.time() < wholeFrom) {
            return;
        }
        long end = window.windowsAt(last.time()).get(0).end();
        if (start - end > PREVIOUS_CLOSE_MAX_AGE) {
            return;
        }
        BigDecimal base = last.price();
        BigDecimal change = ((BigDecimal) summary.get("close")).subtract(base);
        summary.put("previousClose", base);
        summary.put(
                "changePct",
                change.multiply(BigDecimal.valueOf(100)).divide(base, PRECISE).doubleValue());
    }

    /** The index of the first trade at or after {@code time}. */
    private int indexOf(long time) {
        int low = 0;
        int high = trades.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (trades.get(middle).time() < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** What the trades from {@code start} to below {@code asOf} say. */
    private Map<String, Object> summary(long start, long asOf) {
        int from = indexOf(start);
        int to = indexOf(asOf);
        Trade first = trades.get(from);
        Trade last = trades.get(to - 1);
        Trade high = first;
        Trade low = first;
        for (Trade trade : trades.subList(from, to)) {
            high = trade.price().compareTo(high.price()) > 0 ? trade : high;
            low = trade.price().compareTo(low.price()) < 0 ? trade : low;
        }
        BigDecimal n = BigDecimal.valueOf(to - from);
        Sums sum = sums.get(to).minus(sums.get(from));

        Map<String, Object> summary = new HashMap<>();
        summary.put("start", start);
        summary.put("revision", 0L);
        summary.put("count", n.longValue());
        summary.put("sizedCount", n.longValue());
        summary.put("open", first.price());
        summary.put("close", last.price());
        summary.put("high", high.price());
        summary.put("low", low.price());
        summary.put("firstTime", first.time());
        summary.put("lastTime", last.time());
        summary.put("highTime", high.time());
        summary.put("lowTime", low.time());
        summary.put("mean", sum.price.divide(n, PRECISE).doubleValue());
        if (to - from > 1) {
            // n · Σp² − (Σp)² is exact; the mean is not.
            BigDecimal squares = n.multiply(sum.squaredPrice).subtract(sum.price.multiply(sum.price));
            BigDecimal variance = squares.divide(n.multiply(n.subtract(BigDecimal.ONE)), PRECISE);
            summary.put("stddev", variance.sqrt(PRECISE).doubleValue());
        }
        summary.put("volume", sum.size);
        summary.put("turnover", sum.turnover);
        if (sum.size.signum() != 0) {
            summary.put("vwap", sum.turnover.divide(sum.size, PRECISE).doubleValue());
        }
        return summary;
    }
}
