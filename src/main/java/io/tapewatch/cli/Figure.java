package io.tapewatch.cli;

import io.tapewatch.domain.exact.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Figures as a table shows them: plain decimals, as in the record where there is room, else rounded; never cut. */
final class Figure {

    private static final int MOST_DIGITS = 40;
    private static final int DECIMALS_OF_A_RATE = 2;
    private static final MathContext SHORT = new MathContext(3);

    private Figure() {}

    /** The value in so many characters, if its whole part allows it. */
    static String in(int width, BigDecimal value) {
        if (isFarFromOne(value)) {
            return value.round(SHORT).toString();
        }
        String plain = plain(value);
        int point = plain.indexOf('.');
        if (plain.length() <= width || point < 0) {
            return plain;
        }
        BigDecimal rounded = value.setScale(Math.max(0, width - point - 1), RoundingMode.HALF_EVEN);
        boolean saysLittle = rounded.precision() < SHORT.getPrecision() && rounded.compareTo(value) != 0;
        return saysLittle ? value.round(SHORT).toString() : plain(rounded);
    }

    /**
     * The same of a number that may be missing.
     *
     * @param room how many characters a line of the terminal has; 0 for all digits that there are
     */
    static String of(@Nullable Decimal value, int width, int room) {
        return value == null ? "" : in(room == 0 ? Integer.MAX_VALUE : width, value.toBigDecimal());
    }

    /** A percentage or basis points, with two decimals. */
    static String rate(BigDecimal value) {
        return isFarFromOne(value)
                ? value.round(SHORT).toString()
                : value.setScale(DECIMALS_OF_A_RATE, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    /** Nobody knows who wrote a record: written out, {@code 1e1000000000} would take all memory. */
    private static boolean isFarFromOne(BigDecimal value) {
        return Math.abs((long) value.scale()) > MOST_DIGITS || value.precision() > 10 * MOST_DIGITS;
    }
}
