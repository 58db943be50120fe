package io.tapewatch.domain.check;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Tick;

/** What is shown to the rules of one symbol, one after the other. */
public sealed interface Shown {

    /** A tick in its order: event time had not passed it before, and has now. */
    record InOrder(Tick tick) implements Shown {}

    /** A tick behind the watermark. */
    record Late(Tick tick) implements Shown {}

    /** A quote in its order, as a tick. */
    record QuoteInOrder(Quote quote) implements Shown {}

    /** A quote behind the watermark. */
    record LateQuote(Quote quote) implements Shown {}

    /** Event time comes so far, before every tick and quote in order that is still to come. */
    record Watermark(long time) implements Shown {}

    /** From now on this is known about the instrument, or null: nothing. Event time has come to all that was in order. */
    record Known(Instrument instrument) implements Shown {}
}
