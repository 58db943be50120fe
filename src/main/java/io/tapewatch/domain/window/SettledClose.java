package io.tapewatch.domain.window;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.exact.Decimal;
import org.jspecify.annotations.Nullable;

/**
 * The close of a symbol's last final window of one form.
 *
 * @param window the form, by its canonical name
 * @param through the windows that end at or before this are taken into account
 * @param end the end of the last of them that had ticks, or {@link EventTimes#BEGINNING}
 * @param close its close, or null without one
 */
record SettledClose(
        String window, long through, long end, @Nullable Decimal close) {

    boolean isKnown() {
        return end != EventTimes.BEGINNING;
    }

    /** The same without a close: it is too old to be compared with. */
    SettledClose forgotten() {
        return new SettledClose(window, through, EventTimes.BEGINNING, null);
    }
}
