package io.tapewatch.domain;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SymbolWindowsTest {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;

    /** As an operator would: keeps slices and visits, and comes back when the watermark says so. */
    private static final class Driven implements SliceStore {

        private final Windows windows;
        private final TreeMap<Long, Slice> slices = new TreeMap<>();
        private final TreeSet<Long> visits = new TreeSet<>();
        private SymbolWindows symbol = new SymbolWindows();
        private long watermark = Long.MIN_VALUE;

        Driven(String specs, long lateness, Map<String, Long> latenessOf, long reviseEvery) {
            windows = new Windows(WindowSpec.parseList(specs), lateness, latenessOf, reviseEvery);
        }

        boolean add(Tick tick) {
            return symbol.add(tick, windows, watermark, this, visits::add);
        }

        List<Summary> advanceTo(long newWatermark) {
            List<Summary> published = new ArrayList<>();
            while (!visits.isEmpty() && visits.first() <= newWatermark) {
                symbol.visit("BTC-USD", visits.pollFirst(), newWatermark, windows, this, published::add);
            }
            watermark = newWatermark;
            return published;
        }

        @Override
        public Slice get(long start) {
            // As from state: what is changed and not put back is lost.
            Slice slice = slices.get(start);
            return slice == null
                    ? null
                    : new Slice(slice.start(), slice.end(), slice.bar().copy());
        }

        @Override
        public void put(Slice slice) {
            slices.put(slice.start(), slice);
        }

        @Override
        public void remove(long start) {
            slices.remove(start);
        }
    }

    @Test
    void everyPublicationAndEveryLateTickIsWhatTheDocumentationSays() throws IOException {
        Map<String, Integer> seen = new HashMap<>();
        for (long seed = 1; seed <= 400; seed++) {
            GeneratedTape tape = new GeneratedTape(seed, 150, "BTC-USD");
            NaiveWindows naive = new NaiveWindows("BTC-USD", tape, seen);
            Driven driven = new Driven(tape.windows(), tape.allowedLateness(), tape.latenessOf(), tape.reviseEvery());
            List<Summary> all = new ArrayList<>();
            TreeSet<Long> times = new TreeSet<>();
            for (GeneratedTape.Event event : tape.events()) {
                if (event.tick() != null) {
                    boolean counted = driven.add(event.tick());
                    assertThat(counted)
                            .as("%s; %s is counted", tape, event.tick())
                            .isEqualTo(naive.add(event.tick()));
                    if (!times.add(event.tick().time())) {
                        seen.merge("tie", 1, Integer::sum);
                    }
                } else {
                    List<Summary> published = driven.advanceTo(event.watermark());
                    assertThat(published)
                            .as("%s; published at %d", tape, event.watermark())
                            .containsExactlyInAnyOrderElementsOf(naive.advanceTo(event.watermark()));
                    all.addAll(published);
                    if (!driven.slices.isEmpty()) {
                        assertThat(driven.symbol.isEmpty())
                                .as("%s; nothing is kept at %d", tape, event.watermark())
                                .isFalse();
                    }
                    // As if it had been to state and back.
                    driven.symbol = seed % 2 == 0 ? written(driven.symbol) : driven.symbol.copy();
                }
            }
            assertThat(driven.symbol.isEmpty()).as("%s; nothing is left", tape).isTrue();
            assertThat(driven.slices).as("%s; slices", tape).isEmpty();
            assertThat(driven.visits).as("%s; visits", tape).isEmpty();
            assertEachRevisionIsTheNextAndHasMoreTicks(all, tape);
        }
        assertThat(seen)
                .containsOnlyKeys(
                        "tie",
                        "behind the watermark",
                        "late for a window",
                        "too late",
                        "too late for some windows only",
                        "first published late",
                        "revision",
                        "second revision");
    }

    private static void assertEachRevisionIsTheNextAndHasMoreTicks(List<Summary> summaries, GeneratedTape tape) {
        Map<String, Summary> last = new HashMap<>();
        for (Summary summary : summaries) {
            Summary before = last.put(summary.window() + " " + summary.start(), summary);
            assertThat(summary.revision())
                    .as("%s; revision of %s", tape, summary)
                    .isEqualTo(before == null ? 0 : before.revision() + 1);
            assertThat(summary.count())
                    .as("%s; ticks in %s", tape, summary)
                    .isGreaterThan(before == null ? 0 : before.count());
        }
    }

    @Test
    void aWindowIsPublishedWithItsLastMillisecond() {
        Driven minutes = new Driven("1m", 0, Map.of(), 0);
        minutes.add(tick("BTC-USD").at(0).price(7).tick());
        assertThat(minutes.advanceTo(59_998)).isEmpty();
        assertThat(minutes.advanceTo(59_999)).singleElement().satisfies(summary -> {
            assertThat(summary.close()).isEqualTo(7);
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
        assertThat(minutes.add(tick("BTC-USD").at(4).tick())).as("final").isFalse();
        assertThat(minutes.symbol.isEmpty()).isTrue();
    }

    @Test
    void whatALaterReleaseWroteIsRefused() {
        byte[] later = {1};
        assertThatThrownBy(() -> SymbolWindows.readFrom(new DataInputStream(new ByteArrayInputStream(later))))
                .isInstanceOf(IOException.class)
                .hasMessage("layout 1 of a symbol's windows was written by a later release");
    }

    private static SymbolWindows written(SymbolWindows windows) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        windows.writeTo(new DataOutputStream(bytes));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        SymbolWindows read = SymbolWindows.readFrom(in);
        assertThat(in.available()).isZero();
        return read;
    }
}
