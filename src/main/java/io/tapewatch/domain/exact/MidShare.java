package io.tapewatch.domain.exact;

/**
 * Shares of a quote's mid in basis points, 10⁴ · part / ((bid + ask) / 2), as quotients. A bid and an ask that are not above
 * zero together are a denominator without a value.
 */
public final class MidShare {

    /** 10⁴ for basis points, twice for the two sides of the mid. */
    private static final int TIMES = 20_000;

    private MidShare() {}

    /** The spread, ask − bid; negative when it is crossed. */
    public static void spread(long bid, int bidScale, long ask, int askScale, Quotient into) {
        WideDecimal part = into.numerator();
        part.set(ask, askScale);
        part.subtract(bid, bidScale);
        ofMid(bid, bidScale, ask, askScale, into);
    }

    /** How far a price is above the ask or below the bid; 0 for one that is not. */
    public static void outside(
            long price, int priceScale, long bid, int bidScale, long ask, int askScale, Quotient into) {
        WideDecimal part = into.numerator();
        if (Decimals.compare(price, priceScale, ask, askScale) > 0) {
            part.set(price, priceScale);
            part.subtract(ask, askScale);
        } else if (Decimals.compare(price, priceScale, bid, bidScale) < 0) {
            part.set(bid, bidScale);
            part.subtract(price, priceScale);
        } else {
            part.clear();
        }
        ofMid(bid, bidScale, ask, askScale, into);
    }

    /** The effective spread of a trade: twice the distance of its price from the mid. */
    public static void effectiveSpread(
            long price, int priceScale, long bid, int bidScale, long ask, int askScale, Quotient into) {
        WideDecimal part = into.numerator();
        beyondMid(price, priceScale, bid, bidScale, ask, askScale, part);
        if (part.sign() < 0) {
            part.multiply(-1, 0);
        }
        ofMid(bid, bidScale, ask, askScale, into);
    }

    /** Compares a price with the mid, exactly: twice the price with the sum of bid and ask. */
    public static int compareWithMid(long price, int priceScale, long bid, int bidScale, long ask, int askScale) {
        if (bidScale == priceScale && askScale == priceScale) {
            return Long.compare(2 * price, bid + ask); // at most 2 · 10¹⁸
        }
        // In units of the finest of the three: at most 2 · 10³⁶, which two words hold.
        int scale = Math.max(priceScale, Math.max(bidScale, askScale));
        long times = PowersOfTen.of(scale - priceScale);
        long high = Math.multiplyHigh(2 * price, times);
        long low = 2 * price * times;

        long bidTimes = PowersOfTen.of(scale - bidScale);
        long askTimes = PowersOfTen.of(scale - askScale);
        long bidLow = bid * bidTimes;
        long sumLow = bidLow + ask * askTimes;
        long carry = Long.compareUnsigned(sumLow, bidLow) < 0 ? 1 : 0;
        long sumHigh = Math.multiplyHigh(bid, bidTimes) + Math.multiplyHigh(ask, askTimes) + carry;
        return high != sumHigh ? Long.compare(high, sumHigh) : Long.compareUnsigned(low, sumLow);
    }

    /** The mid itself, (bid + ask) / 2. */
    public static void mid(long bid, int bidScale, long ask, int askScale, Quotient into) {
        WideDecimal sum = into.numerator();
        sum.set(bid, bidScale);
        sum.add(ask, askScale);
        into.denominator().set(2, 0);
    }

    /** Twice the distance from the mid to a price. */
    private static void beyondMid(
            long price, int priceScale, long bid, int bidScale, long ask, int askScale, WideDecimal part) {
        part.set(price, priceScale);
        part.multiply(2, 0);
        part.subtract(bid, bidScale);
        part.subtract(ask, askScale);
    }

    private static void ofMid(long bid, int bidScale, long ask, int askScale, Quotient into) {
        into.numerator().multiply(TIMES, 0);
        WideDecimal mids = into.denominator();
        mids.set(bid, bidScale);
        mids.add(ask, askScale);
    }
}
