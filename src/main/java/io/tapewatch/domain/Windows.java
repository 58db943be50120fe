package io.tapewatch.domain;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The windows of a job, and the slices they are composed of.
 *
 * <p>A slice ends wherever any window starts or ends, so every window is a whole number of slices, and a tick that
 * updates its slice has updated every window:
 *
 * <pre>
 *   1m  |-----|-----|-----|-----|-----|
 *   90s |--------|--------|--------|
 *       |-----|--|--|-----|-----|--|--|    slices
 * </pre>
 */
public final class Windows {

    private final WindowSpec[] specs;
    private final long[] lateness;
    private final long reviseEvery;

    /**
     * @param specs the windows
     * @param allowedLateness how long after its end a window may still change, in milliseconds
     * @param latenessOf the lateness of windows that differ from that, by the window's name
     * @param reviseEvery the least event time between two revisions of a window, in milliseconds
     */
    public Windows(List<WindowSpec> specs, long allowedLateness, Map<String, Long> latenessOf, long reviseEvery) {
        if (specs.isEmpty()) {
            throw new IllegalArgumentException("no windows; expected at least one, such as 1m");
        }
        for (String name : latenessOf.keySet()) {
            if (specs.stream().noneMatch(spec -> spec.name().equals(name))) {
                throw new IllegalArgumentException(
                        "a lateness for window " + name + ", which is not among the windows " + names(specs));
            }
        }
        for (WindowSpec spec : specs) {
            if (spec.form() != WindowSpec.Form.TUMBLING || spec.name().indexOf('@') >= 0) {
                throw new IllegalArgumentException("window '" + spec.name()
                        + "': hopping, sliding, cumulating and zoned windows are not supported yet;"
                        + " expected a duration such as 1m or 1h");
            }
        }
        this.specs = specs.toArray(WindowSpec[]::new);
        this.lateness = specs.stream()
                .mapToLong(spec -> latenessOf.getOrDefault(spec.name(), allowedLateness))
                .toArray();
        this.reviseEvery = reviseEvery;
    }

    private static String names(List<WindowSpec> specs) {
        return String.join(", ", specs.stream().map(WindowSpec::name).toList());
    }

    /** The windows and their lateness, such as {@code 1m (lateness 4h), 1h (lateness 4h)}. */
    @Override
    public String toString() {
        return IntStream.range(0, specs.length)
                .mapToObj(i -> specs[i].name() + " (lateness " + Durations.format(lateness[i]) + ")")
                .collect(Collectors.joining(", "));
    }

    int count() {
        return specs.length;
    }

    WindowSpec spec(int window) {
        return specs[window];
    }

    /** The index of the window of this name, or −1 when it is none of the job's (any more). */
    int indexOf(String name) {
        for (int i = 0; i < specs.length; i++) {
            if (specs[i].name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    long lateness(int window) {
        return lateness[window];
    }

    long reviseEvery() {
        return reviseEvery;
    }

    /** The start of the slice that {@code time} lies in. */
    long sliceStart(long time) {
        long start = Long.MIN_VALUE;
        for (WindowSpec spec : specs) {
            start = Math.max(start, spec.windowStart(time));
        }
        return start;
    }

    /** The end of the slice that {@code time} lies in, exclusive. */
    long sliceEnd(long time) {
        long end = Long.MAX_VALUE;
        for (WindowSpec spec : specs) {
            end = Math.min(end, spec.windowEnd(time));
        }
        return end;
    }

    /** The watermark that publishes the window that ends at {@code end}: its last millisecond. */
    static long closesAt(long end) {
        return end - 1;
    }

    /** The watermark from which on the window that ends at {@code end} cannot change. */
    long finalAt(int window, long end) {
        return closesAt(end) + lateness[window];
    }

    /** The watermark from which on no window can change that {@code time} lies in. */
    long finalAt(long time) {
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < specs.length; i++) {
            latest = Math.max(latest, finalAt(i, specs[i].windowEnd(time)));
        }
        return latest;
    }
}
