package io.tapewatch.domain.exact;

import java.io.DataInput;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Whole numbers of as many words as they need, in arrays that have room for more: 64 bits each, two's complement, the
 * word of the lowest bits first.
 *
 * <p>A number comes with its length, which is as short as can be: the highest word is not the mere sign of the one below.
 * What stands behind that in the array says nothing. Each method that changes a number returns its new length. A caller
 * has proved that the result fits into the array.
 */
final class WideInts {

    private WideInts() {}

    /** Adds a number of two words. */
    static int add(long[] to, int length, long high, long low) {
        int words = length;
        if (words == 1) {
            to[1] = to[0] >> 63;
            words = 2;
        }
        long sum = to[0] + low;
        long carry = carryOf(sum, low);
        to[0] = sum;

        long before = to[1];
        sum = before + high;
        long carryFrom = carryOf(sum, high);
        sum += carry;
        carryFrom += carryOf(sum, carry);
        to[1] = sum;
        if (words > 2) {
            return ripple(to, words, (high >> 63) + carryFrom);
        }
        if (((before ^ sum) & (high ^ sum)) < 0) { // both have a sign that the sum has not
            to[2] = high >> 63;
            return 3;
        }
        return sum == to[0] >> 63 ? 1 : 2;
    }

    /** Takes a carry (1) or a borrow (−1) up from the third word as far as it runs; 0 is neither. */
    private static int ripple(long[] to, int length, long step) {
        int top = length - 1;
        for (int i = 2; i < top; i++) {
            long before = to[i];
            long after = before + step;
            to[i] = after;
            // After a carry the word is 0 if the carry goes on; before a borrow it is 0 if the borrow goes on.
            if (step == 0 || (step > 0 ? after : before) != 0) {
                return trimmed(to, length);
            }
        }
        long before = to[top];
        long after = before + step;
        to[top] = after;
        if (((before ^ after) & (step ^ after)) < 0) {
            to[length] = step >> 63;
            return length + 1;
        }
        return trimmed(to, length);
    }

    /**
     * Adds another number times a factor, or takes it away.
     *
     * @param other may be the same array
     * @param factor not below zero
     */
    static int addTimes(long[] to, int length, long[] other, int otherLength, long factor, boolean isTakenAway) {
        int words = Math.min(to.length, Math.max(length, otherLength + 1) + 1);
        long sign = to[length - 1] >> 63;
        long flip = isTakenAway ? -1 : 0; // −x is ~x + 1
        long carry = isTakenAway ? 1 : 0;
        long above = 0;
        for (int i = 0; i < words; i++) {
            long word = above;
            if (i < otherLength) {
                long low = other[i] * factor;
                word += low;
                above = carryOf(word, low) + timesHigh(other[i], factor, i == otherLength - 1);
            } else {
                above >>= 63;
            }
            long before = i < length ? to[i] : sign;
            long added = word ^ flip;
            long sum = before + added;
            long carryFrom = carryOf(sum, added);
            sum += carry;
            carry = carryFrom + carryOf(sum, carry);
            to[i] = sum;
        }
        return trimmed(to, words);
    }

    /** Multiplies a number with a factor that is not below zero. */
    static int multiply(long[] number, int length, long factor) {
        long above = 0;
        for (int i = 0; i < length; i++) {
            long low = number[i] * factor;
            long word = low + above;
            above = carryOf(word, low) + timesHigh(number[i], factor, i == length - 1);
            number[i] = word;
        }
        if (above == number[length - 1] >> 63) {
            return trimmed(number, length); // a factor of 0
        }
        number[length] = above;
        return length + 1;
    }

    /** The upper word of a product with a factor that is not below zero; the highest word alone has a sign. */
    private static long timesHigh(long word, long factor, boolean isSigned) {
        long high = Math.multiplyHigh(word, factor);
        return isSigned ? high : high + (word >> 63 & factor);
    }

    static int negate(long[] number, int length) {
        long before = number[length - 1];
        long carry = 1;
        for (int i = 0; i < length; i++) {
            long word = ~number[i] + carry;
            carry &= word == 0 ? 1 : 0;
            number[i] = word;
        }
        if ((before & number[length - 1]) < 0) { // the lowest number of its length has no counterpart of that length
            number[length] = 0;
            return length + 1;
        }
        return trimmed(number, length);
    }

    static int compare(long[] number, int length, long[] other, int otherLength) {
        if (length != otherLength) {
            return length > otherLength ? sign(number, length) : -sign(other, otherLength);
        }
        int top = length - 1;
        if (number[top] != other[top]) {
            return Long.compare(number[top], other[top]);
        }
        for (int i = top - 1; i >= 0; i--) {
            if (number[i] != other[i]) {
                return Long.compareUnsigned(number[i], other[i]);
            }
        }
        return 0;
    }

    static int sign(long[] number, int length) {
        return length == 1 ? Long.signum(number[0]) : number[length - 1] < 0 ? -1 : 1;
    }

    /** A double near the number: off by a share of less than 2⁻⁵¹. */
    static double estimate(long[] number, int length) {
        if (length == 1) {
            return (double) number[0];
        }
        long next = number[length - 2];
        double unsigned = (double) (next >>> 1) * 2 + (next & 1);
        return Math.scalb((double) number[length - 1] * 0x1p64 + unsigned, Long.SIZE * (length - 2));
    }

    static BigInteger toBigInteger(long[] number, int length) {
        byte[] bigEndian = new byte[Long.BYTES * length];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[bigEndian.length - 1 - i] = byteAt(number, i);
        }
        return new BigInteger(bigEndian);
    }

    /** A byte of a number, the lowest being at 0. */
    static byte byteAt(long[] number, int place) {
        return (byte) (number[place >>> 3] >>> (place << 3));
    }

    /** Reads so many bytes, the lowest first, of which the last one has the sign. */
    static int readFrom(DataInput in, int bytes, long[] number) throws IOException {
        int length = (bytes + Long.BYTES - 1) / Long.BYTES;
        Arrays.fill(number, 0, length, 0);
        for (int i = 0; i < bytes; i++) {
            byte next = in.readByte();
            long bits = i == bytes - 1 ? next : next & 0xff;
            number[i >>> 3] |= bits << (i << 3);
        }
        return trimmed(number, length);
    }

    /** How many bytes hold a number and its sign. */
    static int bytes(long[] number, int length) {
        long top = number[length - 1];
        int bits = Long.SIZE * length - Long.numberOfLeadingZeros(top ^ top >> 63);
        return bits / Byte.SIZE + 1;
    }

    /** The length of a number without words that are the mere sign of the one below. */
    static int trimmed(long[] number, int length) {
        int words = length;
        while (words > 1 && number[words - 1] == number[words - 2] >> 63) {
            words--;
        }
        return words;
    }

    /** 1 if a sum of two words is less than one of them, that is, went over. */
    private static long carryOf(long sum, long word) {
        return Long.compareUnsigned(sum, word) < 0 ? 1 : 0;
    }
}
