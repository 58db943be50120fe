package io.tapewatch.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.window.WindowText.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the generated tapes exercise, and that the oracle keeps on them what is promised of every tape. */
class WindowsTapeTest {

    private static final int SEEDS = Rounds.of(400);
    private static final long FOR_EVER = 4_000L * 24 * 60 * 60 * 1000;

    @Test
    void theTapesExerciseWhatTheDocumentationTellsApart() {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            WindowsTape tape = tape(seed);
            List<Summary> published = published(tape, tape.settings(), seen);
            assertThat(published).as("%s; publications", tape).hasSizeLessThan(5_000);
            assertEachRevisionIsTheNext(published, tape);
        }
        assertThat(seen)
                .containsOnlyKeys(
                        "behind the watermark",
                        "carried close",
                        "carried close over more than lateness and length",
                        "close revised by a late tick",
                        "correction without a difference",
                        "cumulating",
                        "cumulating correction made needless by a result on time",
                        "cumulating correction of a snapshot",
                        "cumulating correction of the final result",
                        "cumulating final",
                        "cumulating step",
                        "cumulating step first published late",
                        "cumulating step skipped for lack of a tick",
                        "day of 23 h",
                        "day of 25 h",
                        "day of part of an hour",
                        "first published late",
                        "hopping",
                        "late for a window",
                        "previous close too old",
                        "revision",
                        "second revision",
                        "sliding",
                        "sliding: counted because another window counts it",
                        "sliding: late and counted from then on",
                        "sliding: too late for every window to come",
                        "sliding: too late for the lateness",
                        "tie",
                        "too late",
                        "too late for some windows only",
                        "tumbling",
                        "two results of one watermark advance for the same window",
                        "zoned")
                .allSatisfy((what, times) -> assertThat(times).as(what).isGreaterThanOrEqualTo(Rounds.of(10)));
    }

    private static void assertEachRevisionIsTheNext(List<Summary> summaries, WindowsTape tape) {
        Map<String, Summary> last = new HashMap<>();
        for (Summary summary : summaries) {
            Summary before = last.put(summary.window() + " " + summary.start() + " " + summary.asOf(), summary);
            assertThat(summary.revision())
                    .as("%s; revision of %s", tape, summary)
                    .isEqualTo(before == null ? 0 : before.revision() + 1);
        }
    }

    @Test
    void itIsTheSameWhetherTicksAreHandedOverAtOnceOrHeldUntilTheWatermarkPassesThem() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            WindowsTape tape = tape(seed);
            WindowsOracle atOnce = new WindowsOracle("BTC-USD", tape, new HashMap<>());
            WindowsOracle later = new WindowsOracle("BTC-USD", tape, new HashMap<>());
            TreeSet<Tick> held = new TreeSet<>();
            long watermark = Long.MIN_VALUE;
            for (WindowsTape.Event event : tape.events()) {
                Tick tick = event.tick();
                if (tick == null) {
                    watermark = event.watermark();
                    for (Iterator<Tick> ticks = held.iterator(); ticks.hasNext(); ) {
                        Tick next = ticks.next();
                        if (next.time() <= watermark) {
                            assertThat(later.add(next)).isEqualTo(Counted.BY_EVERY_WINDOW);
                            ticks.remove();
                        }
                    }
                    assertThat(later.advanceTo(watermark))
                            .as("%s; published at %d", tape, watermark)
                            .isEqualTo(atOnce.advanceTo(watermark));
                } else if (tick.time() > watermark) {
                    held.add(tick);
                    assertThat(atOnce.add(tick))
                            .as("%s; %s is counted", tape, tick)
                            .isEqualTo(Counted.BY_EVERY_WINDOW);
                } else {
                    assertThat(later.add(tick))
                            .as("%s; %s is counted", tape, tick)
                            .isEqualTo(atOnce.add(tick));
                }
            }
            assertThat(held).isEmpty();
        }
    }

    @Test
    void whereNoneIsTooLateTheLastRevisionsAreThoseOfTheTicksInOrder() {
        int compared = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            WindowsTape tape = tape(seed);
            Map<String, Integer> seen = new HashMap<>();
            WindowsTape.Settings patient = new WindowsTape.Settings(
                    tape.windows(), FOR_EVER, Map.of(), tape.reviseEvery(), tape.previousCloseMaxAge());
            List<Summary> asItCame = published(tape, patient, seen);

            WindowsOracle inOrder = new WindowsOracle("BTC-USD", patient, new HashMap<>());
            tape.events().stream().filter(event -> event.tick() != null).forEach(event -> inOrder.add(event.tick()));
            List<Summary> atTheEnd = inOrder.advanceTo(Long.MAX_VALUE);

            assertThat(seen).as("%s", tape).doesNotContainKey("sliding: too late for the lateness");
            assertThat(finals(asItCame)).as("%s", tape).isEqualTo(finals(atTheEnd));
            compared += seen.getOrDefault("revision", 0);
        }
        assertThat(compared).as("revisions").isGreaterThan(1_000);
    }

    /** The last revisions of whole windows, without their numbers; not of sliding ones, which are not revised. */
    private static Map<String, List<Object>> finals(List<Summary> summaries) {
        Map<String, List<Object>> finals = new TreeMap<>();
        WindowsOracle.latest(summaries).forEach((key, summary) -> {
            if (summary.asOf() == summary.end()
                    && WindowText.read(summary.window()).form() != Form.SLIDING) {
                List<Object> figures = new ArrayList<>(List.of(
                        summary.count(),
                        summary.open(),
                        summary.high(),
                        summary.low(),
                        summary.close(),
                        summary.mean(),
                        summary.mayChangeUntil()));
                figures.add(summary.previousClose());
                figures.add(summary.changePct());
                finals.put(key, figures);
            }
        });
        return finals;
    }

    private static WindowsTape tape(long seed) {
        return new WindowsTape(seed, 200, "BTC-USD");
    }

    private static List<Summary> published(WindowsTape tape, WindowsTape.Settings settings, Map<String, Integer> seen) {
        WindowsOracle oracle = new WindowsOracle("BTC-USD", settings, seen);
        List<Summary> published = new ArrayList<>();
        for (WindowsTape.Event event : tape.events()) {
            if (event.tick() != null) {
                oracle.add(event.tick());
            } else {
                published.addAll(oracle.advanceTo(event.watermark()));
            }
        }
        return published;
    }
}
