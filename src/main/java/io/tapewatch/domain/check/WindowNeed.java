package io.tapewatch.domain.check;

import java.util.Arrays;

/**
 * What the rules that apply to a symbol need of one window.
 *
 * @param length the window's length in milliseconds
 * @param aspects what they need of its ticks, a bit each
 * @param since for each of these the time after which it can be known at the earliest: when the first rule that needs it
 *     came
 * @param baselines what they need of the baselines that it is compared with, each once
 */
record WindowNeed(long length, int aspects, long[] since, WindowNeed[] baselines) {

    /** The same, known of all ticks after a time. */
    WindowNeed knownAfter(long time) {
        long[] all = new long[since.length];
        Arrays.fill(all, time);
        WindowNeed[] ofBaselines =
                Arrays.stream(baselines).map(each -> each.knownAfter(time)).toArray(WindowNeed[]::new);
        return new WindowNeed(length, aspects, all, ofBaselines);
    }

    /** The same, known of ticks after a time at the earliest. */
    WindowNeed notKnownBefore(long time) {
        long[] later = Arrays.stream(since).map(each -> Math.max(each, time)).toArray();
        WindowNeed[] ofBaselines =
                Arrays.stream(baselines).map(each -> each.notKnownBefore(time)).toArray(WindowNeed[]::new);
        return new WindowNeed(length, aspects, later, ofBaselines);
    }
}
