package io.tapewatch.domain.exact;

/**
 * A decimal number that others are compared with, and the double nearest it: most of the time that double is enough to
 * tell.
 *
 * @param units the units of the number
 * @param scale its scale
 * @param nearest the double nearest it
 */
public record Limit(long units, int scale, double nearest) {

    public static Limit of(Decimal decimal) {
        return new Limit(decimal.units(), decimal.scale(), decimal.nearest());
    }
}
