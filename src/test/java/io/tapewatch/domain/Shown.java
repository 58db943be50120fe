package io.tapewatch.domain;

/** What is shown to the rules of one symbol, one after the other. */
public sealed interface Shown {

    /** A tick in its order: event time had not passed it before, and has now. */
    record InOrder(Tick tick) implements Shown {}

    /** A tick behind the watermark. */
    record Late(Tick tick) implements Shown {}

    /** Event time comes so far, before every tick in order that is still to come. */
    record Watermark(long time) implements Shown {}
}
