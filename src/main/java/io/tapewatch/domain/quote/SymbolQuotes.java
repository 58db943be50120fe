package io.tapewatch.domain.quote;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimals;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a symbol's quotes for its trades to come: the last one, as long as it is not too old; and the last
 * direction of the price, for trades at the mid.
 *
 * <p>Trades and quotes are taken in their order ({@link TapeOrder}), so the quote of a trade is simply the last.
 */
public final class SymbolQuotes {

    private static final int FORMAT = 1;

    private @Nullable Quote last;

    private boolean hasTraded;
    private long lastPrice;
    private int lastPriceScale;
    private long lastTradeTime;

    /** The sign of the last change of price; 0 before the first. */
    private int direction;

    /** Takes the next quote in order. */
    public void take(Quote quote) {
        last = quote;
    }

    /**
     * Takes a quote that came behind the watermark, if it tells trades to come something.
     *
     * @return whether it does: it is after the last one taken, and not too old for all of them
     */
    public boolean takeLate(Quote quote, long watermark, QuoteSettings settings) {
        if (settings.isOver(quote, watermark) || last != null && quote.compareTo(last) <= 0) {
            return false;
        }
        last = quote;
        return true;
    }

    /** What the quotes say of the next trade in order. */
    public QuoteAtTrade of(Tick trade, QuoteSettings settings) {
        followPrice(trade);
        Quote quote = last != null && settings.isFresh(last, trade) ? last : null;
        return new QuoteAtTrade(quote, side(trade, quote, direction));
    }

    private void followPrice(Tick trade) {
        if (!hasTraded || trade.time() - lastTradeTime > EventTimes.MAX_GAP) {
            hasTraded = true;
            direction = 0;
        } else {
            int change = Decimals.compare(trade.priceUnits(), trade.priceScale(), lastPrice, lastPriceScale);
            direction = change == 0 ? direction : change;
        }
        lastPrice = trade.priceUnits();
        lastPriceScale = trade.priceScale();
        lastTradeTime = trade.time();
    }

    /** What they say of a trade that came behind the watermark: something if the quote before it is still kept. */
    public QuoteAtTrade ofLate(Tick trade, QuoteSettings settings) {
        boolean isTold = last != null && settings.order().compare(last, trade) < 0 && settings.isFresh(last, trade);
        Quote quote = isTold ? last : null;
        return new QuoteAtTrade(quote, side(trade, quote, 0));
    }

    private static @Nullable Side side(Tick trade, @Nullable Quote quote, int direction) {
        if (trade.side() != null || quote == null || !quote.hasMid()) {
            return trade.side();
        }
        Side side = quote.side(trade.priceUnits(), trade.priceScale());
        return side != null || direction == 0 ? side : direction > 0 ? Side.BUY : Side.SELL;
    }

    /** The watermark at which there is something to drop, or {@link EventTimes#NEVER}. */
    public long due(QuoteSettings settings) {
        return Math.min(
                last == null ? EventTimes.NEVER : last.time() + settings.maxAge(),
                hasTraded ? lastTradeTime + EventTimes.MAX_GAP : EventTimes.NEVER);
    }

    /** Drops what says nothing to trades after this watermark. */
    public void forget(long watermark, QuoteSettings settings) {
        if (last != null && settings.isOver(last, watermark)) {
            last = null;
        }
        if (hasTraded && lastTradeTime + EventTimes.MAX_GAP <= watermark) {
            hasTraded = false;
            direction = 0;
        }
    }

    /** Whether nothing is kept. */
    public boolean isEmpty() {
        return last == null && !hasTraded;
    }

    public SymbolQuotes copy() {
        SymbolQuotes copy = new SymbolQuotes();
        copy.last = last;
        copy.hasTraded = hasTraded;
        copy.lastPrice = lastPrice;
        copy.lastPriceScale = lastPriceScale;
        copy.lastTradeTime = lastTradeTime;
        copy.direction = direction;
        return copy;
    }

    /** Writes it as {@link #readFrom} reads it: a byte for the format's version, then what is kept. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeBoolean(last != null);
        if (last != null) {
            last.writeTo(out);
        }
        out.writeBoolean(hasTraded);
        if (hasTraded) {
            out.writeByte(lastPriceScale);
            out.writeLong(lastPrice);
            out.writeLong(lastTradeTime);
            out.writeByte(direction);
        }
    }

    /**
     * Reads what {@link #writeTo} wrote.
     *
     * @throws IOException also if it was written by another version of the job, in a format that is not known here
     */
    public static SymbolQuotes readFrom(DataInput in) throws IOException {
        int format = in.readByte();
        if (format != FORMAT) {
            throw new IOException("What is kept of quotes is in format " + format + "; known is " + FORMAT);
        }
        SymbolQuotes quotes = new SymbolQuotes();
        quotes.last = in.readBoolean() ? Quote.readFrom(in) : null;
        quotes.hasTraded = in.readBoolean();
        if (quotes.hasTraded) {
            quotes.lastPriceScale = in.readByte();
            quotes.lastPrice = in.readLong();
            quotes.lastTradeTime = in.readLong();
            quotes.direction = in.readByte();
        }
        return quotes;
    }
}
