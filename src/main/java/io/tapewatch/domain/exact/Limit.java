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

    /** An estimate below this is of a value below the limit; see {@link Quotient#estimate}. */
    public double surelyBelow() {
        return nearest - margin();
    }

    /** An estimate above this is of a value above the limit. */
    public double surelyAbove() {
        return nearest + margin();
    }

    /** Within it an estimate can be on the wrong side: four doubts, as an estimate has one, too, and may be larger. */
    private double margin() {
        return 4 * Quotient.DOUBT * Math.abs(nearest);
    }

    public static Limit of(Decimal decimal) {
        return new Limit(decimal.units(), decimal.scale(), decimal.nearest());
    }
}
