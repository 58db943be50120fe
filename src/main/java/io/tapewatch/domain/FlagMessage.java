package io.tapewatch.domain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;

/**
 * What a flag says, as a sentence an analyst can read. The same in every locale. Of a quote it says what was bid and asked,
 * and never that it traded.
 *
 * <p>Numbers have two digits that say something, and more only where the limit could not be told from the value else: a
 * sentence must not deny its own flag.
 */
final class FlagMessage {

    private static final int DIGITS = 2;
    private static final int MOST_DIGITS = 17;

    private FlagMessage() {}

    /**
     * A condition that was met.
     *
     * @param condition the condition as it is written
     * @param is how it compared
     * @param seen what met it
     */
    record Part(Condition condition, Comparison is, Seen seen) {}

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
                .append(
                        isQuote
                                ? told(first, true) + limit(first) + ", "
                                        + sides(
                                                first.seen().from(),
                                                first.seen().to())
                                : first(first, tick));
        for (Part part : parts.subList(1, parts.size())) {
            message.append(", ").append(further(part, isQuote));
        }
        return message.toString();
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

    /** A condition that a trade, or the lack of one, met. */
    private static String first(Part part, FlaggedTick tick) {
        Seen seen = part.seen();
        String told = told(part, false) + limit(part);
        return switch (part.condition().metric()) {
            case PRICE, SIZE, NOTIONAL -> told;
            case TICK_CHANGE_PCT, CHANGE_PCT, FROM_HIGH_PCT, FROM_LOW_PCT, DAY_CHANGE_PCT ->
                told + ", " + plain(seen.from()) + " → " + plain(seen.to());
            case VWAP_DEVIATION_PCT -> told + ", " + asFineAs(seen.to(), seen.from()) + " → " + plain(seen.to());
            case SILENCE_SECONDS -> told + ", last at " + plain(seen.from()) + " at " + lastTick(tick.time(), seen);
            case QUOTE_COUNT, QUOTE_RATIO -> told + ", when it traded at " + plain(seen.to());
            default -> told + ", at " + plain(seen.to());
        };
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
            case TICK_CHANGE_PCT -> moved(part) + " since the tick before";
            case GAP_SECONDS -> "ticked after " + number(part) + " s without a tick";
            case CHANGE_PCT -> moved(part) + in;
            case RANGE_PCT -> "ranged over " + number(part) + " %" + in;
            case FROM_HIGH_PCT -> "is " + number(part) + " % below its high" + of;
            case FROM_LOW_PCT -> "is " + number(part) + " % above its low" + of;
            case COUNT -> "ticked " + times(seen.value()) + in;
            case VOLUME -> "traded a volume of " + plain(seen.value()) + in;
            case TURNOVER -> "turned over " + plain(seen.value()) + in;
            case VWAP_DEVIATION_PCT ->
                "traded " + number(part) + (seen.value() < 0 ? " % below" : " % above") + " its VWAP" + of;
            case RETURN_Z_SCORE ->
                (seen.value() < 0 ? "fell by " : "rose by ") + number(part) + " standard deviations of its returns"
                        + in;
            case SIZE_RATIO -> "traded " + number(part) + " times its mean size" + of;
            case VOLUME_RATIO -> "traded " + number(part) + " times its usual volume" + in;
            case COUNT_RATIO -> "ticked " + number(part) + " times as often as usual" + in;
            case DAY_CHANGE_PCT -> moved(part) + " since the previous close";
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
        String share = part.seen().value() == 0 ? "none" : (isLittle ? "only " : "") + number(part) + " %";
        return share + " of its volume in " + Durations.format(part.condition().over());
    }

    private static String times(double count) {
        return count == 1 ? "once" : plain(count) + " times";
    }

    private static String moved(Part part) {
        double percent = part.seen().value();
        return percent == 0 ? "was unchanged" : (percent > 0 ? "rose " : "fell ") + number(part) + " %";
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

    /** An average of prices, in two decimals more than a price has. */
    private static String asFineAs(double price, double average) {
        int decimals = Math.max(0, new BigDecimal(plain(price)).scale()) + 2;
        return strip(new BigDecimal(average).setScale(decimals, RoundingMode.HALF_UP));
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
