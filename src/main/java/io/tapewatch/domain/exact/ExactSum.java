package io.tapewatch.domain.exact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An exact sum of doubles and of products of two doubles. Nothing is ever rounded, so the order of additions cannot
 * show. It is for returns, which are doubles; prices and sizes are decimals, and have {@link WideDecimal}.
 *
 * <p>The sum is one wide fixed-point number: 384 bits of two's complement in units of 2⁻¹⁹². What may be added is 0, or
 * a number whose last bit (of 53; of a product, of 106) stands for 2⁻¹⁹² or more and whose magnitude is below 2¹²⁸ (of a
 * product, 2¹²⁷). Even 2⁶³ of the largest numbers accepted stay within ±2¹⁹¹, which is what 384 bits hold.
 *
 * <p>Adding is on the path of every tick: it allocates nothing, and touches two or three limbs and then only as many
 * more as a carry or a borrow runs through.
 */
public final class ExactSum {

    /** The value is a whole number of units of 2 to the power of minus this. */
    static final int FRACTION_BITS = 192;

    /** That unit. Scaling a double by it changes no bit, as every figure is far from both ends of their range. */
    static final double UNIT = 0x1p-192;

    private static final int LIMBS = 6;
    private static final int BYTES = LIMBS * Long.BYTES;

    private static final int SIGNIFICAND_BITS = 53;
    private static final int EXPONENT_MASK = 0x7ff;
    private static final long HIDDEN_BIT = 1L << (SIGNIFICAND_BITS - 1);

    /** A double is its significand, a whole number, times 2 to the power of its exponent field minus this. */
    private static final int EXPONENT_BIAS = Double.MAX_EXPONENT + SIGNIFICAND_BITS - 1;

    /** Whatever is added ends below this bit, so that 2⁶³ times as much does not reach the sign. */
    private static final int HIGHEST_BITS = LIMBS * Long.SIZE - Long.SIZE;

    /** Little-endian: the first limb holds the lowest 64 bits. */
    private final long[] limbs = new long[LIMBS];

    /**
     * Adds a number.
     *
     * @throws IllegalArgumentException if it is not finite or out of range
     */
    public void add(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = exponent(bits);
        int shift = exponent - EXPONENT_BIAS + FRACTION_BITS;
        if (shift < 0 || shift > HIGHEST_BITS - SIGNIFICAND_BITS) {
            if (value == 0) {
                return;
            }
            throw new IllegalArgumentException(value + " is out of the range of an exact sum");
        }
        long sign = bits >> 63;
        long significand = significand(bits);

        int limb = shift >>> 6;
        long carry = addWord(limb, (significand << shift) ^ sign, -sign);
        carry = addWord(limb + 1, Limbs.highPart(significand, shift) ^ sign, carry);
        ripple(limb + 2, sign + carry);
    }

    /**
     * Adds the product of two numbers, all 106 bits of it.
     *
     * @throws IllegalArgumentException if one is not finite or the product is out of range
     */
    public void addProduct(double a, double b) {
        long bitsA = Double.doubleToRawLongBits(a);
        long bitsB = Double.doubleToRawLongBits(b);
        int exponentA = exponent(bitsA);
        int exponentB = exponent(bitsB);
        int shift = exponentA + exponentB - 2 * EXPONENT_BIAS + FRACTION_BITS;
        long significandA = significand(bitsA);
        long significandB = significand(bitsB);
        if (exponentA == 0 || exponentB == 0 || shift < 0 || shift > HIGHEST_BITS - 2 * SIGNIFICAND_BITS) {
            if ((a == 0 || b == 0) && a * b == 0) {
                return;
            }
            // Bits that are zero need no place.
            int zerosOfA = Math.min(-shift, Long.numberOfTrailingZeros(significandA));
            int zerosOfB = Math.min(-shift - zerosOfA, Long.numberOfTrailingZeros(significandB));
            if (exponentA == 0 || exponentB == 0 || shift >= 0 || zerosOfA + zerosOfB < -shift) {
                throw new IllegalArgumentException(a + " times " + b + " is out of the range of an exact sum");
            }
            significandA >>= zerosOfA;
            significandB >>= zerosOfB;
            shift = 0;
        }
        long sign = (bitsA ^ bitsB) >> 63;
        long high = Math.multiplyHigh(significandA, significandB);
        long low = significandA * significandB;

        int limb = shift >>> 6;
        long carry = addWord(limb, (low << shift) ^ sign, -sign);
        carry = addWord(limb + 1, ((high << shift) | Limbs.highPart(low, shift)) ^ sign, carry);
        carry = addWord(limb + 2, Limbs.highPart(high, shift) ^ sign, carry);
        ripple(limb + 3, sign + carry);
    }

    /** Adds another sum, which may be this one. */
    public void add(ExactSum other) {
        long carry = 0;
        for (int i = 0; i < LIMBS; i++) {
            carry = addWord(i, other.limbs[i], carry);
        }
    }

    /** Takes another sum away, which may be this one. */
    public void subtract(ExactSum other) {
        long borrow = 0;
        for (int i = 0; i < LIMBS; i++) {
            long before = limbs[i];
            long word = other.limbs[i];
            long after = before - word - borrow;
            limbs[i] = after;
            borrow = ((~before & word) | ((~before | word) & after)) >>> 63;
        }
    }

    /** Makes the sum 0. */
    public void clear() {
        Arrays.fill(limbs, 0);
    }

    /** Whether the sum is 0, exactly. */
    public boolean isZero() {
        long any = 0;
        for (long limb : limbs) {
            any |= limb;
        }
        return any == 0;
    }

    /** The value in units of 2⁻¹⁹². */
    BigInteger units() {
        ByteBuffer bigEndian = ByteBuffer.allocate(BYTES);
        for (int i = LIMBS - 1; i >= 0; i--) {
            bigEndian.putLong(limbs[i]);
        }
        return new BigInteger(bigEndian.array());
    }

    /** The leading bits of the value in units of 2⁻¹⁹². */
    DoubleDouble leadingUnits() {
        return DoubleDouble.of(limbs);
    }

    /** The double nearest the value; of two equally near, the even one. */
    public double doubleValue() {
        return leadingUnits().nearest() * UNIT;
    }

    /**
     * The leading bits of n Σx² − (Σx)² in units of 2⁻³⁸⁴, when this sum is Σx². The difference is taken before anything
     * is cut off: of prices near each other, next to nothing remains of the two.
     *
     * @param count n, above zero
     * @param sum Σx of the same n numbers
     */
    DoubleDouble leadingSpread(long count, ExactSum sum) {
        // Σx² < 2¹⁹¹, n < 2⁶³ and |Σx| < 2¹⁹¹, so 768 bits hold both terms with a sign.
        long[] spread = new long[2 * LIMBS];
        Limbs.multiply(limbs, count, spread, FRACTION_BITS / Long.SIZE);
        Limbs.subtractSquare(spread, sum.limbs);
        return DoubleDouble.of(spread);
    }

    /**
     * Writes the bytes of the value that say something: how many, the place of the lowest, and from there upwards those
     * bytes, without the zeros below and without the repeated sign above. A sum of zero is one byte.
     */
    public void writeTo(DataOutput out) throws IOException {
        if (isZero()) {
            out.writeByte(0);
            return;
        }
        int begin = lowestSetBit() / Byte.SIZE;
        int end = bitLength() / Byte.SIZE + 1; // room for the sign bit
        out.writeByte(end - begin);
        out.writeByte(begin);
        for (int i = begin; i < end; i++) {
            out.writeByte((int) (limbs[i >>> 3] >>> (i << 3)));
        }
    }

    /** Replaces the value by one that {@link #writeTo} wrote. */
    public void readFrom(DataInput in) throws IOException {
        Arrays.fill(limbs, 0);
        int count = in.readUnsignedByte();
        if (count == 0) {
            return;
        }
        int begin = in.readUnsignedByte();
        int end = begin + count;
        if (end > BYTES) {
            throw new IOException("Not an exact sum: " + count + " bytes from " + begin + " of " + BYTES);
        }
        byte last = 0;
        for (int i = begin; i < end; i++) {
            last = in.readByte();
            limbs[i >>> 3] |= (last & 0xffL) << (i << 3);
        }
        if (last < 0 && end < BYTES) {
            int limb = end >>> 3;
            limbs[limb] |= -1L << (end << 3);
            Arrays.fill(limbs, limb + 1, LIMBS, -1L);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExactSum sum && Arrays.equals(limbs, sum.limbs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(limbs);
    }

    @Override
    public String toString() {
        return Double.toString(doubleValue());
    }

    /** Adds to one limb and returns the carry, 0 or 1. */
    private long addWord(int limb, long word, long carry) {
        long before = limbs[limb];
        long after = before + word + carry;
        limbs[limb] = after;
        return ((before & word) | ((before | word) & ~after)) >>> 63;
    }

    /** Takes a carry (1) or a borrow (−1) up from a limb as far as it runs; 0 is neither. */
    private void ripple(int limb, long step) {
        // After a carry the limb is 0 if the carry goes on; before a borrow it is 0 if the borrow goes on.
        for (int i = limb; step != 0 && i < LIMBS; i++) {
            long before = limbs[i];
            long after = before + step;
            limbs[i] = after;
            if ((step > 0 ? after : before) != 0) {
                return;
            }
        }
    }

    private int lowestSetBit() {
        int i = 0;
        while (limbs[i] == 0) {
            i++;
        }
        return i * Long.SIZE + Long.numberOfTrailingZeros(limbs[i]);
    }

    /** The number of bits of the value without its sign, as {@link BigInteger#bitLength()} counts them. */
    private int bitLength() {
        long sign = limbs[LIMBS - 1] >> 63;
        int i = LIMBS - 1;
        while (i > 0 && limbs[i] == sign) {
            i--;
        }
        return (i + 1) * Long.SIZE - Long.numberOfLeadingZeros(limbs[i] ^ sign);
    }

    private static int exponent(long bits) {
        return (int) (bits >>> (SIGNIFICAND_BITS - 1)) & EXPONENT_MASK;
    }

    private static long significand(long bits) {
        return (bits & (HIDDEN_BIT - 1)) | HIDDEN_BIT;
    }
}
