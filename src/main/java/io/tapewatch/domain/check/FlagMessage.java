package io.tapewatch.domain.check;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.FlaggedTick;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a flag says, as a sentence an analyst can read. The same in every locale. Of a quote it says what was bid and asked,
 * and never that it traded.
 *
 * <p>A sentence must be true. So numbers have two significant digits, and more only where two do not tell the value from the
 * limit; and what is said of several ticks has the time of each.
 */
final class FlagMessage {

    private static final int DIGITS = 2;
    private static final int MOST_DIGITS = 17;
    private static final long DAY = 24L * 60 * 60 * 1000;

    private FlagMessage() {}

    /**
     * A condition that was met.
     *
     * @param condition the condition as it is written
     * @param is how it compared
     * @param seen what met it
     */
    record Part(Condition condition, Comparison is, Seen seen) {}

    /**
     * A condition that a suppressed check met beyond all before it.
     *
     * @param part the condition and what met it
     * @param time the event time of the check
     * @param check which of the suppressed checks it was
     * @param isNew whether the condition had not been met at the flag
     */
    record Later(Part part, long time, long check, boolean isNew) {}

    /** @param parts the conditions that were met, the first of which is told in full */
    static String of(String symbol, FlaggedTick tick, List<Part> parts) {
        boolean isQuote = Double.isNaN(tick.price()); // a trade has a price
        if (parts.isEmpty()) {
            return symbol
                    + (isQuote ? " was quoted, " + sides(tick.bid(), tick.ask()) : " traded at " + plain(tick.price()))
                    + ", where no condition has a value";
        }
        Part first = parts.get(0);
        StringBuilder message = new StringBuilder(symbol)
                .append(' ')
                .append(told(first, isQuote))
                .append(limit(first))
                .append(where(first, tick.time(), isQuote));
        for (Part part : parts.subList(1, parts.size())) {
            message.append(", ").append(further(part, isQuote));
        }
        return message.toString();
    }

    /**
     * The message of a flag that is published again: what it said at first, how often it was met again, and what was more
     * extreme then, with the time of each.
     *
     * @param first what it said at first
     * @param tick what it said it of
     * @param later what was more extreme than at first, by condition
     * @param canBeMoreExtreme whether there is a value that another one can be beyond
     */
    static String again(String first, FlaggedTick tick, Repeats repeats, List<Later> later, boolean canBeMoreExtreme) {
        boolean isQuote = Double.isNaN(tick.price());
        boolean isOnce = repeats.number() == 1;
        StringBuilder message = new StringBuilder(first)
                .append("; again ")
                .append(isOnce ? "once, at " : plain(repeats.number()) + " times until ")
                .append(clock(repeats.lastTime(), tick.time()));
        if (later.isEmpty() && canBeMoreExtreme) {
            message.append(isOnce ? ", not more extreme" : ", none more extreme");
        }
        String next = isOnce ? ": " : ", most extreme at ";
        // By their checks, not by their times: two ticks of the same time can say opposite things.
        Map<Long, List<Later>> byCheck = new LinkedHashMap<>();
        later.forEach(each ->
                byCheck.computeIfAbsent(each.check(), any -> new ArrayList<>()).add(each));
        for (List<Later> ofCheck : byCheck.values()) {
            message.append(next);
            if (!isOnce) {
                message.append(clock(ofCheck.get(0).time(), tick.time())).append(": ");
            }
            message.append(told(ofCheck, isQuote));
            next = "; at ";
        }
        return message.toString();
    }

    /** What one check saw. */
    private static String told(List<Later> seen, boolean isQuote) {
        StringBuilder told = new StringBuilder();
        for (Later each : seen) {
            Part part = each.part();
            String limit = each.isNew() ? limit(part) : "";
            told.append(
                    told.isEmpty()
                            ? told(part, isQuote) + limit + where(part, each.time(), isQuote)
                            : ", " + further(part, isQuote) + limit);
        }
        return told.toString();
    }

    /** A time without its day if that is the flag's (UTC). */
    private static String clock(long time, long flagged) {
        String text = Instant.ofEpochMilli(time).toString();
        boolean isSameDay = Math.floorDiv(time, DAY) == Math.floorDiv(flagged, DAY);
        return isSameDay ? text.substring(text.indexOf('T') + 1) : text;
    }

    private static String limit(Part part) {
        String metric = part.condition().metric().word();
        String unit = metric.endsWith("Pct") ? " %" : metric.endsWith("Bps") ? " bps" : "";
        return " (limit " + plain(part.condition().limit()) + unit + ")";
    }

    /** What was bid and asked; a quote has one of them at least. */
    private static String sides(double bid, double ask) {
        if (Double.isNaN(ask)) {
            return "bid " + plain(bid) + " and no ask";
        }
        if (Double.isNaN(bid)) {
            return "ask " + plain(ask) + " and no bid";
        }
        return "bid " + plain(bid) + (bid > ask ? " above ask " : ", ask ") + plain(ask);
    }

    /** The prices at which a condition was met, to follow what happened. */
    private static String where(Part part, long time, boolean isQuote) {
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
            default -> at(seen);
        };
    }

    private static String at(Seen seen) {
        return ", at " + plain(seen.to());
    }

    private static Instant lastTick(long time, Seen seen) {
        return Instant.ofEpochMilli(time - Math.round(seen.value() * 1000));
    }

    private static String further(Part part, boolean isQuote) {
        return switch (part.condition().metric()) {
            case SPREAD_BPS -> spread(part, isQuote);
            case VOLUME_RATIO -> "on " + number(part) + " times its usual volume";
            case COUNT_RATIO -> "with " + number(part) + " times as many ticks as usual";
            case BUY_PCT -> "with buyers taking " + bought(part);
            case QUOTE_RATIO -> "with " + number(part) + " times as many quotes as usual";
            default -> told(part, isQuote);
        };
    }

    /** What happened, to follow the symbol's name. */
    private static String told(Part part, boolean isQuote) {
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

    /** The magnitude of the value, in as few digits as say which side of the limit it is on. */
    private static String number(Part part) {
        double value = part.seen().value();
        double limit = part.condition().limit();
        if (value == limit) {
            return plain(Math.abs(value));
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal bound = new BigDecimal(plain(limit)); // as it is told
        int side = Double.compare(value, limit);
        for (int digits = DIGITS; digits < MOST_DIGITS; digits++) {
            BigDecimal rounded = rounded(exact, digits);
            if (rounded.signum() == exact.signum() && rounded.compareTo(bound) == side) {
                return strip(rounded.abs());
            }
        }
        return plain(Math.abs(value));
    }

    /** With one decimal if that is that many digits or more, else with as many decimals as it takes. */
    private static BigDecimal rounded(BigDecimal value, int digits) {
        int before = value.precision() - value.scale(); // digits before the point; below 1 there are zeros after it
        return value.setScale(Math.max(digits - 1, digits - before), RoundingMode.HALF_UP);
    }

    /** An average of prices, in two decimals more than a price has, and more where the price could not be told from it else. */
    private static String asFineAs(double price, double average) {
        BigDecimal exact = new BigDecimal(average);
        BigDecimal other = new BigDecimal(plain(price));
        BigDecimal rounded;
        int decimals = Math.max(0, other.scale()) + 2;
        do {
            rounded = exact.setScale(decimals++, RoundingMode.HALF_UP);
        } while (rounded.compareTo(other) == 0 && average != price);
        return strip(rounded);
    }

    /** The shortest decimal that reads back, without an exponent. */
    static String plain(double value) {
        BigDecimal decimal = new BigDecimal(Double.toString(value));
        // Before Java 19 Double.toString may give a digit too many.
        while (decimal.precision() > 1) {
            BigDecimal shorter = decimal.round(new MathContext(decimal.precision() - 1));
            if (shorter.doubleValue() != value) {
                break;
            }
            decimal = shorter;
        }
        return strip(decimal);
    }

    private static String strip(BigDecimal decimal) {
        return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
}
