package io.tapewatch.domain.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Generated;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.trade.Eligibility;
import io.tapewatch.domain.trade.Eligibility.Last;
import io.tapewatch.domain.window.NaivePrints.Firsts;
import io.tapewatch.domain.window.NaivePrints.Print;
import io.tapewatch.domain.window.WindowText.Form;
import io.tapewatch.domain.window.WindowText.Span;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The windows of a symbol whose prints may update this or that, and are taken back. */
class WindowsOfPrintsTest {

    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;

    /** No tick is too late, and no window final. */
    private static final long FOR_EVER = 3_650 * DAY;

    private static final Eligibility VOLUME = new Eligibility(false, Last.NO, true, false);
    private static final Eligibility IN_MINUTES = new Eligibility(false, Last.NO, true, true);
    private static final Eligibility FIRST_OF_DAY = new Eligibility(true, Last.FIRST_OF_DAY, true, false);

    /** As an operator would: holds ticks until the watermark passes them, and keeps all of them. */
    private static final class Driven {
        private final Windows windows;
        private final Firsts firsts;
        private final NodesInMemory nodes = new NodesInMemory();
        private final List<Print> held = new ArrayList<>();
        private final List<Print> prints = new ArrayList<>();
        private final List<Summary> published = new ArrayList<>();
        private WindowsState state = new WindowsState();
        private SymbolWindows symbol;
        private long watermark = Long.MIN_VALUE;

        Driven(String specs, long reviseEvery, long previousCloseMaxAge, long dayLength) {
            windows = new Windows(WindowSpec.parseList(specs), FOR_EVER, Map.of(), reviseEvery, previousCloseMaxAge);
            firsts = new Firsts(dayLength);
            takeOut();
        }

        private void takeOut() {
            symbol = new SymbolWindows("BTC-USD", windows, state, nodes, firsts, published::add);
        }

        void add(Print print) {
            if (print.tick().time() <= watermark) {
                symbol.add(print.tick(), print.eligibility(), watermark);
                prints.add(print);
            } else {
                held.add(print);
            }
        }

        void advanceTo(long to) {
            held.sort((one, other) -> one.tick().compareTo(other.tick()));
            while (!held.isEmpty() && held.get(0).tick().time() <= to) {
                Print print = held.remove(0);
                symbol.add(print.tick(), print.eligibility(), watermark);
                prints.add(print);
            }
            symbol.advanceTo(watermark, to);
            watermark = to;
        }

        void takeBack(Print print) {
            prints.remove(print);
            symbol.change(print.tick().time(), watermark, bar -> {
                if (bar.subtract(print.tick(), print.eligibility(), firsts)) {
                    bar.clearTicks();
                    Slice slice = state.slices.floor(print.tick().time(), nodes);
                    Slice next = state.slices.ceiling(slice.start() + 1, nodes);
                    for (Print left : prints) {
                        long time = left.tick().time();
                        if (time >= slice.start() && (next == null || time < next.start())) {
                            bar.add(left.tick(), left.eligibility(), firsts);
                        }
                    }
                }
            });
        }

        /** To state and back. */
        void writeBack() throws IOException {
            nodes.writeBack();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            state.writeTo(new DataOutputStream(out));
            state = WindowsState.readFrom(new DataInputStream(new ByteArrayInputStream(out.toByteArray())));
            takeOut();
        }
    }

    @Test
    void theLastRevisionsAreThoseOfThePrintsInOrder() throws IOException {
        assertLastRevisions(true, false);
    }

    @Test
    void theLastRevisionsAreThoseOfThePrintsThatWereNotTakenBack() throws IOException {
        assertLastRevisions(false, true);
    }

    private static void assertLastRevisions(boolean withFirsts, boolean takingBack) throws IOException {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 1; seed <= Rounds.of(600); seed++) {
            Generated random = new Generated(seed);
            WindowsTape tape = new WindowsTape(seed, 120, "BTC-USD");
            boolean areFew = random.oneIn(3);
            Driven driven = new Driven(
                    tape.windows(),
                    tape.reviseEvery(),
                    tape.previousCloseMaxAge(),
                    random.oneIn(2) ? DAY : 1 + random.below(1_000_000));
            for (WindowsTape.Event event : tape.events()) {
                if (event.tick() != null) {
                    driven.add(new Print(
                            event.tick(),
                            areFew && random.oneIn(2) ? VOLUME : NaivePrints.anyEligibility(random, withFirsts)));
                } else {
                    driven.advanceTo(event.watermark());
                }
                while (takingBack && driven.watermark < Long.MAX_VALUE && !driven.prints.isEmpty() && random.oneIn(2)) {
                    driven.takeBack(driven.prints.get(driven.prints.size()
                            - 1
                            - random.below(Math.min(random.oneIn(3) ? 1_000 : 3, driven.prints.size()))));
                    seen.merge("taken back", 1, Integer::sum);
                }
                if (seed % 3 == 0) {
                    driven.writeBack();
                }
            }
            assertRevisions(driven.published, tape, seen);
            for (WindowText text : WindowText.readAll(tape.windows())) {
                if (text.form() != Form.SLIDING) {
                    assertThat(lastOf(text, driven.published))
                            .as("%s; window %s", tape, text.name())
                            .isEqualTo(expected(text, driven, tape.previousCloseMaxAge(), seen));
                }
            }
        }
        List<String> expected = new ArrayList<>(List.of("revised", "no close", "no price", "close before passed over"));
        if (takingBack) {
            expected.addAll(List.of("taken back", "emptied", "filled again"));
        }
        assertThat(seen)
                .containsOnlyKeys(expected.toArray(String[]::new))
                .allSatisfy((what, times) -> assertThat(times).as(what).isGreaterThan(Rounds.of(50)));
    }

    private static void assertRevisions(List<Summary> summaries, WindowsTape tape, Map<String, Integer> seen) {
        Map<String, Summary> last = new HashMap<>();
        for (Summary summary : summaries) {
            Summary before = last.put(summary.window() + " " + summary.start() + " " + summary.asOf(), summary);
            assertThat(summary.revision())
                    .as("%s; revision of %s", tape, summary)
                    .isEqualTo(before == null ? 0 : before.revision() + 1);
            assertThat(before == null && summary.isEmpty())
                    .as("%s; first published without a tick: %s", tape, summary)
                    .isFalse();
            if (before != null) {
                seen.merge("revised", 1, Integer::sum);
            }
            if (summary.isEmpty()) {
                seen.merge("emptied", 1, Integer::sum);
            } else if (before != null && before.isEmpty()) {
                seen.merge("filled again", 1, Integer::sum);
            }
        }
    }

    /** What a reader keeps in the end: of each window its figures as of its end, and none of those that are empty. */
    private static Map<Long, Map<String, Object>> lastOf(WindowText text, List<Summary> summaries) {
        Map<Long, Map<String, Object>> last = new TreeMap<>();
        for (Summary summary : WindowsOracle.latest(summaries).values()) {
            if (summary.window().equals(text.name()) && summary.asOf() == summary.end() && !summary.isEmpty()) {
                Map<String, Object> figures = NaivePrints.figures(summary);
                if (summary.previousClose() != null) {
                    figures.put("previousClose", summary.previousClose().toString());
                }
                last.put(summary.start(), figures);
            }
        }
        return last;
    }

    private static Map<Long, Map<String, Object>> expected(
            WindowText text, Driven driven, long maxAge, Map<String, Integer> seen) {
        boolean ofDays = text.form() == Form.CUMULATING || text.length() >= DAY;
        Map<Span, List<Print>> windows = new HashMap<>();
        for (Print print : driven.prints) {
            for (Span span : text.windowsAt(print.tick().time())) {
                windows.computeIfAbsent(span, any -> new ArrayList<>()).add(print);
            }
        }
        Map<Long, Map<String, Object>> expected = new TreeMap<>();
        Span before = null;
        String close = null;
        boolean passedOver = false;
        for (Span span : windows.keySet().stream()
                .sorted((one, other) -> Long.compare(one.start(), other.start()))
                .toList()) {
            List<Print> prints = windows.get(span);
            Map<String, Object> figures = NaivePrints.figures(prints, ofDays, driven.firsts);
            if (before != null && text.form() != Form.HOPPING && span.start() - before.end() <= maxAge) {
                figures.put("previousClose", close);
                if (passedOver) {
                    seen.merge("close before passed over", 1, Integer::sum);
                }
            }
            expected.put(span.start(), figures);
            passedOver = !figures.containsKey("close");
            if (!passedOver) {
                before = span;
                Tick last = prints.stream()
                        .filter(print -> print.setsEnds(ofDays, driven.firsts))
                        .map(Print::tick)
                        .max(Tick::compareTo)
                        .orElseThrow();
                close = last.price().toString();
            } else {
                seen.merge(figures.containsKey("high") ? "no close" : "no price", 1, Integer::sum);
            }
        }
        return expected;
    }

    // By hand.

    private long nextOffset;

    private Print at(long time, double price, Eligibility eligibility) {
        return new Print(
                Ticks.tick("BTC-USD")
                        .at(time)
                        .price(price)
                        .size(1)
                        .offset(nextOffset++)
                        .tick(),
                eligibility);
    }

    private static List<String> told(Driven driven, long watermark) {
        driven.published.clear();
        driven.advanceTo(watermark);
        return driven.published.stream()
                .map(summary -> "%s at %d, revision %d: %d and %d, %s to %s after %s, volume %s"
                        .formatted(
                                summary.window(),
                                summary.start(),
                                summary.revision(),
                                summary.count(),
                                summary.ineligible(),
                                summary.open(),
                                summary.close(),
                                summary.previousClose(),
                                summary.volume()))
                .toList();
    }

    @Test
    void extendedHoursCountInMinutesAndGiveADayTheirVolumeAlone() {
        Driven driven = new Driven("1m,1d", 0, DAY, DAY);
        driven.add(at(1, 100, IN_MINUTES));
        driven.add(at(2, 101, IN_MINUTES));
        driven.add(at(MINUTE, 90, Eligibility.ALL));

        assertThat(told(driven, DAY - 1))
                .containsExactly(
                        "1m at 0, revision 0: 2 and 0, 100 to 101 after null, volume 2",
                        "1m at 60000, revision 0: 1 and 0, 90 to 90 after 101, volume 1",
                        "1d at 0, revision 0: 1 and 2, 90 to 90 after null, volume 3");
    }

    @Test
    void aWindowThatHasLostItsOnlyTickIsPublishedWithoutOneAndItsFollowerIsComparedWithTheOneBefore() {
        Driven driven = new Driven("1m", 0, DAY, DAY);
        Print only = at(MINUTE, 101, Eligibility.ALL);
        driven.add(at(1, 100, Eligibility.ALL));
        driven.add(only);
        driven.add(at(2 * MINUTE, 102, Eligibility.ALL));
        assertThat(told(driven, 3 * MINUTE - 1)).hasSize(3);

        driven.takeBack(only);
        assertThat(told(driven, 3 * MINUTE))
                .containsExactlyInAnyOrder(
                        "1m at 60000, revision 1: 0 and 0, null to null after 100, volume null",
                        "1m at 120000, revision 1: 1 and 0, 102 to 102 after 100, volume 1");

        driven.add(at(MINUTE + 1, 103, Eligibility.ALL));
        assertThat(told(driven, 3 * MINUTE + 1))
                .containsExactlyInAnyOrder(
                        "1m at 60000, revision 2: 1 and 0, 103 to 103 after 100, volume 1",
                        "1m at 120000, revision 2: 1 and 0, 102 to 102 after 103, volume 1");
    }

    @Test
    void aWindowThatLosesItsOnlyTickBeforeItIsPublishedIsNotPublished() {
        Driven driven = new Driven("1m,1h+1m", 0, DAY, DAY);
        Print only = at(1, 100, Eligibility.ALL);
        driven.add(only);
        assertThat(told(driven, 2)).isEmpty();
        driven.takeBack(only);
        assertThat(told(driven, DAY)).isEmpty();
    }

    @Test
    void aLateTickThatIsTheFirstOfItsDayTakesTheCloseFromTheOneThatWas() {
        Driven driven = new Driven("1m", 0, DAY, DAY);
        driven.add(at(2 * MINUTE, 100, FIRST_OF_DAY));
        driven.add(at(3 * MINUTE, 101, FIRST_OF_DAY));
        assertThat(told(driven, 4 * MINUTE - 1))
                .containsExactly(
                        "1m at 120000, revision 0: 1 and 0, 100 to 100 after null, volume 1",
                        "1m at 180000, revision 0: 1 and 0, null to null after 100, volume 1");

        driven.add(at(MINUTE, 99, FIRST_OF_DAY));
        assertThat(told(driven, 4 * MINUTE))
                .containsExactlyInAnyOrder(
                        "1m at 60000, revision 0: 1 and 0, 99 to 99 after null, volume 1",
                        "1m at 120000, revision 1: 1 and 0, null to null after 99, volume 1",
                        "1m at 180000, revision 1: 1 and 0, null to null after 99, volume 1");
    }

    @Test
    void whatIsMissingIsToldAndWhatCameAfterAllIsTakenAway() {
        Driven driven = new Driven("1m", 0, DAY, DAY);
        driven.add(at(1, 100, Eligibility.ALL));
        driven.symbol.addMissing(1, 3, Long.MIN_VALUE);
        driven.advanceTo(MINUTE);
        driven.symbol.addMissing(1, -1, MINUTE);
        driven.advanceTo(MINUTE + 1);
        driven.symbol.addMissing(1, -2, MINUTE + 1);
        driven.advanceTo(MINUTE + 2);
        assertThat(driven.published).extracting(Summary::revision).containsExactly(0, 1, 2);
        assertThat(driven.published).extracting(Summary::missing).containsExactly(3L, 2L, 0L);
    }
}
