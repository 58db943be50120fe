package io.tapewatch.domain.window;

/** What a change behind the watermark, a late tick for example, does to the windows of one symbol that hold its time. */
final class LateChanges {

    private final Windows windows;
    private final PreviousCloses closes;
    private final Corrections corrections;

    LateChanges(Windows windows, PreviousCloses closes, Corrections corrections) {
        this.windows = windows;
        this.closes = closes;
        this.corrections = corrections;
    }

    /** Which windows count a late tick. Of overlapping windows, the first is final before the last. */
    Counted countedBy(long time, long watermark) {
        boolean any = false;
        boolean every = true;
        for (int i = 0; i < windows.count(); i++) {
            long firstUntil;
            long lastUntil;
            if (windows.slides(i)) {
                firstUntil = windows.slidesPast(i, time);
                lastUntil = firstUntil;
            } else {
                WindowSpec spec = windows.spec(i);
                firstUntil = windows.finalAt(i, firstEnd(spec, time));
                lastUntil = windows.finalAt(i, spec.windowEnd(time));
            }
            any |= lastUntil > watermark;
            every &= firstUntil > watermark;
        }
        return every ? Counted.BY_EVERY_WINDOW : any ? Counted.BY_SOME_WINDOWS : Counted.BY_NO_WINDOW;
    }

    /**
     * Has the windows corrected that hold a time, before something changes there: those that have been published and are not
     * final.
     *
     * @param followers takes the windows that are compared with them; they are to be {@linkplain Corrections#correct
     *     corrected} once it has changed
     */
    void begin(long time, long watermark, Corrections.Followers followers) {
        for (int i = 0; i < windows.count(); i++) {
            if (windows.slides(i)) {
                continue;
            }
            WindowSpec spec = windows.spec(i);
            long lastEnd = spec.windowEnd(time);
            for (long end = firstEnd(spec, time); end <= lastEnd; end += spec.step()) {
                if (windows.finalAt(i, end) > watermark) {
                    boolean isOver = Windows.closesAt(end) <= watermark || !windows.cumulates(i);
                    long asOf = isOver ? end : spec.firstAsOfAfter(time);
                    // A new form of window has no results from before it was there, and does not correct them.
                    if (Windows.closesAt(asOf) <= watermark && Windows.closesAt(asOf) > windows.since(i)) {
                        corrections.add(i, end, asOf, watermark);
                    }
                }
                if (windows.cumulates(i)) {
                    break;
                }
            }
            if (spec.comparesWithPrevious()) {
                if (windows.finalAt(i, lastEnd) > watermark) {
                    corrections.follow(followers, i, lastEnd, watermark);
                } else {
                    closes.settle(i, watermark);
                }
            }
        }
    }

    private static long firstEnd(WindowSpec spec, long time) {
        return spec.form() == WindowSpec.Form.HOPPING ? spec.firstAsOfAfter(time) : spec.windowEnd(time);
    }
}
