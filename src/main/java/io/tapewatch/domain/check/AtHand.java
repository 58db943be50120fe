package io.tapewatch.domain.check;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.check.MetricValues.Measure;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.Decimals;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.rule.FlaggedTick;
import org.jspecify.annotations.NullUnmarked;

/**
 * The tick or quote that is being checked, and what is known beside it. One of a task, used for one after the other.
 *
 * <p>A metric says whether it needs a tick or a quote, and what else; no type does. Nobody asks for what a metric does not need.
 */
@NullUnmarked
final class AtHand {

    private static final long NANOS_OF_MILLI = 1_000_000;

    /** The tick at hand, or null when it is a quote. */
    private Tick tick;

    /** The quote at hand, or the tick's quote, which may be null. */
    private Quote quote;

    private Side side;
    private Decimal multiplier;
    private SymbolHistory history;
    private Closes closes;
    private boolean isLate;

    /** Goes on to the next tick; the windows of the history have been advanced to it, and do not hold it. */
    void moveTo(Tick next, QuoteAtTrade atTrade, Instrument instrument, SymbolHistory of, Closes ofDays) {
        begin(next, atTrade.quote(), false);
        side = atTrade.side();
        multiplier = instrument.multiplier();
        history = of;
        closes = ofDays;
    }

    /** Goes on to a tick that came behind the watermark: nothing is known of it but what it says itself. */
    void moveToLate(Tick next, Instrument instrument) {
        begin(next, null, true);
        multiplier = instrument.multiplier();
    }

    /** Goes on to the next quote; the windows of the history have been advanced to it, and do not hold it. */
    void moveTo(Quote next, SymbolHistory of) {
        begin(null, next, false);
        history = of;
    }

    /** Goes on to a quote that came behind the watermark: nothing is known of it but what it says itself. */
    void moveToLate(Quote next) {
        begin(null, next, true);
    }

    private void begin(Tick nextTick, Quote nextQuote, boolean late) {
        tick = nextTick;
        quote = nextQuote;
        isLate = late;
    }

    /** What a flag says of the tick or quote at hand. */
    FlaggedTick flagged() {
        return tick == null
                ? FlaggedTick.of(quote, isLate)
                : FlaggedTick.of(tick, hasTickBefore() ? history.lastPrice() : null, quote, isLate);
    }

    /** The tick, or null when a quote is checked. */
    Tick tick() {
        return tick;
    }

    /** The quote that is checked, or the tick's quote, which may be null. */
    Quote quote() {
        return quote;
    }

    /** The aggressor of the tick, or null. */
    Side side() {
        return side;
    }

    /** How many units a size of one stands for. */
    Decimal multiplier() {
        return multiplier;
    }

    /** What is known of the ticks and quotes before. */
    SymbolHistory history() {
        return history;
    }

    /** Whether it came behind the watermark. */
    boolean isLate() {
        return isLate;
    }

    /** The price of the tick; of a quote the ask, or null. */
    Decimal to() {
        return tick == null ? quote.ask() : tick.price();
    }

    /** The close of the day before the tick's, or null. */
    Decimal previousClose() {
        return isLate ? null : closes.previousClose(tick.time());
    }

    /** Whether the tick before is known. */
    boolean hasTickBefore() {
        return !isLate && history.hasLast();
    }

    /** The nanoseconds from a time to that of the tick. */
    long nanosFrom(long time, int nanos) {
        return (tick.time() - time) * NANOS_OF_MILLI + tick.nanos() - nanos;
    }

    /** The window that a metric is measured over. */
    TrailingWindow window(Measure measure) {
        StreamHistory of = measure.metric().countsQuotes() ? history.quotes() : history.ticks();
        return of.windows().get(measure.window());
    }

    // A window with the tick.

    /** The units of the highest price. */
    long highUnits(Cells cells) {
        return isHighest(cells) ? tick.priceUnits() : cells.highUnits();
    }

    /** Its scale. */
    int highScale(Cells cells) {
        return isHighest(cells) ? tick.priceScale() : cells.highScale();
    }

    /** The units of the lowest price. */
    long lowUnits(Cells cells) {
        return isLowest(cells) ? tick.priceUnits() : cells.lowUnits();
    }

    /** Its scale. */
    int lowScale(Cells cells) {
        return isLowest(cells) ? tick.priceScale() : cells.lowScale();
    }

    private boolean isHighest(Cells cells) {
        return Decimals.compare(tick.priceUnits(), tick.priceScale(), cells.highUnits(), cells.highScale()) > 0;
    }

    private boolean isLowest(Cells cells) {
        return Decimals.compare(tick.priceUnits(), tick.priceScale(), cells.lowUnits(), cells.lowScale()) < 0;
    }
}
