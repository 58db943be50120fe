package io.tapewatch.domain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** What a flag says, as a sentence an analyst can read. The same in every locale. */
final class FlagMessage {

    private static final double LEAST_PERCENT = 0.005; // rounds to 0.01

    private FlagMessage() {}

    /**
     * @param value the metric's value, which met the condition
     * @param base the price that a change is counted from; not used for other metrics
     */
    static String of(Tick tick, Condition condition, double value, double base) {
        String limit = condition.is().sign() + " " + plain(condition.limit());
        return tick.symbol()
                + switch (condition.metric()) {
                    case PRICE -> " traded at " + plain(tick.price()) + " (limit " + limit + ")";
                    case SIZE ->
                        " traded a size of " + plain(value) + " at " + plain(tick.price()) + " (limit " + limit + ")";
                    case TICK_CHANGE_PCT -> moved(value, "since the tick before", limit, base, tick.price());
                    case CHANGE_PCT ->
                        moved(value, "in " + Durations.format(condition.over()), limit, base, tick.price());
                    default -> throw new AssertionError(condition);
                };
    }

    private static String moved(double percent, String since, String limit, double from, double to) {
        String move =
                percent == 0 ? " was unchanged " : (percent > 0 ? " rose " : " fell ") + magnitude(percent) + " % ";
        return move + since + " (limit " + limit + " %), " + plain(from) + " → " + plain(to);
    }

    private static String magnitude(double percent) {
        double magnitude = Math.abs(percent);
        return magnitude < LEAST_PERCENT
                ? "under 0.01"
                : strip(new BigDecimal(magnitude).setScale(2, RoundingMode.HALF_UP));
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
