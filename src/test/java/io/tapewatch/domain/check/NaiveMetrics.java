package io.tapewatch.domain.check;

import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.quote.NaiveQuotes;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Metric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What each metric says at each trade and each quote of a symbol, as the documentation words it: all are kept, and looked
 * through again for each value. Sums are exact, so that the one over a window is the difference of two that begin with the first
 * tick; quotients and roots have more digits than can decide between two doubles. Null stands for no value.
 */
final class NaiveMetrics {

    /** A return, in per cent, counts from this deviation on. */
    private static final double LEAST_DEVIATION = 0.01;

    private static final int LEAST_TICKS = 30;
    private static final long THIRTY_TWO_DAYS = 32L * 24 * 60 * 60 * 1000;

    private static final MathContext DIGITS = new MathContext(120);
    private static final BigDecimal HUNDRED = new BigDecimal(100);

    private final NaiveTape tape;
    private final NaiveFollowing following;
    private final List<Tick> ticks;
    private final List<Quote> quotes;
    private final Closes closes;

    private final List<Double> returns = new ArrayList<>();

    /** The place of the symbol's first tick, as far as it is known at a tick. */
    private final List<Integer> births = new ArrayList<>();

    /** The place of its first quote likewise. */
    private final List<Integer> birthsOfQuotes = new ArrayList<>();

    /** Several conditions ask for the same value: what was said of a tick is kept. */
    private final Map<Asked, Optional<Double>> said = new HashMap<>();

    private record Asked(Metric metric, long over, long baseline, boolean ofQuote, int now) {}

    private final Sums sizes = new Sums();
    private final Sums turnovers = new Sums();
    private final Sums sumsOfReturns = new Sums();
    private final Sums squaresOfReturns = new Sums();
    private final Sums bought = new Sums();
    private final Sums sold = new Sums();

    /** What a figure of the ticks comes to, added up from the first; not all ticks have it. */
    private static final class Sums {
        private final List<BigDecimal> sums = new ArrayList<>(List.of(BigDecimal.ZERO));
        private final List<Long> counts = new ArrayList<>(List.of(0L));

        /** @param figure of the next tick, or null */
        void add(BigDecimal figure) {
            BigDecimal sum = sums.get(sums.size() - 1);
            long count = counts.get(counts.size() - 1);
            sums.add(figure == null ? sum : sum.add(figure));
            counts.add(figure == null ? count : count + 1);
        }

        long count(int first, int end) {
            return counts.get(end) - counts.get(first);
        }

        /** The sum of those there are, from the first up to and without the last; null if there are none. */
        BigDecimal sum(int first, int end) {
            return count(first, end) == 0 ? null : sums.get(end).subtract(sums.get(first));
        }
    }

    NaiveMetrics(NaiveTape tape, NaiveFollowing following, Closes closes) {
        this.tape = tape;
        this.following = following;
        this.ticks = tape.trades;
        this.quotes = tape.quotes;
        this.closes = closes;
        for (int i = 0; i < ticks.size(); i++) {
            Tick tick = ticks.get(i);
            births.add(beginsAnew(i) ? i : births.get(i - 1));
            BigDecimal size = hasSize(tick) ? new BigDecimal(tick.sizeNearest()) : null;
            sizes.add(size);
            turnovers.add(size == null ? null : new BigDecimal(tick.priceNearest()).multiply(size));
            returns.add(beginsAnew(i) ? null : change(tick.priceNearest(), priceBefore(i)));
            BigDecimal exactReturn = returns.get(i) == null ? null : new BigDecimal(returns.get(i));
            sumsOfReturns.add(exactReturn);
            squaresOfReturns.add(exactReturn == null ? null : exactReturn.multiply(exactReturn));
            bought.add(tape.sideOfTrade.get(i) == Side.BUY ? size : null);
            sold.add(tape.sideOfTrade.get(i) == Side.SELL ? size : null);
        }
        for (int i = 0; i < quotes.size(); i++) {
            birthsOfQuotes.add(quotesBeginAnew(i) ? i : birthsOfQuotes.get(i - 1));
        }
    }

    /**
     * Whether a tick is the symbol's first, or as good as: after more than 32 days nothing is known of those before, nor
     * if there were no rules meanwhile.
     */
    boolean beginsAnew(int now) {
        return now == 0
                || ticks.get(now).time() - ticks.get(now - 1).time() > THIRTY_TWO_DAYS
                || !following.followsFrom(tape.placeOfTrade.get(now - 1), tape.placeOfTrade.get(now), false);
    }

    /** The same for a quote. */
    boolean quotesBeginAnew(int now) {
        return now == 0
                || quotes.get(now).time() - quotes.get(now - 1).time() > THIRTY_TWO_DAYS
                || !following.followsFrom(tape.placeOfQuote.get(now - 1), tape.placeOfQuote.get(now), true);
    }

    /** The price of the tick before. */
    Double priceBefore(int now) {
        return beginsAnew(now) ? null : ticks.get(now - 1).priceNearest();
    }

    /**
     * What a metric says that needs no other tick; all others have no value then, as for a late tick.
     *
     * @param multiplier how many units a size of one stands for
     */
    static Double ownValue(Condition condition, Tick tick, double multiplier) {
        return switch (condition.metric()) {
            case PRICE -> tick.priceNearest();
            case SIZE -> hasSize(tick) ? tick.sizeNearest() : null;
            case NOTIONAL ->
                hasSize(tick)
                        ? nearest(new BigDecimal(tick.priceNearest())
                                .multiply(new BigDecimal(tick.sizeNearest()))
                                .multiply(new BigDecimal(multiplier)))
                        : null;
            default -> null;
        };
    }

    /** The same of a quote. */
    static Double ownValue(Condition condition, Quote quote) {
        return condition.metric() == Metric.SPREAD_BPS ? NaiveQuotes.spreadBps(quote) : null;
    }

    /** The value at a quote in order. */
    Double valueAtQuote(Condition condition, int now) {
        if (!condition.metric().isWindowed()) {
            return ownValue(condition, quotes.get(now));
        }
        return said(
                condition,
                true,
                now,
                () -> numberOfQuotes(
                        condition, tape.placeOfQuote.get(now), quotes.get(now).time(), now + 1));
    }

    private Double said(Condition condition, boolean ofQuote, int now, Supplier<Double> value) {
        Asked asked = new Asked(condition.metric(), condition.over(), condition.baseline(), ofQuote, now);
        return said.computeIfAbsent(asked, each -> Optional.ofNullable(value.get()))
                .orElse(null);
    }

    /** The value at a tick in order. */
    Double value(Condition condition, int now) {
        Tick tick = ticks.get(now);
        Quote quote = tape.quoteOfTrade.get(now);
        double price = tick.priceNearest();
        return switch (condition.metric()) {
            case PRICE, SIZE, NOTIONAL -> ownValue(condition, tick, tape.multiplierAt(tape.placeOfTrade.get(now)));
            case TICK_CHANGE_PCT -> returns.get(now);
            case GAP_SECONDS ->
                beginsAnew(now) ? null : (tick.time() - ticks.get(now - 1).time()) / 1000.0;
            case DAY_CHANGE_PCT -> {
                Decimal close = closes.previousClose(tick.time());
                yield close == null ? null : change(price, close.nearest());
            }
            case SILENCE_SECONDS -> null;
            case SPREAD_BPS -> quote == null ? null : NaiveQuotes.spreadBps(quote);
            case OFF_QUOTE_BPS -> quote == null ? null : NaiveQuotes.offQuoteBps(tick, quote);
            case QUOTE_AGE_SECONDS -> quote == null ? null : (tick.time() - quote.time()) / 1000.0;
            case QUOTE_COUNT, QUOTE_RATIO ->
                said(
                        condition,
                        false,
                        now,
                        () -> numberOfQuotes(
                                condition, tape.placeOfTrade.get(now), tick.time(), tape.quotesBeforeTrade.get(now)));
            default -> said(condition, false, now, () -> windowedValue(condition, now));
        };
    }

    /** Whether all that the windows of a condition reach back to was seen. */
    private boolean isKnown(Condition condition, int place, long time) {
        return following.knows(
                condition,
                place,
                beginOfWindow(condition, time),
                condition.metric().isCompared() ? beginOfBaseline(condition, time) : 0);
    }

    /**
     * The number of quotes, or against the baseline.
     *
     * @param end the number of quotes that there have been
     */
    private Double numberOfQuotes(Condition condition, int place, long time, int end) {
        if (!isKnown(condition, place, time)) {
            return null;
        }
        long oldest = countBefore(beginOfWindow(condition, time), end);
        if (condition.metric() == Metric.QUOTE_COUNT) {
            return (double) (end - oldest);
        }
        long begin = beginOfBaseline(condition, time);
        long first = countBefore(begin, end);
        if (oldest - first < LEAST_TICKS
                || quotes.get(birthsOfQuotes.get(end - 1)).time() >= begin) {
            return null;
        }
        return quotient(
                BigDecimal.valueOf(end - oldest).multiply(BigDecimal.valueOf(condition.baseline())),
                BigDecimal.valueOf(oldest - first).multiply(BigDecimal.valueOf(condition.over())));
    }

    /** How many of so many first quotes are before a time. */
    private long countBefore(long time, int end) {
        return quotes.subList(0, end).stream()
                .filter(quote -> quote.time() < time)
                .count();
    }

    private Double windowedValue(Condition condition, int now) {
        Tick tick = ticks.get(now);
        double price = tick.priceNearest();
        int place = tape.placeOfTrade.get(now);
        if (!isKnown(condition, place, tick.time())) {
            return null;
        }
        // The place of the oldest tick in the window.
        int oldest = firstFrom(beginOfWindow(condition, tick.time()));
        boolean alone = oldest == now;
        return switch (condition.metric()) {
            case CHANGE_PCT -> alone ? null : change(price, ticks.get(oldest).priceNearest());
            case RANGE_PCT -> alone ? null : change(highest(oldest, now), lowest(oldest, now));
            case FROM_HIGH_PCT -> alone ? null : change(price, highest(oldest, now));
            case FROM_LOW_PCT -> alone ? null : change(price, lowest(oldest, now));
            case COUNT -> (double) (now + 1 - oldest);
            case VOLUME -> nearest(sizes.sum(oldest, now + 1));
            case TURNOVER -> {
                BigDecimal turnover = turnovers.sum(oldest, now + 1);
                yield turnover == null ? null : nearest(turnover.multiply(new BigDecimal(tape.multiplierAt(place))));
            }
            case BUY_PCT -> buyPct(oldest, now);
            case VWAP_DEVIATION_PCT -> vwapDeviation(oldest, now);
            case RETURN_Z_SCORE -> zScore(oldest, now);
            case SIZE_RATIO -> sizeRatio(oldest, now);
            case VOLUME_RATIO, COUNT_RATIO -> ratio(condition, oldest, now);
            default -> throw new AssertionError(condition);
        };
    }

    private Double buyPct(int oldest, int now) {
        BigDecimal buys = orZero(bought.sum(oldest, now + 1));
        BigDecimal both = buys.add(orZero(sold.sum(oldest, now + 1)));
        return both.signum() == 0 ? null : quotient(buys.multiply(HUNDRED), both);
    }

    private static BigDecimal orZero(BigDecimal sum) {
        return sum == null ? BigDecimal.ZERO : sum;
    }

    private Double vwapDeviation(int oldest, int now) {
        BigDecimal volume = sizes.sum(oldest, now);
        if (volume == null || volume.signum() == 0) {
            return null;
        }
        return change(ticks.get(now).priceNearest(), quotient(turnovers.sum(oldest, now), volume));
    }

    private Double zScore(int oldest, int now) {
        long n = sumsOfReturns.count(oldest, now);
        if (returns.get(now) == null || n < LEAST_TICKS) {
            return null;
        }
        BigDecimal sum = sumsOfReturns.sum(oldest, now);
        // Σ(r − mean)² is Σr² − (Σr)² / n.
        BigDecimal numerator = squaresOfReturns
                .sum(oldest, now)
                .multiply(BigDecimal.valueOf(n))
                .subtract(sum.multiply(sum));
        BigDecimal variance = numerator.divide(BigDecimal.valueOf(n * (n - 1)), DIGITS);
        double deviation = variance.sqrt(DIGITS).doubleValue();
        return deviation < LEAST_DEVIATION ? null : returns.get(now) / deviation;
    }

    private Double sizeRatio(int oldest, int now) {
        long sized = sizes.count(oldest, now);
        if (!hasSize(ticks.get(now)) || sized < LEAST_TICKS) {
            return null;
        }
        double mean = quotient(sizes.sum(oldest, now), BigDecimal.valueOf(sized));
        return mean == 0 ? null : ticks.get(now).sizeNearest() / mean;
    }

    private Double ratio(Condition condition, int oldest, int now) {
        long begin = beginOfBaseline(condition, ticks.get(now).time());
        int first = firstFrom(begin);
        if (ticks.get(births.get(now)).time() >= begin || oldest - first < LEAST_TICKS) {
            return null;
        }
        BigDecimal over = BigDecimal.valueOf(condition.over());
        BigDecimal baseline = BigDecimal.valueOf(condition.baseline());
        if (condition.metric() == Metric.COUNT_RATIO) {
            return quotient(
                    BigDecimal.valueOf(now + 1 - oldest).multiply(baseline),
                    BigDecimal.valueOf(oldest - first).multiply(over));
        }
        BigDecimal volume = sizes.sum(oldest, now + 1);
        BigDecimal before = sizes.sum(first, oldest);
        if (volume == null || before == null || before.signum() == 0) {
            return null;
        }
        return quotient(volume.multiply(baseline), before.multiply(over));
    }

    /** The window of a tick reaches back to here: F. */
    private static long beginOfWindow(Condition condition, long time) {
        return sixtyBucketsBefore(time, condition.over());
    }

    /** The baseline, which ends where the window begins, reaches back to here: G. */
    private static long beginOfBaseline(Condition condition, long time) {
        return sixtyBucketsBefore(beginOfWindow(condition, time), condition.baseline());
    }

    private static long sixtyBucketsBefore(long time, long length) {
        long bucket = Math.max(1, (long) Math.ceil(length / 60.0));
        return Math.floorDiv(time, bucket) * bucket - 60 * bucket;
    }

    /** The place of the first tick at this time or later. */
    private int firstFrom(long time) {
        int low = 0;
        int high = ticks.size();
        while (low < high) {
            int middle = (low + high) / 2;
            if (ticks.get(middle).time() < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double highest(int first, int last) {
        double highest = ticks.get(first).priceNearest();
        for (Tick tick : ticks.subList(first, last + 1)) {
            highest = Math.max(highest, tick.priceNearest());
        }
        return highest;
    }

    private double lowest(int first, int last) {
        double lowest = ticks.get(first).priceNearest();
        for (Tick tick : ticks.subList(first, last + 1)) {
            lowest = Math.min(lowest, tick.priceNearest());
        }
        return lowest;
    }

    private static boolean hasSize(Tick tick) {
        return !Double.isNaN(tick.sizeNearest());
    }

    private static Double change(double price, double base) {
        if (base <= 0) {
            return null;
        }
        BigDecimal exactBase = new BigDecimal(base);
        return quotient(new BigDecimal(price).subtract(exactBase).multiply(HUNDRED), exactBase);
    }

    private static double quotient(BigDecimal numerator, BigDecimal denominator) {
        return numerator.divide(denominator, DIGITS).doubleValue();
    }

    private static Double nearest(BigDecimal exact) {
        return exact == null ? null : exact.doubleValue();
    }
}
