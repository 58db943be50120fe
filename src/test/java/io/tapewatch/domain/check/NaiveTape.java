package io.tapewatch.domain.check;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.quote.NaiveQuotes;
import io.tapewatch.domain.quote.QuoteSettings;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What one symbol was shown, looked up: its trades and quotes in order, with what stood or was known at each. A place is
 * that of a thing among all that was shown.
 */
public final class NaiveTape {

    final List<Shown> shown;
    final QuoteSettings settings;

    /** In order: those that are late are not among them. */
    final List<Tick> trades = new ArrayList<>();

    final List<Quote> quotes = new ArrayList<>();

    /** Of each trade: its quote or null, its side or null, and how many quotes in order were shown before. */
    public final List<Quote> quoteOfTrade = new ArrayList<>();

    public final List<Side> sideOfTrade = new ArrayList<>();
    final List<Integer> quotesBeforeTrade = new ArrayList<>();

    final List<Integer> placeOfTrade = new ArrayList<>();
    final List<Integer> placeOfQuote = new ArrayList<>();

    /** Of each place: what is known about the instrument then, or null; and how far event time has come. */
    final List<Instrument> instrumentAt = new ArrayList<>();

    public final List<Long> reachedAt = new ArrayList<>();

    /** The last of the watermarks themselves. */
    long lastWatermark = Long.MIN_VALUE;

    public NaiveTape(List<? extends Shown> shown, QuoteSettings settings) {
        this.shown = List.copyOf(shown);
        this.settings = settings;
        Instrument instrument = null;
        long reached = Long.MIN_VALUE;
        List<Quote> taken = new ArrayList<>();
        for (int place = 0; place < shown.size(); place++) {
            Shown each = shown.get(place);
            if (each instanceof Shown.InOrder inOrder) {
                Tick trade = inOrder.tick();
                Quote quote = NaiveQuotes.quoteOf(trade, taken, settings);
                quoteOfTrade.add(quote);
                sideOfTrade.add(NaiveQuotes.side(trade, quote, trades));
                quotesBeforeTrade.add(quotes.size());
                trades.add(trade);
                placeOfTrade.add(place);
                reached = Math.max(reached, trade.time() - 1);
            } else if (each instanceof Shown.QuoteInOrder inOrder) {
                quotes.add(inOrder.quote());
                placeOfQuote.add(place);
                taken.add(inOrder.quote());
                reached = Math.max(reached, inOrder.quote().time() - 1);
            } else if (each instanceof Shown.LateQuote late) {
                taken.add(late.quote());
            } else if (each instanceof Shown.Watermark watermark) {
                reached = Math.max(reached, watermark.time());
                lastWatermark = watermark.time();
            } else if (each instanceof Shown.Known known) {
                instrument = known.instrument();
            }
            instrumentAt.add(instrument);
            reachedAt.add(reached);
        }
    }

    /** The quotes that were shown before a place, late ones as well. */
    public List<Quote> takenBefore(int place) {
        List<Quote> taken = new ArrayList<>();
        for (Shown each : shown.subList(0, place)) {
            if (each instanceof Shown.QuoteInOrder inOrder) {
                taken.add(inOrder.quote());
            } else if (each instanceof Shown.LateQuote late) {
                taken.add(late.quote());
            }
        }
        return taken;
    }

    /** How many units a size of one stands for at a place. */
    BigDecimal multiplierAt(int place) {
        Instrument instrument = instrumentAt.get(place);
        return instrument == null
                ? BigDecimal.ONE
                : new BigDecimal(instrument.multiplier().toString());
    }
}
