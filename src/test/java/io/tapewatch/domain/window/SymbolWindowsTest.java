package io.tapewatch.domain.window;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Generated;
import io.tapewatch.domain.Tick;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SymbolWindowsTest {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** What the generated tapes must have exercised. */
    private static final String[] SEEN = {
        "tie",
        "slices joined",
        "behind the watermark",
        "late for a window",
        "too late",
        "too late for some windows only",
        "first published late",
        "revision",
        "second revision",
        "correction without a difference",
        "tumbling",
        "hopping",
        "sliding",
        "sliding: late and counted from then on",
        "sliding: counted because another window counts it",
        "sliding: too late for the lateness",
        "sliding: too late for every window to come",
        "cumulating",
        "zoned",
        "cumulating step",
        "cumulating step skipped for lack of a tick",
        "cumulating step first published late",
        "cumulating final",
        "cumulating correction of a snapshot",
        "cumulating correction of the final result",
        "cumulating correction made needless by a result on time",
        "carried close",
        "carried close over more than lateness and length",
        "previous close too old",
        "close revised by a late tick",
        "day of 23 h",
        "day of 25 h",
        "day of part of an hour",
        "two results of one watermark advance for the same window",
    };

    /** As an operator would: holds ticks until the watermark passes them, keeps nodes, and says when it comes by. */
    private static final class Driven implements SummaryPublisher {

        private final Windows windows;
        private final NodesInMemory nodes = new NodesInMemory();
        private final List<Tick> held = new ArrayList<>();
        private final List<Summary> published = new ArrayList<>();
        private WindowsState state = new WindowsState();
        private SymbolWindows symbol;
        private int unpublished;
        private long watermark = Long.MIN_VALUE;

        Driven(String specs, long lateness, Map<String, Long> latenessOf, long reviseEvery, long previousCloseMaxAge) {
            windows = new Windows(WindowSpec.parseList(specs), lateness, latenessOf, reviseEvery, previousCloseMaxAge);
            takeOut();
        }

        Driven(String specs, long lateness, Map<String, Long> latenessOf, long reviseEvery) {
            this(specs, lateness, latenessOf, reviseEvery, 0);
        }

        private void takeOut() {
            symbol = new SymbolWindows("BTC-USD", windows, state, nodes, this);
        }

        @Override
        public void publish(Summary summary) {
            published.add(summary);
        }

        @Override
        public void leaveOut() {
            unpublished++;
        }

        Counted add(Tick tick) {
            if (tick.time() <= watermark) {
                return symbol.add(tick, watermark);
            }
            held.add(tick);
            return Counted.BY_EVERY_WINDOW;
        }

        List<Summary> advanceTo(long newWatermark) {
            published.clear();
            held.sort(null);
            while (!held.isEmpty() && held.get(0).time() <= newWatermark) {
                assertThat(symbol.add(held.remove(0), watermark))
                        .as("a tick ahead of the watermark misses no window")
                        .isEqualTo(Counted.BY_EVERY_WINDOW);
            }
            symbol.advanceTo(watermark, newWatermark);
            watermark = newWatermark;
            return List.copyOf(published);
        }

        int slices() {
            int count = 0;
            for (Slice slice = state.slices.ceiling(Long.MIN_VALUE, nodes); slice != null; count++) {
                slice = state.slices.ceiling(slice.start() + 1, nodes);
            }
            return count;
        }

        long ticksInSlices() {
            long ticks = 0;
            for (Slice slice = state.slices.ceiling(Long.MIN_VALUE, nodes); slice != null; ) {
                ticks += slice.bar().count();
                slice = state.slices.ceiling(slice.start() + 1, nodes);
            }
            return ticks;
        }

        /** Stops, and goes on as another. */
        Driven goOn(Driven next) throws IOException {
            writeBack();
            next.nodes.takeFrom(nodes);
            next.state = state;
            next.held.addAll(held);
            next.watermark = watermark;
            boolean others = next.windows.restore(windows.kept(), watermark);
            next.takeOut();
            if (others) {
                next.symbol.reschedule();
            }
            return next;
        }

        /** To state and back. */
        void writeBack() throws IOException {
            nodes.writeBack();
            state = written(state);
            takeOut();
        }
    }

    @Test
    void everyPublicationAndEveryLateTickIsWhatTheDocumentationSays() throws IOException {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 1; seed <= Rounds.of(600); seed++) {
            WindowsTape tape = new WindowsTape(seed, 200, "BTC-USD");
            WindowsOracle oracle = new WindowsOracle("BTC-USD", tape, seen);
            Driven driven = new Driven(
                    tape.windows(),
                    tape.allowedLateness(),
                    tape.latenessOf(),
                    tape.reviseEvery(),
                    tape.previousCloseMaxAge());
            List<Summary> all = new ArrayList<>();
            for (WindowsTape.Event event : tape.events()) {
                if (event.tick() != null) {
                    assertThat(driven.add(event.tick()))
                            .as("%s; who counts %s", tape, event.tick())
                            .isEqualTo(oracle.add(event.tick()));
                } else {
                    int slices = driven.slices();
                    long ticks = driven.ticksInSlices();
                    List<Summary> published = driven.advanceTo(event.watermark());
                    if (driven.slices() < slices && driven.ticksInSlices() >= ticks) {
                        seen.merge("slices joined", 1, Integer::sum);
                    }
                    List<Summary> expected = oracle.advanceTo(event.watermark());
                    List<Summary> missing = new ArrayList<>(expected);
                    List<Summary> unexpected = new ArrayList<>(published);
                    published.forEach(missing::remove);
                    expected.forEach(unexpected::remove);
                    assertThat(missing)
                            .as("%s; not published at %d, but %s", tape, event.watermark(), unexpected)
                            .isEmpty();
                    assertThat(unexpected)
                            .as("%s; published at %d", tape, event.watermark())
                            .isEmpty();
                    all.addAll(published);
                }
                if (seed % 3 == 0 || seed % 3 == 1 && event.tick() == null) {
                    driven.writeBack();
                }
            }
            assertThat(driven.state.isEmpty()).as("%s; nothing is left", tape).isTrue();
            assertThat(driven.state.due()).as("%s; nothing is due", tape).isEqualTo(EventTimes.NEVER);
            assertThat(driven.nodes.isEmpty()).as("%s; nodes", tape).isTrue();
            assertEachRevisionIsTheNextAndDiffers(all, tape);
        }
        assertThat(seen).containsKeys(SEEN);
    }

    /**
     * Begins in the middle: of the ticks before some time only some are read. What is published is what a job publishes
     * to which the tape begins at that time, except the windows that were open then.
     */
    @Test
    void windowsAreWholeOrNotPublished() throws IOException {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 1; seed <= Rounds.of(400); seed++) {
            Generated random = new Generated(seed);
            WindowsTape tape = new WindowsTape(seed, 200, "BTC-USD");
            List<Tick> ticks = tape.events().stream()
                    .map(WindowsTape.Event::tick)
                    .filter(tick -> tick != null)
                    .toList();
            long wholeFrom = ticks.get(random.below(ticks.size())).time() - 1 + random.below(3);
            String as = tape + "; whole from " + wholeFrom;
            WindowsOracle oracle = new WindowsOracle("BTC-USD", tape, new HashMap<>());
            Driven driven = driven(Arrays.asList(tape.windows().split(",")), tape);
            driven.windows.wholeFrom(wholeFrom);
            for (WindowsTape.Event event : tape.events()) {
                if (event.tick() != null) {
                    boolean isKnown = event.tick().time() >= wholeFrom;
                    if (isKnown) {
                        oracle.add(event.tick());
                    }
                    if (isKnown || random.oneIn(2)) {
                        driven.add(event.tick());
                    }
                    continue;
                }
                List<Summary> expected = oracle.advanceTo(event.watermark()).stream()
                        .filter(summary -> summary.start() >= wholeFrom)
                        .toList();
                assertThat(driven.advanceTo(event.watermark()))
                        .as("%s; published at %d", as, event.watermark())
                        .containsExactlyInAnyOrderElementsOf(expected);
                for (Summary summary : expected) {
                    seen.merge(WindowText.read(summary.window()).form().toString(), 1, Integer::sum);
                    seen.merge(summary.revision() > 0 ? "revised" : "first", 1, Integer::sum);
                    seen.merge(summary.previousClose() == null ? "no close before" : "a close before", 1, Integer::sum);
                }
                seen.merge("unpublished", driven.unpublished, Integer::sum);
                driven.unpublished = 0;
                if (seed % 2 == 0) {
                    driven.writeBack();
                }
            }
            assertThat(driven.state.isEmpty()).as("%s; nothing is left", as).isTrue();
            assertThat(driven.nodes.isEmpty()).as("%s; nodes", as).isTrue();
        }
        assertThat(seen)
                .containsOnlyKeys(
                        "TUMBLING",
                        "HOPPING",
                        "SLIDING",
                        "CUMULATING",
                        "first",
                        "revised",
                        "a close before",
                        "no close before",
                        "unpublished")
                .allSatisfy((what, times) -> assertThat(times).as(what).isGreaterThan(Rounds.of(100)));
    }

    /**
     * Stops in the middle and goes on with other windows: of those that stay everything is as if nothing had happened; of
     * a new one the windows that start after the stop are right, and one that was open holds no tick that is not its own.
     */
    @Test
    void windowsComeAndGoBetweenTwoRunsAndTheOthersAreNotTouched() throws IOException {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 1; seed <= Rounds.of(300); seed++) {
            Generated random = new Generated(seed);
            WindowsTape tape = new WindowsTape(seed, 200, "BTC-USD");
            List<String> all = Arrays.asList(tape.windows().split(","));
            List<String> before = some(all, random);
            List<String> after = some(all, random);
            String as = tape + "; from " + before + " to " + after;

            WindowsOracle oracle = new WindowsOracle("BTC-USD", tape, new HashMap<>());
            Driven driven = driven(before, tape);
            int stopAfter = 20 + random.below(100);
            long stoppedAt = Long.MIN_VALUE;
            boolean stopped = false;
            Set<String> known = new HashSet<>();
            for (WindowsTape.Event event : tape.events()) {
                if (event.tick() != null) {
                    oracle.add(event.tick());
                    driven.add(event.tick());
                    continue;
                }
                List<Summary> expected = oracle.advanceTo(event.watermark());
                List<Summary> published = driven.advanceTo(event.watermark());
                List<String> running = stopped ? after : before;
                for (Summary summary : expected) {
                    boolean isNew = stopped && !before.contains(summary.window());
                    if (!running.contains(summary.window()) || summary.window().endsWith("/tick")) {
                        continue;
                    }
                    if (!isNew) {
                        assertThat(published)
                                .as("%s at %d", as, event.watermark())
                                .contains(summary);
                        seen.merge(stopped ? "stays" : "before", 1, Integer::sum);
                    } else if (summary.start() > stoppedAt) {
                        assertThat(published)
                                .as("%s at %d", as, event.watermark())
                                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("previousClose", "changePct")
                                .contains(summary);
                        if (!known.add(summary.window())) {
                            assertThat(published)
                                    .as("%s at %d: previous close", as, event.watermark())
                                    .contains(summary);
                        }
                        seen.merge("new", 1, Integer::sum);
                    }
                }
                for (Summary summary : published) {
                    assertThat(running).as(as).contains(summary.window());
                    if (stopped
                            && !before.contains(summary.window())
                            && summary.start() <= stoppedAt
                            && !summary.window().endsWith("/tick")) {
                        assertThat(summary.asOf() - 1).as("%s: %s", as, summary).isGreaterThan(stoppedAt);
                        assertThat(summary.firstTime())
                                .as("%s: %s", as, summary)
                                .isGreaterThanOrEqualTo(summary.start());
                        assertThat(summary.lastTime()).as("%s: %s", as, summary).isLessThan(summary.asOf());
                        seen.merge("new and open", 1, Integer::sum);
                    }
                }
                if (!stopped && stopAfter-- == 0) {
                    stopped = true;
                    stoppedAt = event.watermark();
                    driven = driven.goOn(driven(after, tape));
                }
            }
            assertThat(driven.state.isEmpty()).as("%s; nothing is left", as).isTrue();
            assertThat(driven.nodes.isEmpty()).as("%s; nodes", as).isTrue();
        }
        assertThat(seen).containsOnlyKeys("before", "stays", "new", "new and open");
    }

    private static List<String> some(List<String> all, Generated random) {
        List<String> some = new ArrayList<>(all);
        Collections.shuffle(some, new Random(random.below(1_000_000)));
        return some.subList(0, 1 + random.below(some.size()));
    }

    private static Driven driven(List<String> specs, WindowsTape tape) {
        Map<String, Long> latenessOf = new HashMap<>(tape.latenessOf());
        latenessOf.keySet().retainAll(specs);
        return new Driven(
                String.join(",", specs),
                tape.allowedLateness(),
                latenessOf,
                tape.reviseEvery(),
                tape.previousCloseMaxAge());
    }

    @Test
    void aLongerLatenessDoesNotOpenWhatWasFinal() throws IOException {
        Driven brief = new Driven("1m", SECOND, Map.of(), 0);
        brief.add(tick("BTC-USD").at(1).tick());
        brief.advanceTo(MINUTE + 2 * SECOND);
        Driven longer = brief.goOn(new Driven("1m", HOUR, Map.of(), 0));
        assertThat(longer.add(tick("BTC-USD").at(2).tick())).as("final").isEqualTo(Counted.BY_NO_WINDOW);
        longer.add(tick("BTC-USD").at(MINUTE + 3 * SECOND).tick());
        longer.advanceTo(10 * MINUTE);
        assertThat(longer.add(tick("BTC-USD").at(MINUTE + 4 * SECOND).tick())).isEqualTo(Counted.BY_EVERY_WINDOW);
        assertThat(longer.advanceTo(11 * MINUTE)).extracting(Summary::revision).containsExactly(1);
    }

    private static void assertEachRevisionIsTheNextAndDiffers(List<Summary> summaries, WindowsTape tape) {
        Map<String, Summary> last = new HashMap<>();
        for (Summary summary : summaries) {
            Summary before = last.put(summary.window() + " " + summary.start() + " " + summary.asOf(), summary);
            assertThat(summary.revision())
                    .as("%s; revision of %s", tape, summary)
                    .isEqualTo(before == null ? 0 : before.revision() + 1);
            if (before != null && summary.count() == before.count()) {
                assertThat(summary.previousClose())
                        .as("%s; change of %s", tape, summary)
                        .isNotEqualTo(before.previousClose());
            }
        }
    }

    @Test
    void aWindowIsPublishedWithItsLastMillisecond() {
        Driven minutes = new Driven("1m", 0, Map.of(), 0);
        minutes.add(tick("BTC-USD").at(0).price(7).tick());
        assertThat(minutes.advanceTo(59_998)).isEmpty();
        assertThat(minutes.advanceTo(59_999)).singleElement().satisfies(summary -> {
            assertThat(summary.close()).hasToString("7");
            assertThat(summary.end()).isEqualTo(MINUTE);
            assertThat(summary.asOf()).isEqualTo(MINUTE);
            assertThat(summary.revision()).isZero();
            assertThat(summary.mayChangeUntil()).isEqualTo(MINUTE);
        });
    }

    @Test
    void manyLateTicksMakeOneRevisionAPace() {
        Driven minutes = new Driven("1m", 10 * MINUTE, Map.of(), SECOND);
        minutes.add(tick("BTC-USD").at(1).tick());
        minutes.advanceTo(MINUTE);
        for (int i = 0; i < 100; i++) {
            minutes.add(tick("BTC-USD").at(2).offset(i).tick());
        }
        assertThat(minutes.advanceTo(MINUTE + SECOND - 2)).isEmpty();
        assertThat(minutes.advanceTo(MINUTE + SECOND - 1)).singleElement().satisfies(summary -> {
            assertThat(summary.count()).isEqualTo(101);
            assertThat(summary.revision()).isEqualTo(1);
        });
        minutes.add(tick("BTC-USD").at(3).tick());
        assertThat(minutes.advanceTo(MINUTE + 2 * SECOND - 2)).isEmpty();
        assertThat(minutes.advanceTo(MINUTE + 2 * SECOND - 1))
                .extracting(Summary::revision)
                .containsExactly(2);
    }

    @Test
    void aRevisionIsPublishedBeforeItsWindowIsFinalHoweverSlowThePace() {
        Driven minutes = new Driven("1m", 5 * SECOND, Map.of(), MINUTE);
        minutes.add(tick("BTC-USD").at(1).tick());
        minutes.advanceTo(MINUTE);
        minutes.add(tick("BTC-USD").at(2).tick());
        minutes.advanceTo(MINUTE + 1);
        minutes.add(tick("BTC-USD").at(3).tick());
        assertThat(minutes.advanceTo(MINUTE + 5 * SECOND - 2)).isEmpty();
        assertThat(minutes.advanceTo(MINUTE + 5 * SECOND - 1))
                .extracting(Summary::count)
                .containsExactly(3L);
        assertThat(minutes.add(tick("BTC-USD").at(4).tick())).as("final").isEqualTo(Counted.BY_NO_WINDOW);
        minutes.advanceTo(HOUR);
        assertThat(minutes.state.isEmpty()).isTrue();
    }

    /** Each window decides for itself, by its own end and its own lateness. */
    @Test
    void aTickMissesTheWindowsThatAreFinalWhileOthersCountIt() {
        // 1m is final at 69,999, 2m at 119,999, 1h/30m at 35 min for [-30m, 30m) and at 65 min for [0, 60m).
        Driven windows = new Driven("1m,2m,1h/30m", 0, Map.of("1m", 10 * SECOND, "1h/30m", 5 * MINUTE), 0);
        Tick late = tick("BTC-USD").at(1).tick();
        windows.advanceTo(69_998);
        assertThat(windows.add(late)).isEqualTo(Counted.BY_EVERY_WINDOW);
        windows.advanceTo(69_999);
        assertThat(windows.add(late)).as("1m misses it").isEqualTo(Counted.BY_SOME_WINDOWS);
        windows.advanceTo(65 * MINUTE - 2);
        assertThat(windows.add(late)).as("[0, 60m) alone counts it").isEqualTo(Counted.BY_SOME_WINDOWS);
        windows.advanceTo(65 * MINUTE - 1);
        assertThat(windows.add(late)).isEqualTo(Counted.BY_NO_WINDOW);
    }

    @Test
    void aTickMissesTheFirstOfOverlappingWindowsBeforeTheLast() {
        Driven hops = new Driven("2m/1m", 0, Map.of(), 0);
        Tick late = tick("BTC-USD").at(1).tick();
        hops.advanceTo(59_998);
        assertThat(hops.add(late)).isEqualTo(Counted.BY_EVERY_WINDOW);
        hops.advanceTo(59_999);
        assertThat(hops.add(late)).as("[-1m, 1m) misses it").isEqualTo(Counted.BY_SOME_WINDOWS);
        hops.advanceTo(119_999);
        assertThat(hops.add(late)).isEqualTo(Counted.BY_NO_WINDOW);
    }

    @Test
    void aWindowThatWasNotThereWhenItEndedMissesALateTick() throws IOException {
        Driven days = new Driven("1d", DAY, Map.of(), 0);
        days.advanceTo(10 * MINUTE);
        Driven daysAndMinutes = days.goOn(new Driven("1d,1m", DAY, Map.of(), 0));
        assertThat(daysAndMinutes.add(tick("BTC-USD").at(1).tick())).isEqualTo(Counted.BY_SOME_WINDOWS);
        assertThat(daysAndMinutes.add(tick("BTC-USD").at(10 * MINUTE).tick())).isEqualTo(Counted.BY_EVERY_WINDOW);
    }

    @Test
    void whatALaterReleaseWroteIsRefused() {
        byte[] later = {3};
        assertThatThrownBy(() -> WindowsState.readFrom(new DataInputStream(new ByteArrayInputStream(later))))
                .isInstanceOf(IOException.class)
                .hasMessage("layout 3 of a symbol's windows was written by another release");
    }

    private static WindowsState written(WindowsState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        state.writeTo(new DataOutputStream(bytes));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        WindowsState read = WindowsState.readFrom(in);
        assertThat(in.available()).isZero();
        return read;
    }
}
