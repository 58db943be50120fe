package io.tapewatch.domain.exact;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;

/** Decimal numbers for tests, made from a seed: all scales, both signs, and as many digits as there may be and more. */
public final class DecimalTexts {

    private final SplittableRandom random;

    public DecimalTexts(long seed) {
        random = new SplittableRandom(seed);
    }

    public int below(int bound) {
        return random.nextInt(bound);
    }

    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** The text of a number as people and programs write them: 1 to 25 digits, with or without a point and an exponent. */
    String text() {
        StringBuilder text = new StringBuilder(oneIn(3) ? "-" : oneIn(8) ? "+" : "");
        int digits = 1 + below(25);
        int point = oneIn(3) ? -1 : below(digits + 1);
        int zerosFrom = oneIn(3) ? below(digits + 1) : digits;
        int zerosTo = oneIn(2) ? below(digits + 1) : 0;
        for (int i = 0; i < digits; i++) {
            if (i == point) {
                text.append('.');
            }
            // Fives and zeros are what roundings turn on.
            int digit = oneIn(4) ? 5 : oneIn(4) ? 9 : below(10);
            text.append(i < zerosTo || i >= zerosFrom ? 0 : digit);
        }
        if (oneIn(4)) {
            text.append(oneIn(2) ? 'e' : 'E')
                    .append(oneIn(3) ? "+" : oneIn(2) ? "-" : "")
                    .append(oneIn(5) ? "0" : "")
                    .append(below(40));
        }
        return text.toString();
    }

    /** Any decimal number; one in twenty is zero, and half of the others are below it. */
    public Decimal decimal() {
        if (oneIn(20)) {
            return Decimal.ZERO;
        }
        return oneIn(2) ? positive() : negative(positive());
    }

    /** One above zero. */
    public Decimal positive() {
        return switch (below(8)) {
            case 0 -> Decimal.of(oneIn(2) ? "1000000000000000000" : "0.000000000000000001");
            case 1 -> Decimal.of("0." + "9".repeat(1 + below(18)));
            case 2, 3 -> decimal(1 + below(10_000_000), 2);
            case 4 -> decimal(1 + random.nextLong(1_000_000_000_000L), 8);
            default -> decimal(1 + random.nextLong(PowersOfTen.of(1 + below(18))), below(19));
        };
    }

    private static Decimal decimal(long units, int scale) {
        return decimal(BigDecimal.valueOf(units, scale));
    }

    static Decimal negative(Decimal number) {
        return new Decimal(-number.units(), number.scale());
    }

    /** The same number, which has few enough digits. */
    public static Decimal decimal(BigDecimal exact) {
        BigDecimal stripped = exact.stripTrailingZeros();
        BigDecimal plain = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
        return new Decimal(plain.unscaledValue().longValueExact(), plain.scale());
    }

    /** Whether a number has few enough digits. */
    public static boolean fits(BigDecimal exact) {
        BigDecimal stripped = exact.stripTrailingZeros();
        BigInteger most = BigInteger.valueOf(Decimals.MAX_UNITS);
        return stripped.scale() <= Decimals.MAX_SCALE
                && stripped.unscaledValue().abs().compareTo(most) <= 0
                && exact.abs().compareTo(new BigDecimal(most)) <= 0;
    }
}
