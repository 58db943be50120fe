package io.tapewatch.domain.window;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.exact.Decimal;
import org.jspecify.annotations.Nullable;

/** Publishes the results of one symbol's windows. */
final class Results {

    private Instrument instrument;
    private final Windows windows;
    private final SummaryPublisher publisher;

    Results(Instrument instrument, Windows windows, SummaryPublisher publisher) {
        this.instrument = instrument;
        this.windows = windows;
        this.publisher = publisher;
    }

    /** Sets what is known about the instrument from now on. */
    void setInstrument(Instrument now) {
        instrument = now;
    }

    /** Publishes what the ticks of a window add up to, as of a moment, if the window is whole. */
    void publish(int window, long start, long end, long asOf, Bar bar, @Nullable Decimal previousClose, int revision) {
        if (!windows.areWholeFrom(start)) {
            publisher.leaveOut();
            return;
        }
        // A sliding window has no corrections.
        long mayChangeUntil = windows.slides(window) ? end : Windows.plus(end, windows.lateness(window));
        publisher.publish(Summary.of(
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
