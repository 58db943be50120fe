package io.tapewatch.domain.exact;

import io.tapewatch.domain.exact.DecimalReader.Outcome;
import java.math.BigDecimal;

/**
 * A decimal number: units · 10<sup>−scale</sup>, in the form of {@link Decimals}, so that equal numbers are equal records.
 *
 * @param units a whole number within ±10¹⁸
 * @param scale how many digits stand behind the point, 0 to 18; the last of them is not zero
 */
public record Decimal(long units, int scale) implements Comparable<Decimal> {

    public static final Decimal ZERO = new Decimal(0, 0);
    public static final Decimal ONE = new Decimal(1, 0);

    /** @throws IllegalArgumentException if the pair is not in its form */
    public Decimal {
        if (!Decimals.isInForm(units, scale)) {
            throw new IllegalArgumentException("Not a decimal number in its form: " + units + " at scale " + scale
                    + "; expected a scale of 0 to 18, units within ±10^18, and no zero at the end behind the point");
        }
    }

    /**
     * The number that a text says, rounded half to even where it has too many digits.
     *
     * @throws IllegalArgumentException if it is not a number, or one that is too large or too small
     */
    public static Decimal of(CharSequence text) {
        DecimalReader reader = new DecimalReader();
        Outcome outcome = reader.read(text);
        if (outcome != Outcome.READ) {
            throw new IllegalArgumentException("\"" + text + "\" " + outcome.words());
        }
        return new Decimal(reader.units(), reader.scale());
    }

    /** Whether it is above zero (1), zero or below (−1). */
    public int sign() {
        return Long.signum(units);
    }

    /** The double nearest the number; of two equally near, the even one. */
    public double nearest() {
        return Decimals.nearest(units, scale);
    }

    /** The same number for the JDK. */
    public BigDecimal toBigDecimal() {
        return BigDecimal.valueOf(units, scale);
    }

    @Override
    public int compareTo(Decimal other) {
        return Decimals.compare(units, scale, other.units, other.scale);
    }

    /** The number in plain digits, without an exponent: {@code 0.3}, {@code 1155}. */
    @Override
    public String toString() {
        return Decimals.toString(units, scale);
    }
}
