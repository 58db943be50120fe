package io.tapewatch.domain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One kind of window: tumbling, aligned to the epoch, such as {@code 1m}.
 *
 * @param name the canonical form: {@code 60s} is {@code 1m}
 * @param length how long each window is, in milliseconds
 */
public record WindowSpec(String name, long length) {

    /** The most windows one job keeps. */
    public static final int MAX_WINDOWS = 32;

    /** How many of the shortest window may make the longest: it is composed of that many slices. */
    static final long MAX_RATIO = 100_000;

    /** The longest window: 366 days, in milliseconds. */
    static final long MAX_LENGTH = 366L * 24 * 60 * 60 * 1000;

    public WindowSpec {
        if (length < 1 || length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a window of " + Durations.format(length) + "; expected 1ms to " + Durations.format(MAX_LENGTH));
        }
    }

    /** Reads one specification, such as {@code 1m}. */
    public static WindowSpec parse(String text) {
        String trimmed = text.trim();
        if (trimmed.indexOf('/') >= 0 || trimmed.indexOf('@') >= 0 || trimmed.indexOf('+') >= 0) {
            throw new IllegalArgumentException(
                    "window '" + trimmed
                            + "': hopping, sliding, cumulating and zoned windows are not supported yet; expected a duration such as 1m or 1h");
        }
        try {
            long length = Durations.parse(trimmed);
            return new WindowSpec(Durations.format(length), length);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("window '" + trimmed + "': " + e.getMessage(), e);
        }
    }

    /** Reads a comma-separated list, such as {@code 1m,1h}, in its order. */
    public static List<WindowSpec> parseList(String text) {
        List<WindowSpec> specs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String part : text.split(",", -1)) {
            WindowSpec spec = parse(part);
            if (!names.add(spec.name)) {
                throw new IllegalArgumentException("window '" + part.trim() + "' is listed twice: it is " + spec.name);
            }
            specs.add(spec);
        }
        if (specs.size() > MAX_WINDOWS) {
            throw new IllegalArgumentException(specs.size() + " windows; at most " + MAX_WINDOWS);
        }
        long longest = specs.stream().mapToLong(WindowSpec::length).max().orElseThrow();
        long shortest = specs.stream().mapToLong(WindowSpec::length).min().orElseThrow();
        if (longest / shortest > MAX_RATIO) {
            throw new IllegalArgumentException("windows of " + Durations.format(shortest) + " and of "
                    + Durations.format(longest) + "; at most " + MAX_RATIO + " of the shortest make the longest");
        }
        return specs;
    }

    /** The start of the window that {@code time} lies in. */
    long startOf(long time) {
        return Math.floorDiv(time, length) * length;
    }

    /** The end of the window that {@code time} lies in, exclusive. */
    long endOf(long time) {
        return startOf(time) + length;
    }
}
