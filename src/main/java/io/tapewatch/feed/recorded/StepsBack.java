package io.tapewatch.feed.recorded;

import java.time.Duration;

/** How far the times of rows go back behind the latest before them. */
final class StepsBack {

    private long latest = Long.MIN_VALUE;
    private long farthest;

    /** How far the next time is behind, in milliseconds. */
    long next(long time) {
        latest = Math.max(latest, time);
        long back = latest - time;
        farthest = Math.max(farthest, back);
        return back;
    }

    /** The most of all, in milliseconds. */
    long farthest() {
        return farthest;
    }

    /** {@code 23h 59m}, {@code 90s}, {@code 214ms}: roughly, for a person. */
    static String words(long millis) {
        Duration back = Duration.ofMillis(millis);
        if (back.toDays() > 0) {
            return two(back.toDays(), "d", back.toHoursPart(), "h");
        }
        if (back.toHours() > 0) {
            return two(back.toHours(), "h", back.toMinutesPart(), "m");
        }
        if (back.toMinutes() > 0) {
            return two(back.toMinutes(), "m", back.toSecondsPart(), "s");
        }
        return back.toSeconds() > 0 ? two(back.toSeconds(), "s", back.toMillisPart(), "ms") : millis + "ms";
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return large + unit + (small == 0 ? "" : " " + small + smallUnit);
    }
}
