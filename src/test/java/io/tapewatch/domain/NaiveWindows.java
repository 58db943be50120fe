package io.tapewatch.domain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The windows of one symbol as the documentation words them: each window keeps all its ticks, and each watermark looks
 * at all windows there ever were. It shares the records with the product, and the {@link Bar}, which has tests of its
 * own.
 */
public final class NaiveWindows {

    private final String symbol;
    private final GeneratedTape tape;
    private final List<WindowSpec> specs;
    private final Map<String, Window> windows = new LinkedHashMap<>();
    private final Map<String, Integer> seen;
    private long watermark = Long.MIN_VALUE;

    private static final class Window {
        WindowSpec spec;
        long start;
        long end;
        final List<Tick> ticks = new ArrayList<>();
        int lastRevision = -1;
        Long revisedAt;
        Long due;
    }

    /** @param seen counts what happened, by its name, so that a test can tell whether it tested anything */
    public NaiveWindows(String symbol, GeneratedTape tape, Map<String, Integer> seen) {
        this.symbol = symbol;
        this.tape = tape;
        this.specs = WindowSpec.parseList(tape.windows());
        this.seen = seen;
    }

    /** Takes a tick. Whether it is counted in any window: if not, it is too late. */
    public boolean add(Tick tick) {
        int closed = 0;
        int over = 0;
        for (WindowSpec spec : specs) {
            Window window = windowOf(spec, tick.time());
            long lastChange = window.end - 1 + tape.lateness(spec);
            if (lastChange <= watermark) {
                over++;
                continue;
            }
            window.ticks.add(tick);
            if (window.end - 1 <= watermark) {
                closed++;
                if (window.due == null) {
                    long pace = window.revisedAt == null ? watermark : window.revisedAt + tape.reviseEvery();
                    window.due = Math.min(lastChange, Math.max(watermark + 1, pace));
                }
            }
        }
        saw("behind the watermark", tick.time() <= watermark);
        saw("late for a window", closed > 0);
        saw("too late", over == specs.size());
        saw("too late for some windows only", over > 0 && over < specs.size());
        return over < specs.size();
    }

    private Window windowOf(WindowSpec spec, long time) {
        long start = time - Math.floorMod(time, spec.length());
        return windows.computeIfAbsent(spec.name() + start, key -> {
            Window window = new Window();
            window.spec = spec;
            window.start = start;
            window.end = start + spec.length();
            return window;
        });
    }

    /** What is published when the watermark gets there, in no particular order. */
    public List<Summary> advanceTo(long newWatermark) {
        List<Summary> published = new ArrayList<>();
        for (Window window : windows.values()) {
            boolean closes = watermark < window.end - 1 && window.end - 1 <= newWatermark;
            boolean isRevised = window.due != null && window.due <= newWatermark;
            if (isRevised) {
                window.revisedAt = newWatermark;
                window.due = null;
                saw("first published late", window.lastRevision < 0);
                saw("revision", window.lastRevision >= 0);
                saw("second revision", window.lastRevision >= 1);
            }
            if (closes && !window.ticks.isEmpty()) {
                window.revisedAt = window.end - 1;
            }
            if (isRevised || closes && !window.ticks.isEmpty()) {
                published.add(summary(window, ++window.lastRevision));
            }
        }
        watermark = newWatermark;
        return published;
    }

    private void saw(String what, boolean happened) {
        if (happened) {
            seen.merge(what, 1, Integer::sum);
        }
    }

    private Summary summary(Window window, int revision) {
        Bar bar = new Bar();
        window.ticks.forEach(bar::add);
        return Summary.of(
                symbol,
                window.spec.name(),
                window.start,
                window.end,
                window.end,
                bar,
                null,
                revision,
                window.end + tape.lateness(window.spec));
    }

    /** Those of the highest revision, by symbol, window and start: what a reader keeps. */
    public static Map<String, Summary> latest(Iterable<Summary> summaries) {
        Map<String, Summary> latest = new TreeMap<>();
        for (Summary summary : summaries) {
            latest.merge(
                    summary.symbol() + " " + summary.window() + " " + summary.start(),
                    summary,
                    (one, other) -> one.revision() > other.revision() ? one : other);
        }
        return latest;
    }
}
