package io.tapewatch.domain.exact;

import java.math.BigDecimal;

/**
 * Shares of a quote's mid in basis points: 2 · 10⁴ · part / (bid + ask), the double nearest the exact value for these
 * doubles, of two equally near the even one.
 */
public final class BasisPoints {

    private static final double SCALE = 20_000;
    private static final BigDecimal EXACT_SCALE = BigDecimal.valueOf(20_000);

    /** How small, beside the leading part, the rest of a part must be for the quotient of both to be sure. */
    private static final double SMALL = 0x1p-26;

    /** The share of the leading quotient within which the sum of both is sure. */
    private static final double DOUBT = 0x1p-74;

    private BasisPoints() {}

    /** The spread, ask − bid; negative when it is crossed. */
    public static double spread(double bid, double ask) {
        double spread = ofMid(ask - bid, restOfDifference(ask, bid), bid, ask);
        return Double.isNaN(spread) ? exactOfMid(exact(ask).subtract(exact(bid)), bid, ask) : spread;
    }

    /** How far a price is above the ask or below the bid; 0 for one that is not. */
    public static double outside(double price, double bid, double ask) {
        if (price >= bid && price <= ask) {
            return 0;
        }
        double from = price > ask ? price : bid;
        double to = price > ask ? ask : price;
        double outside = ofMid(from - to, restOfDifference(from, to), bid, ask);
        return Double.isNaN(outside) ? exactOfMid(exact(from).subtract(exact(to)), bid, ask) : outside;
    }

    /** Twice the distance of a price from the mid. */
    public static double effectiveSpread(double price, double bid, double ask) {
        // 2 · |price − mid| is |2 · price − (bid + ask)|.
        double twice = 2 * price;
        double sum = bid + ask;
        double distance = twice - sum;
        double rest = restOfDifference(twice, sum) - restOfSum(bid, ask);
        double sign = Math.signum(distance != 0 ? distance : rest);
        double spread = ofMid(sign * distance, sign * rest, bid, ask);
        return Double.isNaN(spread)
                ? exactOfMid(
                        exact(twice).subtract(exact(bid)).subtract(exact(ask)).abs(), bid, ask)
                : spread;
    }

    /**
     * The share in basis points of a part of two summands, the second much smaller than the first and off by half its last
     * place at most; NaN when the leading bits do not say which double is the nearest.
     */
    private static double ofMid(double part, double rest, double bid, double ask) {
        if (part == 0 && rest == 0) {
            return 0;
        }
        double sum = bid + ask;
        double sumRest = restOfSum(bid, ask);
        if (!(Math.abs(rest) <= Math.abs(part) * SMALL)) {
            return Double.NaN;
        }
        // A quotient, and the quotient of what it leaves out: the rest of the product, of the part and of the sum. As
        // the
        // last two are small beside the first ones, all that is rounded on the way is off by less than the doubt.
        double numerator = SCALE * part;
        double productRest = Math.fma(SCALE, part, -numerator);
        double quotient = numerator / sum;
        double remainder = Math.fma(-quotient, sum, numerator);
        double correction = (remainder + productRest + SCALE * rest - quotient * sumRest) / sum;
        double doubt = Math.abs(quotient) * DOUBT;
        double lower = quotient + (correction - doubt);
        double upper = quotient + (correction + doubt);
        return lower == upper ? lower : Double.NaN;
    }

    /** What a + b leaves out, exactly (Knuth's TwoSum). */
    public static double restOfSum(double a, double b) {
        double sum = a + b;
        double added = sum - a;
        return (a - (sum - added)) + (b - added);
    }

    private static double restOfDifference(double a, double b) {
        return restOfSum(a, -b);
    }

    private static double exactOfMid(BigDecimal part, double bid, double ask) {
        BigDecimal numerator = part.multiply(EXACT_SCALE);
        BigDecimal denominator = exact(bid).add(exact(ask));
        int scale = Math.max(numerator.scale(), denominator.scale());
        return ExactDivision.quotient(
                numerator.setScale(scale).unscaledValue(),
                denominator.setScale(scale).unscaledValue());
    }

    private static BigDecimal exact(double value) {
        return new BigDecimal(value);
    }
}
