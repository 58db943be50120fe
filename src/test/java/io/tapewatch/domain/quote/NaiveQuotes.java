package io.tapewatch.domain.quote;

import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.check.NaiveTape;
import io.tapewatch.domain.check.Shown;
import io.tapewatch.domain.exact.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Trades beside the quotes that stood when they were made, as the documentation words it: all quotes are looked through
 * for each trade, and all trades before it. Shares the records with the product and nothing else.
 */
public final class NaiveQuotes {

    /** Quotes as they are taken: by time, to the nanosecond; those with a sequence number first, by that; by partition and offset. */
    static final Comparator<Quote> QUOTES = Comparator.<Quote>comparingLong(quote -> instant(quote))
            .thenComparing(quote -> quote.seq() == Tick.NO_SEQ)
            .thenComparingLong(Quote::seq)
            .thenComparingInt(quote -> quote.origin().partition())
            .thenComparingLong(quote -> quote.origin().offset());

    /** Trades likewise. */
    static final Comparator<Tick> TRADES = Comparator.<Tick>comparingLong(tick -> instant(tick))
            .thenComparing(tick -> tick.seq() == Tick.NO_SEQ)
            .thenComparingLong(Tick::seq)
            .thenComparingInt(tick -> tick.origin().partition())
            .thenComparingLong(tick -> tick.origin().offset());

    private static final long THIRTY_TWO_DAYS = 32L * 24 * 60 * 60 * 1000;

    /** In a millisecond. */
    private static final long NANOS = 1_000_000;

    /** More digits than can decide between two doubles. */
    private static final MathContext DIGITS = new MathContext(120);

    private static final BigDecimal TWO = new BigDecimal(2);
    private static final BigDecimal TEN_THOUSAND = new BigDecimal(10_000);

    private NaiveQuotes() {}

    /**
     * The trades in their order, each beside its quote.
     *
     * @param trades of one symbol, in any order
     * @param quotes of the same symbol, in any order
     */
    public static List<QuotedTrade> join(List<Tick> trades, List<Quote> quotes, QuoteSettings settings) {
        List<Tick> inOrder = trades.stream().sorted(TRADES).toList();
        List<QuotedTrade> joined = new ArrayList<>();
        for (int i = 0; i < inOrder.size(); i++) {
            Tick trade = inOrder.get(i);
            Quote quote = quoteOf(trade, quotes, settings);
            joined.add(quotedTrade(trade, quote, side(trade, quote, inOrder.subList(0, i)), false));
        }
        return joined;
    }

    /** The trades as they are shown, late ones as well, each beside its quote. */
    public static List<QuotedTrade> join(List<? extends Shown> shown, QuoteSettings settings) {
        NaiveTape tape = new NaiveTape(shown, settings);
        List<QuotedTrade> joined = new ArrayList<>();
        int next = 0;
        for (int place = 0; place < shown.size(); place++) {
            if (shown.get(place) instanceof Shown.InOrder inOrder) {
                joined.add(quotedTrade(inOrder.tick(), tape.quoteOfTrade.get(next), tape.sideOfTrade.get(next), false));
                next++;
            } else if (shown.get(place) instanceof Shown.Late late) {
                Quote quote = quoteOfLate(late.tick(), tape.takenBefore(place), tape.reachedAt.get(place), settings);
                joined.add(quotedTrade(late.tick(), quote, side(late.tick(), quote, List.of()), true));
            }
        }
        return joined;
    }

    // Which quote.

    /** The last quote before a trade, unless it is too old; null for none. */
    public static Quote quoteOf(Tick trade, List<Quote> quotes, QuoteSettings settings) {
        return quotes.stream()
                .filter(quote -> isBefore(quote, trade, settings))
                .max(QUOTES)
                .filter(quote -> isFresh(quote, trade, settings))
                .orElse(null);
    }

    /**
     * The quote of a trade that came behind the watermark: the last one taken, if it stood before the trade, is not too
     * old for it, and is not too old for all trades that are not late; null for none.
     *
     * @param taken the quotes taken when the trade came
     */
    static Quote quoteOfLate(Tick trade, List<Quote> taken, long watermark, QuoteSettings settings) {
        return taken.stream()
                .max(QUOTES)
                .filter(quote -> isBefore(quote, trade, settings))
                .filter(quote -> isFresh(quote, trade, settings))
                .filter(quote -> !isOver(quote, watermark, settings))
                .orElse(null);
    }

    /** Whether a quote that came behind the watermark says nothing to any trade. */
    public static boolean isTooLate(Quote late, List<Quote> taken, long watermark, QuoteSettings settings) {
        return isOver(late, watermark, settings) || taken.stream().anyMatch(quote -> QUOTES.compare(quote, late) >= 0);
    }

    /** Whether a quote is taken before a trade; else it is taken after it. */
    static boolean isBefore(Quote quote, Tick trade, QuoteSettings settings) {
        if (instant(quote) != instant(trade)) {
            return instant(quote) < instant(trade);
        }
        return switch (settings.order()) {
            case QUOTES_AFTER -> false;
            case QUOTES_BEFORE -> true;
            // The lower of two numbers is first, and a number is before none.
            case BY_SEQ -> quote.seq() != Tick.NO_SEQ && (trade.seq() == Tick.NO_SEQ || quote.seq() < trade.seq());
        };
    }

    private static boolean isFresh(Quote quote, Tick trade, QuoteSettings settings) {
        return instant(trade) - instant(quote) <= NANOS * settings.maxAge();
    }

    private static boolean isOver(Quote quote, long watermark, QuoteSettings settings) {
        // The first trade behind the watermark may be of the next whole millisecond.
        return watermark != Long.MIN_VALUE && NANOS * (watermark + 1) - instant(quote) > NANOS * settings.maxAge();
    }

    // Which side.

    /**
     * The aggressor by Lee and Ready, unless the trade itself says it; null for none.
     *
     * @param before the trades before it, in their order; none for a late trade
     */
    public static Side side(Tick trade, Quote quote, List<Tick> before) {
        if (trade.side() != null) {
            return trade.side();
        }
        if (quote == null || !hasMid(quote)) {
            return null;
        }
        return switch (exact(trade.price()).compareTo(mid(quote))) {
            case 1 -> Side.BUY;
            case -1 -> Side.SELL;
            default -> lastDirection(trade, before);
        };
    }

    private static Side lastDirection(Tick trade, List<Tick> before) {
        Tick later = trade;
        for (int i = before.size() - 1; i >= 0; i--) {
            Tick earlier = before.get(i);
            if (later.time() - earlier.time() > THIRTY_TWO_DAYS) {
                return null;
            }
            int change = exact(later.price()).compareTo(exact(earlier.price()));
            if (change != 0) {
                return change > 0 ? Side.BUY : Side.SELL;
            }
            later = earlier;
        }
        return null;
    }

    // Which figures: none is null.

    public static QuotedTrade quotedTrade(Tick trade, Quote quote, Side side, boolean late) {
        return new QuotedTrade(
                trade.symbol(),
                trade.time(),
                trade.nanos(),
                trade.price(),
                trade.size(),
                quote == null ? null : quote.bid(),
                quote == null ? null : quote.ask(),
                quote == null || !hasMid(quote) ? null : mid(quote).doubleValue(),
                quote == null ? null : spreadBps(quote),
                quote == null ? null : effectiveSpreadBps(trade, quote),
                side,
                quote == null ? null : (instant(trade) - instant(quote)) / NANOS,
                trade.id(),
                late);
    }

    public static Double spreadBps(Quote quote) {
        return hasPositiveSum(quote) ? ofMid(exact(quote.ask()).subtract(exact(quote.bid())), quote) : null;
    }

    private static Double effectiveSpreadBps(Tick trade, Quote quote) {
        BigDecimal price = exact(trade.price());
        return hasMid(quote) ? ofMid(TWO.multiply(price.subtract(mid(quote)).abs()), quote) : null;
    }

    public static Double offQuoteBps(Tick trade, Quote quote) {
        if (!hasMid(quote)) {
            return null;
        }
        BigDecimal price = exact(trade.price());
        BigDecimal aboveAsk = price.subtract(exact(quote.ask()));
        BigDecimal belowBid = exact(quote.bid()).subtract(price);
        return ofMid(BigDecimal.ZERO.max(aboveAsk).max(belowBid), quote);
    }

    private static boolean hasMid(Quote quote) {
        return hasPositiveSum(quote) && exact(quote.bid()).compareTo(exact(quote.ask())) <= 0;
    }

    private static boolean hasPositiveSum(Quote quote) {
        return quote.bid() != null && quote.ask() != null && mid(quote).signum() > 0;
    }

    private static BigDecimal mid(Quote quote) {
        return exact(quote.bid()).add(exact(quote.ask())).divide(TWO);
    }

    /** The event time in nanoseconds of the epoch. */
    static long instant(Tick trade) {
        return NANOS * trade.time() + trade.nanos();
    }

    static long instant(Quote quote) {
        return NANOS * quote.time() + quote.nanos();
    }

    private static double ofMid(BigDecimal part, Quote quote) {
        return part.multiply(TEN_THOUSAND).divide(mid(quote), DIGITS).doubleValue();
    }

    private static BigDecimal exact(Decimal value) {
        return value.toBigDecimal();
    }
}
