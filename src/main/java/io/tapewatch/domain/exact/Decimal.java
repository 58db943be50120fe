package io.tapewatch.domain.exact;

import io.tapewatch.domain.exact.DecimalReader.Outcome;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A decimal number: units · 10<sup>−scale</sup>, in the form of {@link Decimals}, so that equal numbers are equal records.
 *
 * @param units a whole number within ±10¹⁸
 * @param scale how many digits stand behind the point, 0 to 18; the last of them is not zero
 */
public record Decimal(long units, int scale) implements Comparable<Decimal> {

    public static final Decimal ZERO = new Decimal(0, 0);
    public static final Decimal ONE = new Decimal(1, 0);

    /** Where a number that is written has its scale, and there is none. */
    private static final int NONE = -1;

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

    /** Writes it as {@link #readFrom} reads it: a byte for the scale, then the units. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(scale);
        out.writeLong(units);
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IOException if it is not a number in its form
     */
    public static Decimal readFrom(DataInput in) throws IOException {
        return read(in, in.readByte());
    }

    /** Writes a number, or that there is none. */
    public static void writeNullable(DataOutput out, @Nullable Decimal decimal) throws IOException {
        if (decimal == null) {
            out.writeByte(NONE);
        } else {
            decimal.writeTo(out);
        }
    }

    /** Reads what {@link #writeNullable} wrote. */
    public static @Nullable Decimal readNullable(DataInput in) throws IOException {
        byte scale = in.readByte();
        return scale == NONE ? null : read(in, scale);
    }

    private static Decimal read(DataInput in, byte scale) throws IOException {
        long units = in.readLong();
        if (!Decimals.isInForm(units, scale)) {
            throw new IOException("Not a decimal number in its form: " + units + " at scale " + scale);
        }
        return new Decimal(units, scale);
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
