package io.tapewatch.domain.exact;

/**
 * A reader of decimal numbers from text. It keeps what it has read until it reads again, and makes no objects.
 *
 * <p>It reads what JSON calls a number, and what people write as well: {@code +5}, {@code .5}, {@code 5.}, {@code 007}.
 * No length of a text and no exponent takes more than one look at each character.
 *
 * <p>A number has 18 digits, leading zeros aside, and at most 18 of them behind the point. One with more digits is
 * rounded once, half to even, as if all its digits were looked at, and {@link #isRounded} says so.
 */
public final class DecimalReader {

    /** What became of a text. */
    public enum Outcome {
        /** It is a number, and the reader has it. */
        READ("is a number"),

        /** It is not one. */
        NOT_A_NUMBER("is no decimal number"),

        /** It is a number beyond ±10¹⁸. */
        TOO_LARGE("is beyond 1000000000000000000"),

        /** It is a number that would be rounded to zero, and is not zero. */
        TOO_SMALL("is not 0, but would be rounded to 0 at 18 decimals");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }

        /** What a message says of the text. */
        public String words() {
            return words;
        }
    }

    /** Digits that make this or more are 18, and take no other. */
    private static final long FULL = PowersOfTen.of(17);

    /** Above the length of any text, so that an exponent that is cut here is as good as one that is not. */
    private static final long LARGEST_EXPONENT = 1L << 40;

    private static final long NO_EXPONENT = Long.MAX_VALUE;

    // What stands behind the digits that are kept, as a share of the last of them. A later
    // digit that is not zero sets the lowest bit.
    private static final int NOTHING = 0;
    private static final int BELOW_HALF = 1;
    private static final int HALF = 2;
    private static final int ABOVE_HALF = 3;

    /** The characters of a text that is no array. */
    private final char[] characters = new char[64];

    private long units;
    private int scale;
    private boolean isRounded;

    /** The units of the number that was read last; the pair is in the form of {@link Decimals}. */
    public long units() {
        return units;
    }

    /** Its scale. */
    public int scale() {
        return scale;
    }

    /** Whether its text has digits, other than zeros, that the number has not. */
    public boolean isRounded() {
        return isRounded;
    }

    /** Reads a text that is a number as a whole. */
    public Outcome read(CharSequence text) {
        int length = text.length();
        char[] copy = length <= characters.length ? characters : new char[length];
        for (int i = 0; i < length; i++) {
            copy[i] = text.charAt(i);
        }
        return read(copy, 0, length);
    }

    /** Reads a part of some characters that is a number as a whole. */
    public Outcome read(char[] text, int from, int length) {
        int end = from + length;
        int at = from;
        boolean isNegative = at < end && text[at] == '-';
        if (isNegative || at < end && text[at] == '+') {
            at++;
        }
        int begin = at;
        int point = -1;
        long kept = 0;
        int leftOut = 0;
        int rest = NOTHING;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                if (text[at] != '.' || point >= 0) {
                    break;
                }
                point = at;
            } else if (kept < FULL) {
                kept = 10 * kept + digit;
            } else {
                rest = leftOut == 0 ? share(digit) : digit == 0 ? rest : rest | BELOW_HALF;
                leftOut++;
            }
        }
        int whole = (point < 0 ? at : point) - begin;
        int fraction = point < 0 ? 0 : at - point - 1;
        if (whole + fraction == 0) {
            return Outcome.NOT_A_NUMBER;
        }
        long exponent = (long) leftOut - fraction;
        if (at < end) {
            long written = exponent(text, at, end);
            if (written == NO_EXPONENT) {
                return Outcome.NOT_A_NUMBER;
            }
            exponent += written;
        }
        Outcome outcome = exponent > 0 ? enlarge(kept, exponent, rest) : reduce(kept, -exponent, rest);
        if (isNegative && outcome == Outcome.READ) {
            units = -units;
        }
        return outcome;
    }

    private static int share(int firstLeftOut) {
        return firstLeftOut == 0 ? NOTHING : firstLeftOut < 5 ? BELOW_HALF : firstLeftOut == 5 ? HALF : ABOVE_HALF;
    }

    /** The exponent that is written from a place to the end, the letter in front, or {@link #NO_EXPONENT}. */
    private static long exponent(char[] text, int from, int end) {
        if (text[from] != 'e' && text[from] != 'E') {
            return NO_EXPONENT;
        }
        int at = from + 1;
        boolean isNegative = at < end && text[at] == '-';
        if (isNegative || at < end && text[at] == '+') {
            at++;
        }
        if (at == end) {
            return NO_EXPONENT;
        }
        long exponent = 0;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return NO_EXPONENT;
            }
            exponent = Math.min(10 * exponent + digit, LARGEST_EXPONENT);
        }
        return isNegative ? -exponent : exponent;
    }

    /** Takes digits times 10 to the power of an exponent above zero. */
    private Outcome enlarge(long kept, long exponent, int rest) {
        if (kept == 0) {
            return take(0, 0, false);
        }
        if (exponent > PowersOfTen.MOST) {
            return Outcome.TOO_LARGE;
        }
        long power = PowersOfTen.of((int) exponent);
        // Where something was left out all digits before it were kept, so this is 10¹⁸ at least.
        if (kept > Decimals.MAX_UNITS / power || rest != NOTHING) {
            return Outcome.TOO_LARGE;
        }
        return take(kept * power, 0, false);
    }

    /** Takes digits of which so many stand behind the point. */
    private Outcome reduce(long kept, long fraction, int rest) {
        if (fraction <= Decimals.MAX_SCALE) {
            return take(rounded(kept, rest), (int) fraction, rest != NOTHING);
        }
        if (kept == 0) {
            return take(0, 0, false);
        }
        long tooMany = fraction - Decimals.MAX_SCALE;
        if (tooMany > PowersOfTen.MOST) {
            return Outcome.TOO_SMALL;
        }
        long power = PowersOfTen.of((int) tooMany);
        long left = kept / power;
        long cut = kept - left * power;
        int compared = Long.compare(cut, power / 2);
        int share = cut == 0 && rest == NOTHING
                ? NOTHING
                : compared < 0 ? BELOW_HALF : compared > 0 || rest != NOTHING ? ABOVE_HALF : HALF;
        long rounded = rounded(left, share);
        return rounded == 0 ? Outcome.TOO_SMALL : take(rounded, Decimals.MAX_SCALE, share != NOTHING);
    }

    private static long rounded(long kept, int rest) {
        return rest == ABOVE_HALF || rest == HALF && (kept & 1) != 0 ? kept + 1 : kept;
    }

    private Outcome take(long newUnits, int newScale, boolean rounded) {
        units = newUnits;
        scale = newScale;
        isRounded = rounded;
        while (scale > 0 && units % 10 == 0) {
            units /= 10;
            scale--;
        }
        return Outcome.READ;
    }
}
