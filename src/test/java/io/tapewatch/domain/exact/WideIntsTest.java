package io.tapewatch.domain.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Every operation on wide numbers against {@link BigInteger}, with words at which carries begin and end. */
class WideIntsTest {

    private static final long SEED = 18370101;
    private static final int ROUNDS = Rounds.of(300_000);
    private static final int ROOM = 9;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void twoWordsAreAdded() {
        int longer = 0;
        int shorter = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long[] number = new long[ROOM];
            int length = fill(number, 5);
            long low = word();
            long high = random.nextBoolean() ? low >> 63 : word();
            if (random.nextInt(8) == 0) { // of the same digits as the number, so that they vanish
                low = -number[0];
                high = length == 1 ? low >> 63 : ~number[1];
            }
            BigInteger expected = value(number, length).add(twoWords(high, low));
            int sum = WideInts.add(number, length, high, low);
            check(number, sum, expected);
            longer += sum > Math.max(2, length) ? 1 : 0;
            shorter += sum < length ? 1 : 0;
        }
        assertThat(longer).isGreaterThan(ROUNDS / 1000);
        assertThat(shorter).isGreaterThan(ROUNDS / 1000);
    }

    @Test
    void aNumberTimesAFactorIsAddedOrTakenAway() {
        int shorter = 0;
        for (int i = 0; i < ROUNDS; i++) {
            long[] number = new long[ROOM];
            int length = fill(number, 5);
            long[] other = new long[ROOM];
            int otherLength = fill(other, 5);
            if (random.nextInt(8) == 0) {
                other = number.clone();
                otherLength = length;
            }
            long factor = random.nextInt(3) == 0 ? 1 : word() & Long.MAX_VALUE;
            boolean isTakenAway = random.nextBoolean();
            BigInteger times = value(other, otherLength).multiply(BigInteger.valueOf(factor));
            BigInteger expected = value(number, length).add(isTakenAway ? times.negate() : times);
            int sum = WideInts.addTimes(number, length, other, otherLength, factor, isTakenAway);
            check(number, sum, expected);
            shorter += sum < length ? 1 : 0;
        }
        assertThat(shorter).isGreaterThan(ROUNDS / 1000);
    }

    @Test
    void aNumberCanBeAddedToItself() {
        for (int i = 0; i < ROUNDS / 10; i++) {
            long[] number = new long[ROOM];
            int length = fill(number, 5);
            BigInteger expected = value(number, length).multiply(BigInteger.valueOf(8));
            length = WideInts.addTimes(number, length, number, length, 7, false);
            check(number, length, expected);
            check(number, WideInts.addTimes(number, length, number, length, 1, true), BigInteger.ZERO);
        }
    }

    @Test
    void whatFitsExactlyIntoTheArrayIsHeld() {
        for (int i = 0; i < ROUNDS / 10; i++) {
            long[] number = new long[3];
            int length = fill(number, 3);
            long[] other = new long[3];
            int otherLength = fill(other, 3);
            number[2] >>= 1;
            other[2] >>= 1;
            length = WideInts.trimmed(number, length);
            otherLength = WideInts.trimmed(other, otherLength);
            BigInteger expected = value(number, length).add(value(other, otherLength));
            check(number, WideInts.addTimes(number, length, other, otherLength, 1, false), expected);
        }
    }

    @Test
    void aNumberIsMultiplied() {
        for (int i = 0; i < ROUNDS; i++) {
            long[] number = new long[ROOM];
            int length = fill(number, 6);
            long factor = random.nextInt(10) == 0 ? 0 : word() & Long.MAX_VALUE;
            BigInteger expected = value(number, length).multiply(BigInteger.valueOf(factor));
            check(number, WideInts.multiply(number, length, factor), expected);
        }
    }

    @Test
    void theSignIsTurned() {
        for (int i = 0; i < ROUNDS; i++) {
            long[] number = new long[ROOM];
            int length = fill(number, 6);
            BigInteger expected = value(number, length).negate();
            check(number, WideInts.negate(number, length), expected);
        }
    }

    @Test
    void numbersCompareAsTheirValues() {
        for (int i = 0; i < ROUNDS; i++) {
            long[] number = new long[ROOM];
            int length = fill(number, 4);
            long[] other = number.clone();
            int otherLength = length;
            switch (random.nextInt(3)) {
                case 0 -> otherLength = fill(other, 4);
                case 1 -> otherLength = WideInts.add(other, length, 0, 1);
                default -> {}
            }
            BigInteger value = value(number, length);
            assertThat(WideInts.compare(number, length, other, otherLength))
                    .as("%s and %s, seed %d", value, value(other, otherLength), SEED)
                    .isEqualTo(value.compareTo(value(other, otherLength)));
            assertThat(WideInts.sign(number, length)).isEqualTo(value.signum());
        }
    }

    @Test
    void anEstimateIsOffByLessThanItsShare() {
        BigDecimal share = new BigDecimal(0x1p-51);
        for (int i = 0; i < ROUNDS; i++) {
            long[] number = new long[ROOM];
            int length = fill(number, 6);
            BigDecimal value = new BigDecimal(value(number, length));
            BigDecimal off = new BigDecimal(WideInts.estimate(number, length)).subtract(value);
            assertThat(off.abs())
                    .as("%s, seed %d", value, SEED)
                    .isLessThanOrEqualTo(value.abs().multiply(share));
        }
    }

    @Test
    void itsBytesAreThoseOfBigInteger() throws IOException {
        for (int i = 0; i < ROUNDS; i++) {
            long[] number = new long[ROOM];
            int length = fill(number, 6);
            byte[] expected = value(number, length).toByteArray();
            int bytes = WideInts.bytes(number, length);
            assertThat(bytes).isEqualTo(expected.length);
            byte[] lowestFirst = new byte[bytes];
            for (int place = 0; place < bytes; place++) {
                lowestFirst[place] = WideInts.byteAt(number, place);
                assertThat(lowestFirst[place]).isEqualTo(expected[bytes - 1 - place]);
            }
            long[] read = new long[ROOM];
            Arrays.fill(read, random.nextLong());
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(lowestFirst));
            check(read, WideInts.readFrom(in, bytes, read), value(number, length));
        }
    }

    /** Holds that a number is the expected one, in as few words as can be. */
    private static void check(long[] number, int length, BigInteger expected) {
        assertThat(WideInts.toBigInteger(number, length)).as("seed %d", SEED).isEqualTo(expected);
        assertThat(length).as("words of %s, seed %d", expected, SEED).isEqualTo(expected.bitLength() / Long.SIZE + 1);
    }

    private static BigInteger value(long[] number, int length) {
        return LimbsTest.value(Arrays.copyOf(number, length));
    }

    private static BigInteger twoWords(long high, long low) {
        return LimbsTest.value(new long[] {low, high});
    }

    /** Fills an array with a number and says how long it is; what stands behind it is anything. */
    private int fill(long[] number, int most) {
        int length = 1 + random.nextInt(most);
        for (int i = 0; i < number.length; i++) {
            number[i] = word();
        }
        return WideInts.trimmed(number, length);
    }

    /** Any word, often one at which carries begin or end. */
    private long word() {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> Long.MIN_VALUE;
            case 3 -> Long.MAX_VALUE;
            case 4 -> 1L << random.nextInt(64);
            case 5 -> random.nextLong() >> random.nextInt(64);
            default -> random.nextLong();
        };
    }
}
