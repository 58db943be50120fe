package io.tapewatch.domain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Generated;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Specifications of all forms at generated times, against lists of all windows around the time. */
class WindowSpecAgainstListsTest {

    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    /** What the times of ticks range over, and 400 days more on both sides. */
    private static final long EARLIEST = 100_000_000_000L - 400 * DAY;

    private static final long LATEST = 4_100_000_000_000L + 400 * DAY;

    private static final String[] ZONES = {
        "America/New_York", "Europe/London", "Asia/Kathmandu", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia",
        "America/Havana", "America/Sao_Paulo", "Africa/Cairo", "Asia/Beirut", "Pacific/Chatham", "America/St_Johns",
        "Etc/GMT+5"
    };
    private static final long[] STEPS_OF_A_DAY = {
        60_000, 7 * 60_000 + 30_000, 45 * 60_000, HOUR, 2 * HOUR, 3 * HOUR, 8 * HOUR, 12 * HOUR, DAY
    };
    private static final long[] UNITS = {1, 1, 7, 1_000, 60_000, HOUR};

    private final Map<String, Integer> seen = new HashMap<>();
    private final Generated random = new Generated(20_240_310);

    private record Window(long start, long end) {}

    /** All windows, results and cuts of a specification that are near a time. */
    private static final class Near {
        final List<Window> windows = new ArrayList<>();
        final NavigableMap<Long, Window> byAsOf = new TreeMap<>();
        final NavigableSet<Long> cuts = new TreeSet<>();

        void add(long start, long end, long step) {
            Window window = new Window(start, end);
            windows.add(window);
            cuts.add(start);
            for (long asOf = start + step; asOf < end; asOf += step) {
                byAsOf.put(asOf, window);
                cuts.add(asOf);
            }
            byAsOf.put(end, window);
            cuts.add(end);
        }
    }

    @Test
    void everyFormAgreesWithAListOfItsWindows() {
        for (int i = 0; i < Rounds.of(20_000); i++) {
            long length = UNITS[random.below(UNITS.length)] * (1 + random.below(100));
            int parts = 2 + random.below(80);
            switch (random.below(4)) {
                case 0 -> checkTumbling(length);
                case 1 -> checkHopping(length, parts);
                case 2 -> checkCumulating(length, parts);
                default -> checkSliding(length);
            }
        }
        for (int i = 0; i < Rounds.of(6_000, 2_000); i++) {
            checkZoned(ZONES[random.below(ZONES.length)]);
        }

        assertThat(seen)
                .containsOnlyKeys(
                        "tumbling",
                        "hopping",
                        "cumulating",
                        "sliding",
                        "sliding of one-millisecond buckets",
                        "day of a zone",
                        "day so far of a zone",
                        "day of 23 hours",
                        "day of 24 hours",
                        "day of 25 hours",
                        "day of another length",
                        "short last step",
                        "step beyond 24 hours",
                        "date skipped",
                        "date shown again",
                        "first moment of a slice",
                        "last moment of a slice",
                        "before 1973",
                        "after 2099");
    }

    private void checkTumbling(long length) {
        WindowSpec spec = WindowSpec.parse(length + "ms");
        long time = time(length);
        Near near = new Near();
        long first = time - time % length - 3 * length;
        for (int i = 0; i < 7; i++) {
            near.add(first + i * length, first + (i + 1) * length, length);
        }
        check(spec, WindowSpec.Form.TUMBLING, "tumbling", time, near);
    }

    private void checkHopping(long step, int parts) {
        long length = step * parts;
        WindowSpec spec = WindowSpec.parse(length + "ms/" + step + "ms");
        long time = time(step);
        Near near = new Near();
        long first = time - time % step - length - 3 * step;
        for (int i = 0; i < parts + 7; i++) {
            near.add(first + i * step, first + i * step + length, length);
        }
        // And the windows of which only the end is near.
        for (long cut = first; cut < first + length; cut += step) {
            near.byAsOf.put(cut, new Window(cut - length, cut));
        }
        check(spec, WindowSpec.Form.HOPPING, "hopping", time, near);
    }

    private void checkCumulating(long step, int parts) {
        long length = step * parts;
        WindowSpec spec = WindowSpec.parse(length + "ms+" + step + "ms");
        long time = time(step);
        Near near = new Near();
        long first = time - time % length - 2 * length;
        for (int i = 0; i < 5; i++) {
            near.add(first + i * length, first + (i + 1) * length, step);
        }
        check(spec, WindowSpec.Form.CUMULATING, "cumulating", time, near);
    }

    private void checkZoned(String id) {
        ZoneId zone = ZoneId.of(id);
        boolean cumulates = !random.oneIn(3);
        long step = cumulates ? STEPS_OF_A_DAY[random.below(STEPS_OF_A_DAY.length)] : DAY;
        WindowSpec spec = WindowSpec.parse(cumulates ? "1d@" + id + "+" + step + "ms" : "1d@" + id);
        long time = timeNearChangeOf(zone.getRules());
        Near near = new Near();
        List<Long> beginnings = NaiveDays.beginnings(zone, time - 3 * DAY, time + 3 * DAY);
        for (int i = 1; i < beginnings.size(); i++) {
            long start = beginnings.get(i - 1);
            long end = beginnings.get(i);
            near.add(start, end, cumulates ? step : Long.MAX_VALUE / 2);
            if (start <= time && time < end) {
                seeDay(zone, time, start, end, step);
            }
        }
        // After 24 hours no day of a zone without changes has anything left.
        boolean isWholeDay = !cumulates || step == DAY && id.equals("Etc/GMT+5");
        check(
                spec,
                isWholeDay ? WindowSpec.Form.TUMBLING : WindowSpec.Form.CUMULATING,
                isWholeDay ? "day of a zone" : "day so far of a zone",
                time,
                near);
    }

    private void seeDay(ZoneId zone, long time, long start, long end, long step) {
        long hours = (end - start) / HOUR;
        saw(
                (end - start) % HOUR == 0 && hours >= 23 && hours <= 25
                        ? "day of " + hours + " hours"
                        : "day of another length",
                true);
        saw("short last step", (end - start) % step != 0);
        saw("step beyond 24 hours", end - start > DAY && step < DAY);
        saw(
                "date skipped",
                !NaiveDays.date(zone, end).equals(NaiveDays.date(zone, start).plusDays(1)));
        saw("date shown again", NaiveDays.date(zone, time).isBefore(NaiveDays.date(zone, start)));
    }

    private void check(WindowSpec spec, WindowSpec.Form form, String what, long time, Near near) {
        String where = spec + " at " + time;
        saw(what, true);
        assertThat(spec.form()).as(where).isEqualTo(form);
        checkCuts(spec, time, near.cuts, where);

        Window last = null;
        for (Window window : near.windows) {
            if (window.start <= time && time < window.end) {
                last = window;
            }
            assertCut(spec, window.start, where);
            assertCut(spec, window.end, where);
        }
        assertThat(new Window(spec.windowStart(time), spec.windowEnd(time)))
                .as(where)
                .isEqualTo(last);

        long from = near.cuts.lower(time) - 1;
        long to = near.cuts.higher(time) + 3 * spec.step() / 2;
        List<Long> expected = new ArrayList<>(near.byAsOf
                .subMap(from, false, Math.min(to, near.cuts.last()), true)
                .keySet());
        List<Long> actual = new ArrayList<>();
        for (long asOf = spec.firstAsOfAfter(from);
                asOf <= Math.min(to, near.cuts.last());
                asOf = spec.firstAsOfAfter(asOf)) {
            actual.add(asOf);
        }
        assertThat(actual).as(where).isEqualTo(expected).hasSizeGreaterThan(1);
        for (long asOf : near.byAsOf.keySet()) {
            assertThat(new Window(spec.startAsOf(asOf), spec.endAsOf(asOf)))
                    .as("%s as of %s", spec, asOf)
                    .isEqualTo(near.byAsOf.get(asOf));
        }
    }

    private void checkSliding(long length) {
        WindowSpec spec = WindowSpec.parse(length + "ms/tick");
        long bucket = Math.max(1, (long) Math.ceil(length / 60.0));
        long time = time(bucket);
        String where = spec + " at " + time;
        saw("sliding", true);
        saw("sliding of one-millisecond buckets", bucket == 1);
        assertThat(spec.form()).isEqualTo(WindowSpec.Form.SLIDING);
        assertThat(spec.step()).as(where).isEqualTo(bucket);
        NavigableSet<Long> cuts = new TreeSet<>();
        for (int i = -3; i <= 3; i++) {
            cuts.add(time - time % bucket + i * bucket);
        }
        checkCuts(spec, time, cuts, where);
        assertThat(spec.windowStart(time)).as(where).isEqualTo(cuts.floor(time));

        // The window of a tick at the end does not reach back to the time, that of one just before it does.
        long end = spec.windowEnd(time);
        assertThat(trailingStart(end, bucket)).as(where).isGreaterThan(time);
        assertThat(trailingStart(end - 1, bucket)).as(where).isLessThanOrEqualTo(time);
        assertThatThrownBy(() -> spec.firstAsOfAfter(time))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("window " + spec.name() + " has a result as of each tick");
        assertThatThrownBy(() -> spec.startAsOf(time)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> spec.endAsOf(time)).isInstanceOf(IllegalStateException.class);
    }

    private static long trailingStart(long tick, long bucket) {
        return tick - tick % bucket - 60 * bucket;
    }

    private void checkCuts(WindowSpec spec, long time, NavigableSet<Long> cuts, String where) {
        long before = spec.cutAtOrBefore(time);
        long after = spec.cutAfter(time);
        assertThat(before).as(where).isEqualTo(cuts.floor(time));
        assertThat(after).as(where).isEqualTo(cuts.higher(time));
        assertCut(spec, before, where);
        assertCut(spec, after, where);
        assertThat(spec.cutAfter(before)).as(where).isEqualTo(after);
        assertThat(spec.cutAtOrBefore(after - 1)).as(where).isEqualTo(before);
        saw("first moment of a slice", time == before);
        saw("last moment of a slice", time == after - 1);
        saw("before 1973", time < 94_694_400_000L);
        saw("after 2099", time >= 4_102_444_800_000L);
    }

    private static void assertCut(WindowSpec spec, long cut, String where) {
        assertThat(spec.cutAtOrBefore(cut)).as(where).isEqualTo(cut);
        assertThat(spec.cutAfter(cut - 1)).as(where).isEqualTo(cut);
    }

    /** Any time, often one at the edge of a slice. */
    private long time(long slice) {
        long time = anyTime();
        return switch (random.below(4)) {
            case 0 -> time - time % slice;
            case 1 -> time - time % slice - 1;
            default -> time;
        };
    }

    private long anyTime() {
        return switch (random.below(8)) {
            case 0 -> EARLIEST + random.below((int) HOUR) * 400L;
            case 1 -> LATEST - random.below((int) HOUR) * 400L;
            default -> EARLIEST + (LATEST - EARLIEST) / 1_000_000_000 * random.below(1_000_000_000);
        };
    }

    /** A time near a change of the clock, or any; often a full hour, or the moment before one. */
    private long timeNearChangeOf(ZoneRules rules) {
        long time = anyTime();
        Instant change =
                switch (random.below(4)) {
                    case 0 -> null;
                    case 1 -> instantOf(rules.nextTransition(Instant.ofEpochMilli(time)));
                    default -> knownChange(rules.getTransitions());
                };
        if (change != null) {
            int within = (int) (random.oneIn(2) ? HOUR : 2 * DAY);
            time = change.toEpochMilli() + random.below(2 * within) - within;
        }
        return switch (random.below(4)) {
            case 0 -> time - time % HOUR;
            case 1 -> time - time % HOUR - 1;
            case 2 -> time - time % (HOUR / 2) + 7 * 60_000;
            default -> time;
        };
    }

    private Instant knownChange(List<ZoneOffsetTransition> changes) {
        if (changes.isEmpty()) {
            return null;
        }
        Instant change = instantOf(changes.get(random.below(changes.size())));
        return change.toEpochMilli() < EARLIEST ? null : change;
    }

    private static Instant instantOf(ZoneOffsetTransition change) {
        return change == null ? null : change.getInstant();
    }

    private void saw(String what, boolean happened) {
        if (happened) {
            seen.merge(what, 1, Integer::sum);
        }
    }
}
