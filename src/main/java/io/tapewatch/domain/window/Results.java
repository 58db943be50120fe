package io.tapewatch.domain.window;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.trade.FirstsOfDays;
import org.jspecify.annotations.Nullable;

/** Publishes the results of one symbol's windows. */
final class Results {

    private Instrument instrument;
    private final Windows windows;
    private final FirstsOfDays firsts;
    private final SummaryPublisher publisher;

    Results(Instrument instrument, Windows windows, FirstsOfDays firsts, SummaryPublisher publisher) {
        this.instrument = instrument;
        this.windows = windows;
        this.firsts = firsts;
        this.publisher = publisher;
    }

    /** Sets what is known about the instrument from now on. */
    void setInstrument(Instrument now) {
        instrument = now;
    }

    /**
     * Publishes what the ticks of a window add up to, as of a moment, if the window is whole.
     *
     * @param bar empty if all ticks were taken back since the revision before
     */
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
                bar.view(windows.spec(window).isOfDays(), firsts),
                previousClose,
                revision,
                mayChangeUntil));
    }
}
