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

    /**
     * An estimate below this is of a value below the limit; see {@link Quotient#estimate}.
     *
     * @param subtracted the number that the estimate's formula subtracted last, not below zero; 0 for none. The estimate is off
     *     by a share of this number and the magnitude of the value together
     */
    public double surelyBelow(double subtracted) {
        return nearest - margin(subtracted);
    }

    /** An estimate above this is of a value above the limit, likewise. */
    public double surelyAbove(double subtracted) {
        return nearest + margin(subtracted);
    }

    /** Within it an estimate can be on the wrong side: four doubts, as an estimate has one, too, and may be larger. */
    private double margin(double subtracted) {
        return 4 * Quotient.DOUBT * (Math.abs(nearest) + subtracted);
    }

    public static Limit of(Decimal decimal) {
        return new Limit(decimal.units(), decimal.scale(), decimal.nearest());
    }
}
