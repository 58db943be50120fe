package io.tapewatch.domain.check;

import static io.tapewatch.domain.check.FlagNumbers.asFineAs;
import static io.tapewatch.domain.check.FlagNumbers.plain;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.check.FlagMessage.Part;
import io.tapewatch.domain.rule.Comparison;
import java.time.Instant;

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
            case PRICE -> "traded at " + plain(seen.value());
            case SIZE -> "traded a size of " + plain(seen.value()) + " at " + plain(seen.to());
            case NOTIONAL -> "traded a notional of " + plain(seen.value()) + " at " + plain(seen.to());
            case TICK_CHANGE_PCT -> moved(part, " since the tick before", "the tick before");
            case GAP_SECONDS ->
                seen.value() == 0
                        ? "ticked in the same millisecond as the tick before"
                        : "ticked after " + number(part) + " s without a tick";
            case CHANGE_PCT -> moved(part, in, Durations.format(part.condition().over()) + " before");
            case RANGE_PCT -> (seen.value() == 0 ? "kept one price" : "ranged over " + number(part) + " %") + in;
            case FROM_HIGH_PCT -> "is " + distance(part, " % below") + " its high" + of;
            case FROM_LOW_PCT -> "is " + distance(part, " % above") + " its low" + of;
            case COUNT -> "ticked " + times(seen.value()) + in;
            case VOLUME -> "traded a volume of " + plain(seen.value()) + in;
            case TURNOVER -> "turned over " + plain(seen.value()) + in;
            case VWAP_DEVIATION_PCT ->
                "traded " + distance(part, seen.value() < 0 ? " % below" : " % above") + " its VWAP" + of;
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
        return percent == 0
                ? "is unchanged from " + before
                : (percent > 0 ? "rose " : "fell ") + number(part) + " %" + since;
    }

    /** How far a price is from another one: {@code 5.6 % below}, or {@code at} when it is the same. */
    private static String distance(Part part, String side) {
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
            case TICK_CHANGE_PCT, CHANGE_PCT, FROM_HIGH_PCT, FROM_LOW_PCT, DAY_CHANGE_PCT ->
                seen.value() == 0 ? at(seen) : ", " + plain(seen.from()) + " → " + plain(seen.to());
            case VWAP_DEVIATION_PCT ->
                seen.value() == 0 ? at(seen) : ", " + asFineAs(seen.to(), seen.from()) + " → " + plain(seen.to());
            case SILENCE_SECONDS -> ", last at " + plain(seen.from()) + " at " + lastTick(time, seen);
            case QUOTE_COUNT, QUOTE_RATIO -> ", when it traded at " + plain(seen.to());
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
        return ", at " + plain(seen.to());
    }

    private static Instant lastTick(long time, Seen seen) {
        return Instant.ofEpochMilli(time - Math.round(seen.value() * 1000));
    }

    /** What was bid and asked; a quote has one of them at least. */
    static String sides(double bid, double ask) {
        if (Double.isNaN(ask)) {
            return "bid " + plain(bid) + " and no ask";
        }
        if (Double.isNaN(bid)) {
            return "ask " + plain(ask) + " and no bid";
        }
        return "bid " + plain(bid) + (bid > ask ? " above ask " : ", ask ") + plain(ask);
    }

    /** The limit, with the unit in which the metric is told. */
    static String limit(Part part) {
        String metric = part.condition().metric().word();
        String unit = metric.endsWith("Pct") ? " %" : metric.endsWith("Bps") ? " bps" : "";
        return " (limit " + plain(part.condition().limit()) + unit + ")";
    }

    private static String number(Part part) {
        return FlagNumbers.number(part.seen().value(), part.condition().limit());
    }
}
