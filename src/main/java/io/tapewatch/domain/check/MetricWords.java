package io.tapewatch.domain.check;

import static io.tapewatch.domain.check.FlagNumbers.asFineAs;
import static io.tapewatch.domain.check.FlagNumbers.distance;
import static io.tapewatch.domain.check.FlagNumbers.plain;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.check.FlagMessage.Part;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Comparison;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The words in which a flag's message tells a metric: what happened, and at which prices. Only the switch of {@link
 * #further} has a default, as most metrics are told in the same words there.
 */
final class MetricWords {

    private MetricWords() {}

    /** What happened, to follow the symbol's name. */
    static String told(Part part, boolean isQuote) {
        Seen seen = part.seen();
        String in = " in " + Durations.format(part.condition().over());
        String of = " of " + Durations.format(part.condition().over());
        return switch (part.condition().metric()) {
            case PRICE -> "traded at " + price(seen);
            case SIZE -> "traded a size of " + from(seen) + " at " + price(seen);
            case NOTIONAL -> "traded a notional of " + amount(part) + " at " + price(seen);
            case TICK_CHANGE_PCT -> moved(part, " since the tick before", "the tick before");
            case GAP_SECONDS ->
                seen.value() == 0
                        ? "ticked at the same time as the tick before"
                        : "ticked after " + number(part) + " s without a tick";
            case CHANGE ->
                seen.value() == 0
                        ? unchanged(Durations.format(part.condition().over()) + " before")
                        : (seen.value() > 0 ? "rose " : "fell ") + distance(from(seen), to(seen)) + in;
            case CHANGE_PCT -> moved(part, in, Durations.format(part.condition().over()) + " before");
            case RANGE_PCT -> (seen.value() == 0 ? "kept one price" : "ranged over " + number(part) + " %") + in;
            case FROM_HIGH_PCT -> "is " + away(part, " % below") + " its high" + of;
            case FROM_LOW_PCT -> "is " + away(part, " % above") + " its low" + of;
            case COUNT -> "ticked " + times(seen.value()) + in;
            case VOLUME -> "traded a volume of " + amount(part) + in;
            case TURNOVER -> "turned over " + amount(part) + in;
            case VWAP_DEVIATION_PCT ->
                "traded " + away(part, seen.value() < 0 ? " % below" : " % above") + " its VWAP" + of;
            case RETURN_Z_SCORE ->
                (seen.value() == 0 ? "moved by " : seen.value() < 0 ? "fell by " : "rose by ") + number(part)
                        + " standard deviations of its returns" + in;
            case SIZE_RATIO -> "traded " + number(part) + " times its mean size" + of;
            case VOLUME_RATIO -> "traded " + number(part) + " times its usual volume" + in;
            case COUNT_RATIO -> "ticked " + number(part) + " times as often as usual" + in;
            case DAY_CHANGE_PCT -> moved(part, " since the previous close", "the previous close");
            case SPREAD_BPS -> (isQuote ? "was quoted " : "traded ") + spread(part, isQuote);
            case OFF_QUOTE_BPS ->
                seen.value() == 0 ? "traded within its quote" : "traded " + number(part) + " bps outside its quote";
            case QUOTE_AGE_SECONDS -> "traded on a quote that was " + number(part) + " s old";
            case BUY_PCT -> "saw buyers take " + bought(part);
            case QUOTE_COUNT -> (seen.value() == 0 ? "was not quoted" : "was quoted " + times(seen.value())) + in;
            case QUOTE_RATIO -> "was quoted " + number(part) + " times as often as usual" + in;
            case SILENCE_SECONDS -> "has not ticked for " + number(part) + " s";
        };
    }

    private static String spread(Part part, boolean isQuote) {
        return part.seen().value() < 0
                ? (isQuote ? "" : "on a quote ") + "crossed by " + number(part) + " bps"
                : (isQuote ? "with" : "on") + " a spread of " + number(part) + " bps";
    }

    private static String bought(Part part) {
        boolean isLittle = part.is() == Comparison.BELOW || part.is() == Comparison.AT_MOST;
        String number = number(part);
        String share =
                part.seen().value() == 0 ? "none" : (isLittle && !number.equals("100") ? "only " : "") + number + " %";
        return share + " of its volume in " + Durations.format(part.condition().over());
    }

    private static String times(double count) {
        return count == 1 ? "once" : plain(count) + " times";
    }

    /**
     * How far the price has moved.
     *
     * @param since from when, to follow a move
     * @param before what the price is compared with
     */
    private static String moved(Part part, String since, String before) {
        double percent = part.seen().value();
        return percent == 0 ? unchanged(before) : (percent > 0 ? "rose " : "fell ") + number(part) + " %" + since;
    }

    private static String unchanged(String before) {
        return "is unchanged from " + before;
    }

    /** How far a price is from another one: {@code 5.6 % below}, or {@code at} when it is the same. */
    private static String away(Part part, String side) {
        return part.seen().value() == 0 ? "at" : number(part) + side;
    }

    /** What happened, to follow what is told of another condition. */
    static String further(Part part, boolean isQuote) {
        return switch (part.condition().metric()) {
            case SPREAD_BPS -> spread(part, isQuote);
            case VOLUME_RATIO -> "on " + number(part) + " times its usual volume";
            case COUNT_RATIO -> "with " + number(part) + " times as many ticks as usual";
            case BUY_PCT -> "with buyers taking " + bought(part);
            case QUOTE_RATIO -> "with " + number(part) + " times as many quotes as usual";
            default -> told(part, isQuote); // in the same words
        };
    }

    /** The prices at which a condition was met, to follow what happened. */
    static String where(Part part, long time, boolean isQuote) {
        Seen seen = part.seen();
        if (isQuote) {
            return ", " + sides(seen.from(), seen.to());
        }
        return switch (part.condition().metric()) {
            case PRICE, SIZE, NOTIONAL -> "";
            case TICK_CHANGE_PCT, CHANGE, CHANGE_PCT, FROM_HIGH_PCT, FROM_LOW_PCT, DAY_CHANGE_PCT ->
                seen.value() == 0 ? at(seen) : ", " + from(seen) + " → " + price(seen);
            case VWAP_DEVIATION_PCT ->
                seen.value() == 0 ? at(seen) : ", " + asFineAs(to(seen), from(seen)) + " → " + price(seen);
            case SILENCE_SECONDS -> ", last at " + from(seen) + " at " + lastTick(time, seen);
            case QUOTE_COUNT, QUOTE_RATIO -> ", when it traded at " + price(seen);
            case GAP_SECONDS,
                    RANGE_PCT,
                    COUNT,
                    VOLUME,
                    TURNOVER,
                    RETURN_Z_SCORE,
                    SIZE_RATIO,
                    VOLUME_RATIO,
                    COUNT_RATIO -> at(seen);
            case SPREAD_BPS, OFF_QUOTE_BPS, QUOTE_AGE_SECONDS, BUY_PCT -> at(seen);
        };
    }

    private static String at(Seen seen) {
        return ", at " + price(seen);
    }

    private static String price(Seen seen) {
        return to(seen).toString();
    }

    /** The price of a tick. */
    private static Decimal to(Seen seen) {
        return Objects.requireNonNull(seen.to(), "to");
    }

    /** The price that a change is counted from. */
    private static Decimal from(Seen seen) {
        return Objects.requireNonNull(seen.from(), "from");
    }

    private static Instant lastTick(long time, Seen seen) {
        return Instant.ofEpochMilli(time - Math.round(seen.value() * 1000));
    }

    /** What was bid and asked; a quote has one of them at least. */
    static String sides(@Nullable Decimal bid, @Nullable Decimal ask) {
        if (bid == null || ask == null) {
            return ask == null ? "bid " + bid + " and no ask" : "ask " + ask + " and no bid";
        }
        return "bid " + bid + (bid.compareTo(ask) > 0 ? " above ask " : ", ask ") + ask;
    }

    /** The limit, with the unit in which the metric is told. */
    static String limit(Part part) {
        String metric = part.condition().metric().word();
        String unit = metric.endsWith("Pct") ? " %" : metric.endsWith("Bps") ? " bps" : "";
        return " (limit " + part.condition().limit() + unit + ")";
    }

    /** A value with all its digits, unless it is too near the limit for a double. */
    private static String amount(Part part) {
        double value = part.seen().value();
        return value == part.condition().limit().nearest() ? (value < 0 ? "-" : "") + number(part) : plain(value);
    }

    private static String number(Part part) {
        return FlagNumbers.number(
                part.seen().value(), part.is(), part.condition().limit());
    }
}
