package io.tapewatch.domain;

import java.util.function.Consumer;

/** Publishes the results of one symbol's windows. */
final class Results {

    private Instrument instrument;
    private final Windows windows;
    private final Consumer<Summary> publisher;

    Results(Instrument instrument, Windows windows, Consumer<Summary> publisher) {
        this.instrument = instrument;
        this.windows = windows;
        this.publisher = publisher;
    }

    /** What is known about the instrument from now on. */
    void know(Instrument now) {
        instrument = now;
    }

    /** Publishes what the ticks of a window add up to, as of a moment. */
    void publish(int window, long start, long end, long asOf, Bar bar, Double previousClose, int revision) {
        // A sliding window has no corrections.
        long mayChangeUntil = windows.slides(window) ? end : Windows.plus(end, windows.lateness(window));
        publisher.accept(Summary.of(
                instrument,
                windows.spec(window).name(),
                start,
                end,
                asOf,
                bar,
                previousClose,
                revision,
                mayChangeUntil));
    }
}
