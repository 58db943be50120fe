package io.tapewatch.domain;

import io.tapewatch.domain.exact.Decimal;

/** Decimal numbers of tests that say them as doubles: their shortest decimals. NaN stands for none. */
public final class Numbers {

    private Numbers() {}

    /** The decimal that Java writes for a double, or null for NaN. */
    public static Decimal decimal(double number) {
        return Double.isNaN(number) ? null : Decimal.of(Double.toString(number));
    }

    /** The same; null stands for none, too. */
    public static Decimal decimalOrNull(Double number) {
        return number == null ? null : decimal(number);
    }
}
