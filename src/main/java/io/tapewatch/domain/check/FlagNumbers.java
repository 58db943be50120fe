package io.tapewatch.domain.check;

import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Comparison;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers in a flag's message: plain decimals, the same in every locale, and as short as is true. */
final class FlagNumbers {

    private static final int DIGITS = 2;
    private static final int MOST_DIGITS = 17;

    private FlagNumbers() {}

    /**
     * The magnitude of a value that met a limit, in as few digits as say which side of the limit it is on.
     *
     * @param value the nearest double of a value that compares so with the limit
     */
    static String number(double value, Comparison is, Decimal limit) {
        BigDecimal bound = limit.toBigDecimal();
        if (value == limit.nearest()) {
            // The value is the limit, or nearer to it than doubles can tell.
            String magnitude = strip(bound.abs());
            return !is.isStrict()
                    ? magnitude
                    : (is == Comparison.ABOVE) == limit.sign() >= 0
                            ? "just over " + magnitude
                            : "just under " + magnitude;
        }
        BigDecimal exact = new BigDecimal(value);
        int side = exact.compareTo(bound);
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
    static String asFineAs(Decimal price, Decimal average) {
        BigDecimal exact = average.toBigDecimal();
        BigDecimal other = price.toBigDecimal();
        BigDecimal rounded;
        int decimals = Math.max(0, other.scale()) + 2;
        do {
            rounded = exact.setScale(decimals++, RoundingMode.HALF_UP);
        } while (rounded.compareTo(other) == 0 && !average.equals(price));
        return strip(rounded);
    }

    /** How far a price is from another one. */
    static String distance(Decimal from, Decimal to) {
        return strip(to.toBigDecimal().subtract(from.toBigDecimal()).abs());
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
