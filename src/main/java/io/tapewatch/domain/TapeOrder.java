package io.tapewatch.domain;

import java.util.Comparator;

/**
 * The order in which trades, quotes and amendments of a symbol are taken: by event time, to the nanosecond; and each kind in
 * its own order. The constants tell what comes first where a trade and a quote are of the same instant.
 *
 * <p>Each is a total order: it sorts by a list of fields, one after the other.
 */
public enum TapeOrder implements Comparator<TapeRecord> {
    /** At one instant all trades come before all quotes: a quote is usually the effect of the trade. */
    QUOTES_AFTER {
        @Override
        int compareAtOneInstant(Quote quote, Tick trade) {
            return 1;
        }
    },

    /** At one instant all quotes come before all trades. */
    QUOTES_BEFORE {
        @Override
        int compareAtOneInstant(Quote quote, Tick trade) {
            return -1;
        }
    },

    /**
     * The sequence numbers of trades and quotes are those of one sequence: at one instant the lower number comes first, and of
     * equal numbers the trade, whose effect the quote is. Records without a number come after those with one, as they do
     * among trades alone and among quotes alone, and of two without a number the trade comes first.
     */
    BY_SEQ {
        @Override
        int compareAtOneInstant(Quote quote, Tick trade) {
            // Tick.NO_SEQ is the lowest number. It is to be the highest.
            int order = Long.compareUnsigned(quote.seq() - Tick.NO_SEQ - 1, trade.seq() - Tick.NO_SEQ - 1);
            return order != 0 ? order : 1;
        }
    };

    /** Compares a quote with a trade of the same instant; never 0. */
    abstract int compareAtOneInstant(Quote quote, Tick trade);

    @Override
    public int compare(TapeRecord one, TapeRecord other) {
        if (one instanceof Amendment || other instanceof Amendment) {
            return compareAmendments(one, other);
        }
        if (one instanceof Tick trade) {
            return other instanceof Tick otherTrade ? trade.compareTo(otherTrade) : -compareKinds((Quote) other, trade);
        }
        Quote quote = (Quote) one;
        return other instanceof Quote otherQuote ? quote.compareTo(otherQuote) : compareKinds(quote, (Tick) other);
    }

    /** At one instant amendments come after all else: what they amend may be of that instant. */
    private static int compareAmendments(TapeRecord one, TapeRecord other) {
        if (one instanceof Amendment amendment && other instanceof Amendment otherAmendment) {
            return amendment.compareTo(otherAmendment);
        }
        int order = Long.compare(one.time(), other.time());
        if (order == 0) {
            order = Integer.compare(nanos(one), nanos(other));
        }
        return order != 0 ? order : one instanceof Amendment ? 1 : -1;
    }

    private static int nanos(TapeRecord record) {
        return record instanceof Tick tick
                ? tick.nanos()
                : record instanceof Quote quote ? quote.nanos() : ((Amendment) record).nanos();
    }

    /** Compares a quote with a trade; never 0. */
    private int compareKinds(Quote quote, Tick trade) {
        int order = Long.compare(quote.time(), trade.time());
        if (order == 0) {
            order = Integer.compare(quote.nanos(), trade.nanos());
        }
        return order != 0 ? order : compareAtOneInstant(quote, trade);
    }
}
