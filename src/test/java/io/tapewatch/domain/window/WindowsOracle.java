package io.tapewatch.domain.window;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.window.WindowText.Form;
import io.tapewatch.domain.window.WindowText.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The windows of one symbol as the documentation words them: each window keeps all its ticks, and each watermark looks
 * at all windows there ever were. It shares the records with the product, and {@link Bar} and
 * {@link Durations}, which have tests of their own; which windows there are it reads for itself ({@link WindowText}).
 */
public final class WindowsOracle {

    private static final long HOUR = 60 * 60 * 1000;

    private final String symbol;
    private final WindowsTape.Settings settings;
    private final List<WindowsOfOneText> all = new ArrayList<>();
    private final Map<String, Integer> seen;
    private final Set<Long> times = new HashSet<>();
    private long watermark = Long.MIN_VALUE;

    /** @param seen counts what happened, by its name, so that a test can tell whether it tested anything */
    public WindowsOracle(String symbol, WindowsTape tape, Map<String, Integer> seen) {
        this(symbol, tape.settings(), seen);
    }

    WindowsOracle(String symbol, WindowsTape.Settings settings, Map<String, Integer> seen) {
        this.symbol = symbol;
        this.settings = settings;
        this.seen = seen;
        for (WindowText text : WindowText.readAll(settings.windows())) {
            all.add(text.form() == Form.SLIDING ? new SlidingWindows(text) : new KeptWindows(text));
        }
    }

    /** Takes a tick. Which of the windows that hold its time count it. */
    public Counted add(Tick tick) {
        Taken taken = new Taken();
        for (WindowsOfOneText windows : all) {
            windows.add(tick, taken);
        }
        if (taken.counted > 0) {
            all.forEach(windows -> windows.addIfRefused(tick));
        }
        saw("tie", !times.add(tick.time()));
        saw("behind the watermark", tick.time() <= watermark);
        saw("late for a window", taken.late > 0);
        saw("too late", taken.counted == 0);
        saw("too late for some windows only", taken.counted > 0 && taken.refused > 0);
        if (taken.counted == 0) {
            return Counted.BY_NO_WINDOW;
        }
        return taken.refused == 0 ? Counted.BY_EVERY_WINDOW : Counted.BY_SOME_WINDOWS;
    }

    /**
     * Takes a tick back, or has it be another, wherever it may still change something.
     *
     * @param after the tick as it is then, or null: it is taken back
     */
    public void amend(Tick before, Tick after) {
        for (WindowsOfOneText windows : all) {
            windows.amend(before, after);
        }
    }

    /** What is published when the watermark gets there, in no particular order. */
    public List<Summary> advanceTo(long newWatermark) {
        List<Summary> published = new ArrayList<>();
        for (WindowsOfOneText windows : all) {
            windows.advanceTo(newWatermark, published);
        }
        watermark = newWatermark;
        return published;
    }

    /** Those of the highest revision, by symbol, window, start and moment: what a reader keeps. */
    public static Map<String, Summary> latest(Iterable<Summary> summaries) {
        Map<String, Summary> latest = new TreeMap<>();
        for (Summary summary : summaries) {
            latest.merge(
                    summary.symbol() + " " + summary.window() + " " + summary.start() + " " + summary.asOf(),
                    summary,
                    (one, other) -> one.revision() > other.revision() ? one : other);
        }
        return latest;
    }

    private void saw(String what, boolean happened) {
        if (happened) {
            seen.merge(what, 1, Integer::sum);
        }
    }

    private boolean isReached(long time, long newWatermark) {
        return watermark < time && time <= newWatermark;
    }

    private static Bar barOf(List<Tick> ticks, long from, long to) {
        Bar bar = new Bar();
        for (Tick tick : ticks) {
            if (from <= tick.time() && tick.time() < to) {
                bar.add(tick);
            }
        }
        return bar;
    }

    /** In how many windows a tick was counted, how many refused it, and how many had been published without it. */
    private static final class Taken {
        private int counted;
        private int refused;
        private int late;
    }

    private interface WindowsOfOneText {

        void add(Tick tick, Taken taken);

        /** Takes a tick that is known because some window has counted it, into results still to come. */
        void addIfRefused(Tick tick);

        void amend(Tick before, Tick after);

        void advanceTo(long newWatermark, List<Summary> published);
    }

    private static boolean replace(List<Tick> ticks, Tick before, Tick after) {
        boolean found = ticks.remove(before);
        if (found && after != null) {
            ticks.add(after);
        }
        return found;
    }

    // Sliding.

    private final class SlidingWindows implements WindowsOfOneText {

        private final WindowText text;
        private final long lateness;
        private final List<Tick> ticks = new ArrayList<>();

        SlidingWindows(WindowText text) {
            this.text = text;
            this.lateness = settings.lateness(text.name());
        }

        private long bucketOf(long time) {
            return WindowText.fromTheEpoch(time, text.step()).start();
        }

        @Override
        public void add(Tick tick, Taken taken) {
            long time = tick.time();
            boolean isLate = time <= watermark;
            long leavesTheLastWindow = bucketOf(time) + 61 * text.step() - 1;
            if (isLate && watermark >= Math.min(time + lateness, leavesTheLastWindow)) {
                taken.refused++;
                saw("sliding: too late for the lateness", watermark >= time + lateness);
                saw("sliding: too late for every window to come", watermark >= leavesTheLastWindow);
            } else {
                taken.counted++;
                ticks.add(tick);
                saw("sliding: late and counted from then on", isLate);
            }
        }

        @Override
        public void addIfRefused(Tick tick) {
            if (!ticks.contains(tick)) {
                ticks.add(tick);
                saw("sliding: counted because another window counts it", true);
            }
        }

        @Override
        public void amend(Tick before, Tick after) {
            replace(ticks, before, after);
        }

        @Override
        public void advanceTo(long newWatermark, List<Summary> published) {
            TreeSet<Long> reached = new TreeSet<>();
            for (Tick tick : ticks) {
                if (isReached(tick.time(), newWatermark)) {
                    reached.add(tick.time());
                }
            }
            for (long time : reached) {
                long start = bucketOf(time) - 60 * text.step();
                Bar bar = barOf(ticks, start, time + 1);
                published.add(Summary.of(symbol, text.name(), start, time + 1, time, bar, null, 0, time + 1));
                saw("sliding", true);
            }
        }
    }

    // All others.

    private static final class Window {

        private final Span span;
        private final List<Tick> ticks = new ArrayList<>();

        /** What was published last, as of each moment. */
        private final Map<Long, Summary> results = new HashMap<>();

        /** What was published last of all, or null; always as of the latest moment. */
        private Summary latest;

        private long publishedAt;

        /** The watermark at which a correction is due, or null. */
        private Long due;

        /** Whether ticks have come late or were amended since the last publication. */
        private boolean changed;

        /** The first moment that has all late ticks since the last publication. */
        private long correctedAsOf = Long.MIN_VALUE;

        Window(Span span) {
            this.span = span;
        }
    }

    private final class KeptWindows implements WindowsOfOneText {

        private final WindowText text;
        private final long lateness;

        /** Those that have counted ticks, by their start. */
        private final TreeMap<Long, Window> windows = new TreeMap<>();

        KeptWindows(WindowText text) {
            this.text = text;
            this.lateness = settings.lateness(text.name());
        }

        @Override
        public void add(Tick tick, Taken taken) {
            for (Span span : text.windowsAt(tick.time())) {
                if (watermark >= span.end() - 1 + lateness) {
                    taken.refused++;
                    continue;
                }
                taken.counted++;
                Window window = windows.computeIfAbsent(span.start(), start -> new Window(span));
                window.ticks.add(tick);
                long firstAsOf = text.firstAsOf(span, tick.time());
                if (firstAsOf - 1 <= watermark) {
                    taken.late++;
                    boolean isOver = span.end() - 1 <= watermark;
                    window.correctedAsOf = Math.max(window.correctedAsOf, isOver ? span.end() : firstAsOf);
                    window.changed = true;
                    becomeDue(window);
                    reviseWhatComparesWith(window);
                }
            }
        }

        @Override
        public void addIfRefused(Tick tick) {
            // The window that refused it is final.
        }

        @Override
        public void amend(Tick before, Tick after) {
            for (Span span : text.windowsAt(before.time())) {
                Window window = windows.get(span.start());
                if (watermark >= span.end() - 1 + lateness || window == null || !window.ticks.contains(before)) {
                    continue;
                }
                replace(window.ticks, before, after);
                long firstAsOf = text.firstAsOf(span, before.time());
                if (firstAsOf - 1 <= watermark) {
                    boolean isOver = span.end() - 1 <= watermark;
                    window.correctedAsOf = Math.max(window.correctedAsOf, isOver ? span.end() : firstAsOf);
                    window.changed = true;
                    becomeDue(window);
                    saw("amended after it was published", true);
                    saw("emptied after it was published", window.ticks.isEmpty());
                } else {
                    saw("emptied before it was published", window.ticks.isEmpty() && window.latest == null);
                }
                reviseWhatComparesWith(window);
            }
        }

        private void becomeDue(Window window) {
            if (window.due == null) {
                long soonest = window.latest == null
                        ? watermark + 1
                        : Math.max(watermark + 1, window.publishedAt + settings.reviseEvery());
                window.due = Math.min(window.span.end() - 1 + lateness, soonest);
            }
        }

        private void reviseWhatComparesWith(Window changed) {
            for (Window window : windows.tailMap(changed.span.start(), false).values()) {
                if (window.latest != null
                        && !window.ticks.isEmpty()
                        && !Objects.equals(window.latest.previousClose(), previousClose(window))) {
                    saw("close revised by a late tick", window.due == null);
                    becomeDue(window);
                }
            }
        }

        private Window previous(Window window) {
            for (Window before :
                    windows.headMap(window.span.start(), false).descendingMap().values()) {
                if (!before.ticks.isEmpty()) {
                    return before;
                }
            }
            return null;
        }

        private Decimal previousClose(Window window) {
            if (text.form() == Form.HOPPING) {
                return null;
            }
            Window previous = previous(window);
            if (previous == null || window.span.start() - previous.span.end() > settings.previousCloseMaxAge()) {
                return null;
            }
            return Collections.max(previous.ticks).price();
        }

        @Override
        public void advanceTo(long newWatermark, List<Summary> published) {
            for (Window window : windows.values()) {
                int before = published.size();
                for (long asOf : reachedOnTime(window, newWatermark)) {
                    if (window.due != null && window.due < asOf - 1) {
                        correct(window, newWatermark, published);
                    }
                    publishOnTime(window, asOf, published);
                }
                if (window.due != null && window.due <= newWatermark) {
                    correct(window, newWatermark, published);
                }
                saw("two results of one watermark advance for the same window", published.size() - before >= 2);
            }
        }

        /** The moments, in their order, as of which there is a result just now: each step with ticks, and the end. */
        private TreeSet<Long> reachedOnTime(Window window, long newWatermark) {
            TreeSet<Long> reached = new TreeSet<>();
            if (!window.ticks.isEmpty()) {
                reached.add(window.span.end());
            }
            for (Tick tick : window.ticks) {
                reached.add(text.firstAsOf(window.span, tick.time()));
            }
            reached.removeIf(asOf -> !isReached(asOf - 1, newWatermark));
            return reached;
        }

        private void publishOnTime(Window window, long asOf, List<Summary> published) {
            boolean isFinal = asOf == window.span.end();
            if (text.form() == Form.CUMULATING) {
                long stepBefore = window.span.start() + (asOf - 1 - window.span.start()) / text.step() * text.step();
                boolean isFirst = stepBefore == window.span.start();
                saw("cumulating step", !isFinal);
                saw("cumulating final", isFinal);
                saw("cumulating step skipped for lack of a tick", !isFirst && !window.results.containsKey(stepBefore));
                saw("cumulating correction made needless by a result on time", window.due != null);
            }
            publish(window, summary(window, asOf, 0), asOf - 1, published);
        }

        private void correct(Window window, long newWatermark, List<Summary> published) {
            long asOf = window.correctedAsOf;
            if (window.latest != null) {
                asOf = Math.max(asOf, window.latest.asOf());
            }
            boolean isEmpty = barOf(window.ticks, window.span.start(), asOf).isEmpty();
            if (isEmpty && window.latest != null) {
                asOf = window.latest.asOf();
            }
            Summary last = window.results.get(asOf);
            if (last == null && isEmpty) {
                window.due = null;
                window.correctedAsOf = Long.MIN_VALUE;
                window.changed = false;
                return;
            }
            if (!window.changed && last != null && last.equals(summary(window, asOf, last.revision()))) {
                window.due = null;
                window.correctedAsOf = Long.MIN_VALUE;
                saw("correction without a difference", true);
                return;
            }
            int revision = last == null ? 0 : last.revision() + 1;
            saw("first published late", window.latest == null);
            saw("revision", revision >= 1);
            saw("second revision", revision >= 2);
            if (text.form() == Form.CUMULATING) {
                boolean isFinal = asOf == window.span.end();
                saw("cumulating correction of the final result", isFinal);
                saw("cumulating correction of a snapshot", !isFinal);
                saw("cumulating step first published late", !isFinal && revision == 0);
            }
            publish(window, summary(window, asOf, revision), newWatermark, published);
        }

        private void publish(Window window, Summary summary, long publishedAt, List<Summary> published) {
            published.add(summary);
            window.results.put(summary.asOf(), summary);
            window.latest = summary;
            window.publishedAt = publishedAt;
            window.due = null;
            window.changed = false;
            window.correctedAsOf = Long.MIN_VALUE;
            sawPublished(window, summary);
        }

        private Summary summary(Window window, long asOf, int revision) {
            Span span = window.span;
            return Summary.of(
                    symbol,
                    text.name(),
                    span.start(),
                    span.end(),
                    asOf,
                    barOf(window.ticks, span.start(), asOf),
                    previousClose(window),
                    revision,
                    span.end() + lateness);
        }

        private void sawPublished(Window window, Summary summary) {
            Span span = window.span;
            saw(text.form().name().toLowerCase(Locale.ROOT), true);
            if (text.zone() != null) {
                long day = span.end() - span.start();
                saw("zoned", true);
                saw("day of 23 h", day == 23 * HOUR);
                saw("day of 25 h", day == 25 * HOUR);
                saw("day of part of an hour", day % HOUR != 0);
            }
            Window previous = previous(window);
            if (previous != null && text.form() != Form.HOPPING) {
                long age = span.start() - previous.span.end();
                boolean isCarried = summary.previousClose() != null && age > 0;
                saw("carried close", isCarried);
                saw("carried close over more than lateness and length", isCarried && age > lateness + text.length());
                saw("previous close too old", summary.previousClose() == null);
            }
        }
    }
}
