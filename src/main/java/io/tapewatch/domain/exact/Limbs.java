package io.tapewatch.domain.exact;

/**
 * Whole numbers wider than a word, as arrays of their limbs: 64 bits each, two's complement, the limb of the lowest bits
 * first.
 *
 * <p>Products are made limb by limb, as on paper (Knuth, "The Art of Computer Programming", volume 2, 4.3.1, algorithm
 * M).
 */
final class Limbs {

    private Limbs() {}

    /** The lowest limb that is not zero, or how many there are when all are. */
    static int lowest(long[] number) {
        int limb = 0;
        while (limb < number.length && number[limb] == 0) {
            limb++;
        }
        return limb;
    }

    /** The highest limb of the magnitude that is not zero, of a number that is not. */
    static int highest(long[] number, int lowest) {
        long sign = sign(number);
        int limb = number.length - 1;
        while (limb > lowest && number[limb] == sign) {
            limb--;
        }
        return limb;
    }

    /** 0, or −1 when the number is below zero. */
    static long sign(long[] number) {
        return number[number.length - 1] >> 63;
    }

    /**
     * A limb of the magnitude: of a number below zero all bits are turned, and one is added.
     *
     * @param limb not below the lowest; that one is added to, and takes no carry on, as it is not zero
     */
    static long magnitude(long[] number, int limb, int lowest) {
        long sign = sign(number);
        return limb > lowest ? number[limb] ^ sign : (number[limb] ^ sign) - sign;
    }

    /**
     * Writes number · factor into the limbs of a product.
     *
     * @param number not below zero
     * @param from the limb of the product that takes the lowest bits; one more than the number has is written
     * @param factor not below zero
     */
    static void multiply(long[] number, long factor, long[] product, int from) {
        long carry = 0;
        for (int i = 0; i < number.length; i++) {
            long low = number[i] * factor;
            long high = unsignedMultiplyHigh(number[i], factor);
            long sum = low + carry;
            product[from + i] = sum;
            carry = high + carryOf(sum, low);
        }
        product[from + number.length] = carry;
    }

    /** Subtracts the square of a number, whose limbs that are not zero are usually few. */
    static void subtractSquare(long[] from, long[] number) {
        int lowest = lowest(number);
        if (lowest == number.length) {
            return;
        }
        int highest = highest(number, lowest);
        for (int i = lowest; i <= highest; i++) {
            long factor = magnitude(number, i, lowest);
            long borrow = 0;
            for (int j = lowest; j <= highest; j++) {
                long other = magnitude(number, j, lowest);
                long low = factor * other;
                long high = unsignedMultiplyHigh(factor, other);
                long subtracted = low + borrow;
                long before = from[i + j];
                from[i + j] = before - subtracted;
                // Stays in 64 bits: the product and the borrow are below 2¹²⁸ together.
                borrow = high + carryOf(subtracted, low) + borrowOf(before, subtracted);
            }
            for (int j = i + highest + 1; borrow != 0 && j < from.length; j++) {
                long before = from[j];
                from[j] = before - borrow;
                borrow = borrowOf(before, borrow);
            }
        }
    }

    /** What a left shift by the low six bits of {@code shift} pushes out of a word at its top. */
    static long highPart(long word, int shift) {
        return word >>> 1 >>> ~shift; // in two steps, as a shift by 64 would be one by 0
    }

    /** 1 if a sum of two words is less than one of them, that is, went over. */
    private static long carryOf(long sum, long word) {
        return Long.compareUnsigned(sum, word) < 0 ? 1 : 0;
    }

    private static long borrowOf(long before, long subtracted) {
        return Long.compareUnsigned(before, subtracted) < 0 ? 1 : 0;
    }

    /** The upper 64 bits of a product of words without sign (Warren, "Hacker's Delight", 8-3); in the JDK from 18 on. */
    private static long unsignedMultiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }
}
