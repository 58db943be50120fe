package io.tapewatch.domain.exact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * A decimal number of many digits that is added to in place: an exact sum of decimals, or of products of two. Nothing is
 * ever rounded, so the order of additions cannot show.
 *
 * <p>It is a whole number of units, and a scale that only grows: when a finer number comes, the units are multiplied. The
 * scale is how the number is kept, and not a part of it. After a subtraction it may be larger than it need be. So numbers
 * are compared by their values.
 *
 * <p>What is added is in the form of {@link Decimals}. Its units are at most 10¹⁸, its scale at most 18, so at a larger
 * scale it has at most 10³⁶ units, and a product of two 10⁷². 2⁶³ times as much is below 2¹⁸³, and 2³⁰³: three words hold
 * a sum, and five a sum of products.
 *
 * <p>Adding allocates nothing, but for two cases: a product of more than 36 digits at the scale of the sum, and what has a
 * scale that is smaller by more than 18.
 */
public final class WideDecimal implements Comparable<WideDecimal> {

    private static final int WORDS_OF_SUM = 3;
    private static final int WORDS_OF_PRODUCTS = 5;

    /** No sum has more digits behind the point. */
    private static final int LARGEST_SCALE = 2 * Decimals.MAX_SCALE;

    /** Units below this can be multiplied by ten. */
    private static final long FULL = PowersOfTen.of(17);

    private final long[] words;
    private int length = 1;
    private int scale;

    /** Zero, with room for so many words. */
    WideDecimal(int words) {
        this.words = new long[words];
    }

    /** An empty sum of numbers, with room for 2⁶³ of them. */
    public static WideDecimal sum() {
        return new WideDecimal(WORDS_OF_SUM);
    }

    /** An empty sum of products of two numbers, with room for 2⁶³ of them. */
    public static WideDecimal sumOfProducts() {
        return new WideDecimal(WORDS_OF_PRODUCTS);
    }

    /** Makes it zero. */
    public void clear() {
        words[0] = 0;
        length = 1;
        scale = 0;
    }

    /** Makes it a number. */
    public void set(long units, int newScale) {
        words[0] = units;
        length = 1;
        scale = newScale;
    }

    /** Makes it the same as another one. */
    public void set(WideDecimal other) {
        System.arraycopy(other.words, 0, words, 0, other.length);
        length = other.length;
        scale = other.scale;
    }

    /** Adds a number. */
    public void add(long units, int scaleOfUnits) {
        long low = units;
        long high = units >> 63;
        if (scaleOfUnits != scale) {
            raise(scaleOfUnits);
            if (scale - scaleOfUnits > PowersOfTen.MOST) {
                WideDecimal number = new WideDecimal(words.length);
                number.set(units, scaleOfUnits);
                addTimes(number, false);
                return;
            }
            long power = PowersOfTen.of(scale - scaleOfUnits);
            low = units * power;
            high = Math.multiplyHigh(units, power);
        }
        add(high, low);
    }

    /** Takes a number away. */
    public void subtract(long units, int scaleOfUnits) {
        add(-units, scaleOfUnits);
    }

    /** Adds the product of two numbers. */
    public void addProduct(long units, int scaleOfUnits, long otherUnits, int otherScale) {
        int finer = scaleOfUnits + otherScale;
        if (finer == scale) {
            add(Math.multiplyHigh(units, otherUnits), units * otherUnits);
            return;
        }
        raise(finer);
        long a = units;
        long b = otherUnits;
        int digits = scale - finer;
        for (; digits > 0 && Math.abs(a) < FULL; digits--) {
            a *= 10;
        }
        for (; digits > 0 && Math.abs(b) < FULL; digits--) {
            b *= 10;
        }
        if (digits == 0) {
            add(Math.multiplyHigh(a, b), a * b);
        } else {
            WideDecimal product = new WideDecimal(words.length);
            product.set(a, scale - digits);
            product.multiply(b, 0);
            addTimes(product, false);
        }
    }

    private void add(long high, long low) {
        if (length == 1 && high == low >> 63) {
            long before = words[0];
            long sum = before + low;
            if (((before ^ sum) & (low ^ sum)) >= 0) {
                words[0] = sum;
                return;
            }
        }
        length = WideInts.add(words, length, high, low);
    }

    /** Adds another one, which may be this one. */
    public void add(WideDecimal other) {
        if (other.length == 1 && other.scale == scale) {
            add(other.words[0] >> 63, other.words[0]);
        } else {
            addTimes(other, false);
        }
    }

    /** Takes another one away, which may be this one. */
    public void subtract(WideDecimal other) {
        if (other.length == 1 && other.scale == scale && other.words[0] != Long.MIN_VALUE) {
            add(-other.words[0] >> 63, -other.words[0]);
        } else {
            addTimes(other, true);
        }
    }

    private void addTimes(WideDecimal other, boolean isTakenAway) {
        raise(other.scale);
        WideDecimal added = other;
        int digits = scale - other.scale;
        if (digits > PowersOfTen.MOST) {
            added = new WideDecimal(words.length);
            added.set(other);
            added.raise(scale - PowersOfTen.MOST);
            digits = PowersOfTen.MOST;
        }
        length = WideInts.addTimes(words, length, added.words, added.length, PowersOfTen.of(digits), isTakenAway);
    }

    /** Multiplies it with a number. */
    void multiply(long units, int scaleOfUnits) {
        length = WideInts.multiply(words, length, Math.abs(units));
        if (units < 0) {
            length = WideInts.negate(words, length);
        }
        scale += scaleOfUnits;
    }

    /** Keeps it at a scale, if that is larger than its own. */
    void raise(int atLeast) {
        while (scale < atLeast) {
            int digits = Math.min(atLeast - scale, PowersOfTen.MOST);
            length = WideInts.multiply(words, length, PowersOfTen.of(digits));
            scale += digits;
        }
    }

    /** How many digits behind the point its units have. */
    int scale() {
        return scale;
    }

    /** Its units: {@link WideInts} of this array and {@link #length}. */
    long[] words() {
        return words;
    }

    int length() {
        return length;
    }

    /** Whether it is above zero (1), zero or below (−1). */
    public int sign() {
        return WideInts.sign(words, length);
    }

    /** Whether it is zero. */
    public boolean isZero() {
        return length == 1 && words[0] == 0;
    }

    /** A double near its value: off by a share of less than 2⁻⁵⁰. */
    public double estimate() {
        double units = WideInts.estimate(words, length);
        int digits = scale;
        for (; digits > PowersOfTen.MOST; digits -= PowersOfTen.MOST) {
            units /= PowersOfTen.of(PowersOfTen.MOST);
        }
        return units / PowersOfTen.of(digits);
    }

    /** The double nearest its value; of two equally near, the even one. */
    public double nearest() {
        WideDecimal one = new WideDecimal(WORDS_OF_PRODUCTS);
        one.set(1, 0);
        one.raise(scale);
        return NearestDouble.quotient(words, length, one.words, one.length);
    }

    /** Its value, without zeros that end the digits behind the point. */
    public BigDecimal toBigDecimal() {
        BigDecimal exact = length == 1
                ? BigDecimal.valueOf(words[0], scale)
                : new BigDecimal(WideInts.toBigInteger(words, length), scale);
        BigDecimal stripped = exact.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /**
     * Writes it: how many bytes its units have, its scale, and those bytes, the lowest first. Zero is one byte.
     */
    public void writeTo(DataOutput out) throws IOException {
        if (isZero()) {
            out.writeByte(0);
            return;
        }
        int bytes = WideInts.bytes(words, length);
        out.writeByte(bytes);
        out.writeByte(scale);
        for (int i = 0; i < bytes; i++) {
            out.writeByte(WideInts.byteAt(words, i));
        }
    }

    /** Makes it what {@link #writeTo} wrote. */
    public void readFrom(DataInput in) throws IOException {
        clear();
        int bytes = in.readUnsignedByte();
        if (bytes == 0) {
            return;
        }
        int writtenScale = in.readUnsignedByte();
        if (bytes > Long.BYTES * words.length || writtenScale > LARGEST_SCALE) {
            throw new IOException("Not a sum: " + bytes + " bytes at scale " + writtenScale + ", expected at most "
                    + Long.BYTES * words.length + " and " + LARGEST_SCALE);
        }
        length = WideInts.readFrom(in, bytes, words);
        scale = writtenScale;
    }

    @Override
    public int compareTo(WideDecimal other) {
        int most = Math.max(words.length, other.words.length);
        WideDecimal difference = new WideDecimal(2 * most);
        difference.set(this);
        difference.subtract(other);
        return difference.sign();
    }

    /** Whether the other has the same value. */
    @Override
    public boolean equals(Object other) {
        return other instanceof WideDecimal number && compareTo(number) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(nearest());
    }

    /** Its value in plain digits, without an exponent. */
    @Override
    public String toString() {
        return WideText.of(words, length, scale);
    }
}
