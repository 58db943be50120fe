package io.tapewatch.operators;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Instruments;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.mover.Mover;
import io.tapewatch.domain.mover.Movers;
import io.tapewatch.domain.mover.NaiveRanking;
import io.tapewatch.domain.window.Bar;
import io.tapewatch.domain.window.Summaries;
import io.tapewatch.domain.window.Summary;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
class MoversTest {

    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;
    private static final long MONDAY = 1_699_833_600_000L; // 2023-11-13T00:00:00Z
    private static final long LATENESS = 4 * HOUR;
    private static final long REVISE_EVERY = 1000;
    private static final MoversSettings SETTINGS = new MoversSettings("1d+1h", 2, LATENESS, REVISE_EVERY);
    private static final long SEED = 20240807;

    @Test
    void aSymbolWithoutANewTickKeepsItsRank() throws Exception {
        try (MoversRun run = run()) {
            send(run, result("A", 1, 3.0));
            send(run, result("B", 1, 1.0));
            advance(run, at(1) - 1);
            send(run, result("C", 3, 2.0));
            advance(run, at(3) - 1);

            assertThat(run.published).extracting(Movers::asOf).containsExactly(at(1), at(3));
            assertThat(gainers(run.published.get(0))).containsExactly("A", "B");
            assertThat(gainers(run.published.get(1))).containsExactly("A", "C");
        }
    }

    @Test
    void aRankingHoldsWhatWasKnownAsOfItsMomentThoughTheWatermarkLeaps() throws Exception {
        try (MoversRun run = run()) {
            send(run, result("A", 2, 9.0));
            send(run, result("B", 1, 1.0));
            send(run, result("B", 3, 10.0));
            advance(run, at(1) - 2);
            assertThat(run.published).isEmpty();
            advance(run, at(20));

            assertThat(run.published).extracting(Movers::asOf).containsExactly(at(1), at(2), at(3));
            assertThat(run.published)
                    .extracting(MoversTest::gainers)
                    .containsExactly(List.of("B"), List.of("A", "B"), List.of("B", "A"));
            assertThat(run.published).extracting(Movers::revision).containsOnly(0);
        }
    }

    @Test
    void aCorrectionRevisesTheLatestMoversOncePerReviseEvery() throws Exception {
        try (MoversRun run = run()) {
            send(run, result("A", 1, 1.0));
            send(run, result("B", 2, 2.0));
            advance(run, at(2) - 1);
            send(run, result("A", 1, 3.0));
            advance(run, at(2));
            assertThat(run.published).hasSize(2);
            send(run, result("A", 1, 4.0));
            advance(run, at(2) - 1 + REVISE_EVERY - 1);
            assertThat(run.published).hasSize(2);
            advance(run, at(2) - 1 + REVISE_EVERY);

            Movers revised = run.published.get(2);
            assertThat(revised.asOf()).isEqualTo(at(2));
            assertThat(revised.revision()).isEqualTo(1);
            assertThat(gainers(revised)).containsExactly("A", "B");
            assertThat(revised.gainers().get(0).changePct()).isEqualTo(4);

            send(run, result("A", 1, 0.5));
            advance(run, at(2) - 1 + 2 * REVISE_EVERY - 1);
            assertThat(run.published).hasSize(3);
            advance(run, at(2) - 1 + 2 * REVISE_EVERY);
            assertThat(run.published.get(3).revision()).isEqualTo(2);
            assertThat(gainers(run.published.get(3))).containsExactly("B", "A");
        }
    }

    /** All its ticks were taken back, for example; it comes again with its next close. */
    @Test
    void aSymbolThatHasNoCloseAnyMoreIsDropped() throws Exception {
        try (MoversRun run = run()) {
            send(run, result("A", 1, 1.0));
            send(run, result("B", 1, 2.0));
            advance(run, at(2) - 1);
            send(run, withoutClose(result("B", 1, 2.0)));
            advance(run, at(3));
            send(run, result("B", 1, 3.0));
            advance(run, at(4));

            assertThat(run.published)
                    .extracting(movers ->
                            movers.gainers().stream().map(Movers.Ranked::symbol).toList())
                    .containsExactly(List.of("B", "A"), List.of("A"), List.of("B", "A"));
            assertThat(run.published.get(1).mostActive())
                    .extracting(Movers.Ranked::symbol)
                    .containsExactly("A");
        }
    }

    private static Summary withoutClose(Summary summary) {
        return Summaries.like(summary)
                .with("count", 0L)
                .with("close", null)
                .with("changePct", null)
                .summary();
    }

    @Test
    void aCorrectionThatShowsInNoListIsNotPublished() throws Exception {
        try (MoversRun run = run()) {
            for (String symbol : List.of("A", "B", "C")) {
                send(run, result(symbol, 1, 1.0));
            }
            advance(run, at(2));
            send(run, result("C", 1, 0.5));
            advance(run, at(24) + LATENESS);

            assertThat(run.published).hasSize(1);
        }
    }

    @Test
    void aLateFirstResultOfAMomentIsThatMomentsFirstMovers() throws Exception {
        try (MoversRun run = run()) {
            send(run, result("A", 1, 1.0));
            advance(run, at(5));
            send(run, result("B", 4, 2.0));
            advance(run, at(5) + 1);

            assertThat(run.published).extracting(Movers::asOf).containsExactly(at(1), at(4));
            assertThat(gainers(run.published.get(1))).containsExactly("B", "A");
            assertThat(run.published.get(1).revision()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void nothingIsKeptOnceADayCanNoLongerChange(Backend backend) throws Exception {
        try (MoversRun run = new MoversRun(SETTINGS, backend, 1, 1, new Random(SEED))) {
            send(run, result("A", 1, 1.0));
            send(run, result("A", 24, 1.0));
            advance(run, at(24) - 1 + LATENESS - 1);
            assertThat(run.timersAndKeys()).isPositive();
            // The last correction there can be.
            send(run, result("A", 24, 2.0));
            advance(run, at(24) - 1 + LATENESS);

            assertThat(run.published).extracting(Movers::revision).containsExactly(0, 0, 1);
            assertThat(run.timersAndKeys()).isZero();
        }
    }

    @Test
    void theLastCorrectionIsPublishedBeforeTheDayIsFinalHoweverSoonAfterAnother() throws Exception {
        try (MoversRun run = run()) {
            long finalAt = at(24) - 1 + LATENESS;
            send(run, result("A", 24, 1.0));
            advance(run, finalAt - 3);
            send(run, result("A", 24, 2.0));
            advance(run, finalAt - 2);
            send(run, result("A", 24, 3.0));
            advance(run, finalAt - 1);
            assertThat(run.published).hasSize(2);
            advance(run, finalAt);

            assertThat(run.published).extracting(Movers::revision).containsExactly(0, 1, 2);
            assertThat(run.published.get(2).gainers().get(0).changePct()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void ofTheDaysOfAnotherWindowNothingIsPublishedOrLeft(Backend backend) throws Exception {
        MoversSettings other = new MoversSettings("1d", 2, LATENESS, REVISE_EVERY);
        try (MoversRun run = new MoversRun(SETTINGS, backend, 1, 1, new Random(SEED))) {
            send(run, result("A", 1, 1.0));
            advance(run, at(1));
            send(run, result("B", 2, 2.0));
            assertThat(run.published).hasSize(1);
            run.restart(1, other);
            advance(run, at(24) - 1 + LATENESS);
            assertThat(run.published).hasSize(1);
            assertThat(run.timersAndKeys()).isZero();
        }
    }

    /** Days of results from several tapes that are not abreast, through tasks that are not either. */
    @ParameterizedTest
    @EnumSource(Backend.class)
    void moversAreThoseOfSortingAll(Backend backend) throws Exception {
        Seen seen = new Seen();
        int rounds = backend == Backend.HASHMAP ? Rounds.of(60, 20) : Rounds.of(12);
        for (int round = 0; round < rounds; round++) {
            boolean late = round % 2 == 1;
            Generated generated = new Generated(new Random(SEED + round), late, seen);
            generated.run(backend, "seed " + (SEED + round) + (late ? ", late" : ""));
        }
        if (backend == Backend.ROCKSDB && !Rounds.areAll()) {
            return; // too few rounds to see all of that
        }
        assertThat(seen.times.keySet()).as("%s", seen.times).containsExactlyInAnyOrder(Seen.ALL);
    }

    private static final class Seen {
        static final String[] ALL = {
            "moments on time", "several moments in one leap", "symbols without a new tick", "ties in a list",
            "without turnover", "corrections", "late first results of a moment", "late first results of a symbol",
            "revisions of the last movers", "corrections that show in no list", "restarts", "other parallelism",
            "days that overlap", "one result a day", "known instruments", "instruments of which little is known",
            "instruments of which nothing is known"
        };
        final Map<String, Integer> times = new TreeMap<>();

        void saw(String what, boolean happened) {
            if (happened) {
                times.merge(what, 1, Integer::sum);
            }
        }
    }

    /** Symbols and what their tapes say of them. */
    private static final class Generated {
        private static final int DAYS = 3;

        private final Random random;
        private final boolean late;
        private final Seen seen;
        private final int tapes;
        private final long step;
        private final int symbols;

        /** The results of each tape in the order it publishes them, and its watermarks between them. */
        private final List<List<Object>> said = new ArrayList<>();

        /** Of those on time, by day and moment. */
        private final Map<Long, TreeMap<Long, List<Summary>>> onTime = new TreeMap<>();

        /** By day and symbol. */
        private final Map<Long, Map<String, Summary>> latest = new TreeMap<>();

        Generated(Random random, boolean late, Seen seen) {
            this.random = random;
            this.late = late;
            this.seen = seen;
            tapes = 1 + random.nextInt(3);
            step = List.of(DAY, 4 * HOUR, HOUR).get(random.nextInt(3));
            symbols = 1 + random.nextInt(random.nextBoolean() ? 6 : 300);
            seen.saw("one result a day", step == DAY);
            onTime();
            publish();
        }

        private void onTime() {
            int oftenIn = 1 + random.nextInt(4);
            for (long start = MONDAY; start < MONDAY + DAYS * DAY; start += DAY) {
                TreeMap<Long, List<Summary>> moments = new TreeMap<>();
                TreeSet<String> ticked = new TreeSet<>();
                for (long asOf = start + step; asOf <= start + DAY; asOf += step) {
                    for (int i = 0; i < symbols; i++) {
                        if (random.nextInt(oftenIn) == 0) {
                            ticked.add("S" + i);
                            moments.computeIfAbsent(asOf, any -> new ArrayList<>())
                                    .add(result("S" + i, start, asOf, 0));
                        } else if (asOf == start + DAY && ticked.contains("S" + i)) {
                            moments.computeIfAbsent(asOf, any -> new ArrayList<>())
                                    .add(result("S" + i, start, asOf, 0));
                        }
                    }
                }
                onTime.put(start, moments);
                latest.put(start, new HashMap<>());
            }
        }

        private Summary result(String symbol, long start, long asOf, int revision) {
            Double changePct = random.nextInt(6) == 0 ? null : (random.nextInt(9) - 4) / 2.0;
            BigDecimal turnover = random.nextInt(3) == 0 ? null : BigDecimal.valueOf(random.nextInt(5));
            seen.saw("without turnover", turnover == null);
            Summary plain =
                    MoversTest.result(symbol, start, asOf, changePct, turnover, 1 + random.nextInt(3), revision);
            Instrument instrument =
                    switch (random.nextInt(4)) {
                        case 0 -> Instruments.GOLD;
                        case 1 -> Instrument.unknown(symbol);
                        default -> null;
                    };
            seen.saw("known instruments", instrument == Instruments.GOLD);
            seen.saw("instruments of which little is known", instrument != null && instrument.name() == null);
            seen.saw("instruments of which nothing is known", instrument == null);
            return Instruments.with(instrument, plain);
        }

        /** At each watermark a tape publishes what it brought, symbol by symbol, and then passes it on. */
        private void publish() {
            for (int tape = 0; tape < tapes; tape++) {
                said.add(new ArrayList<>());
            }
            long before = MONDAY;
            long end = MONDAY + DAYS * DAY + LATENESS;
            for (long watermark = before; before < end; watermark = watermark + 1 + leap()) {
                List<Summary> due = new ArrayList<>();
                for (TreeMap<Long, List<Summary>> moments : onTime.values()) {
                    var reached = moments.subMap(before + 1, false, watermark + 1, true);
                    seen.saw("several moments in one leap", reached.size() > 1);
                    // What symbols say is in order; which symbol is first is not.
                    List<String> order = new ArrayList<>();
                    reached.values().forEach(all -> all.forEach(each -> order.add(each.symbol())));
                    Collections.shuffle(order, random);
                    Map<String, List<Summary>> ofSymbol = new HashMap<>();
                    reached.values()
                            .forEach(all -> all.forEach(
                                    each -> ofSymbol.computeIfAbsent(each.symbol(), any -> new ArrayList<>())
                                            .add(each)));
                    order.forEach(symbol -> due.add(ofSymbol.get(symbol).remove(0)));
                }
                due.forEach(each -> latest.get(each.start()).put(each.symbol(), each));
                if (late) {
                    due.addAll(corrections(before));
                }
                due.forEach(each -> said.get(tape(each.symbol())).add(each));
                long passed = watermark;
                said.forEach(all -> all.add(passed));
                before = watermark;
            }
        }

        private long leap() {
            return switch (random.nextInt(4)) {
                case 0 -> random.nextInt(3_000);
                case 1 -> random.nextLong(HOUR);
                case 2 -> random.nextLong(8 * HOUR);
                default -> random.nextInt(12) == 0 ? random.nextLong(2 * DAY) : random.nextLong(2 * HOUR);
            };
        }

        private int tape(String symbol) {
            return Math.floorMod(symbol.hashCode(), tapes);
        }

        /** What late ticks that came at {@code watermark} make, each of a symbol's latest result of its day. */
        private List<Summary> corrections(long watermark) {
            List<Summary> corrections = new ArrayList<>();
            for (Map.Entry<Long, Map<String, Summary>> day : latest.entrySet()) {
                long start = day.getKey();
                long firstMoment = start + step;
                if (watermark >= firstMoment - 1 && watermark < start + DAY - 1 + LATENESS) {
                    long reached = Math.min(start + DAY, (watermark + 1 - start) / step * step + start);
                    for (int i = random.nextInt(4); i > 0; i--) {
                        String symbol = "S" + random.nextInt(symbols + 2);
                        Summary before = day.getValue().get(symbol);
                        long asOf = firstMoment + random.nextLong((reached - firstMoment) / step + 1) * step;
                        if (watermark >= start + DAY - 1) {
                            asOf = start + DAY;
                        } else if (before != null && before.asOf() > asOf) {
                            asOf = before.asOf();
                        }
                        int revision = before != null && before.asOf() == asOf ? before.revision() + 1 : 0;
                        seen.saw("corrections", revision > 0);
                        seen.saw("late first results of a moment", before != null && revision == 0);
                        seen.saw("late first results of a symbol", before == null);
                        Summary correction = before != null && random.nextInt(3) == 0
                                ? again(before, asOf, revision)
                                : result(symbol, start, asOf, revision);
                        day.getValue().put(symbol, correction);
                        corrections.add(correction);
                    }
                }
            }
            seen.saw(
                    "days that overlap",
                    corrections.stream().map(Summary::start).distinct().count() > 1);
            return corrections;
        }

        /** The same figures, but one tick more, which shows in no list. */
        private Summary again(Summary before, long asOf, int revision) {
            seen.saw("corrections that show in no list", true);
            return MoversTest.result(
                    before.symbol(),
                    before.start(),
                    asOf,
                    before.changePct(),
                    before.turnover(),
                    before.count() + 1,
                    revision);
        }

        void run(Backend backend, String description) throws Exception {
            MoversSettings settings =
                    new MoversSettings("1d+1h", 1 + random.nextInt(8), LATENESS, random.nextInt(3) * 60_000L);
            int tasks = random.nextBoolean() ? 1 : 4;
            try (MoversRun run = new MoversRun(settings, backend, tapes, tasks, random)) {
                int[] next = new int[tapes];
                int restarts = 0;
                while (run.onTheWay() > 0 || left(next) > 0) {
                    for (int burst = random.nextInt(200); burst > 0 && left(next) > 0; burst--) {
                        int tape = random.nextInt(tapes);
                        if (next[tape] < said.get(tape).size()) {
                            Object each = said.get(tape).get(next[tape]++);
                            if (each instanceof Summary summary) {
                                run.summary(tape, summary);
                            } else {
                                run.watermark(tape, (Long) each);
                            }
                        }
                    }
                    run.deliver(random.nextInt(1 + run.onTheWay()));
                    if (allSaySomethingYet(next) && restarts < 3 && random.nextInt(15) == 0) {
                        int before = tasks;
                        tasks = random.nextBoolean() ? 1 : 4;
                        run.restart(tasks);
                        restarts++;
                        seen.saw("restarts", true);
                        seen.saw("other parallelism", tasks != before);
                    }
                }
                check(run.published, settings, description);
                assertThat(run.timersAndKeys()).as(description).isZero();
            }
        }

        /** After a restart watermarks come from what a tape still has to say. */
        private boolean allSaySomethingYet(int[] next) {
            for (int tape = 0; tape < tapes; tape++) {
                if (next[tape] == said.get(tape).size()) {
                    return false;
                }
            }
            return true;
        }

        private int left(int[] next) {
            int left = 0;
            for (int tape = 0; tape < tapes; tape++) {
                left += said.get(tape).size() - next[tape];
            }
            return left;
        }

        private void check(List<Movers> published, MoversSettings settings, String description) {
            Map<String, Movers> highest = new HashMap<>();
            for (Movers movers : published) {
                String of = movers.start() + " " + movers.asOf();
                Movers before = highest.put(of, movers);
                assertThat(movers.revision())
                        .as("%s: %s", description, of)
                        .isEqualTo(before == null ? 0 : before.revision() + 1);
                if (before != null) {
                    assertThat(movers.showsTheSameAs(before)).as(description).isFalse();
                }
            }
            Map<String, Movers> expected = late ? lastMovers(settings) : allMovers(settings);
            if (late) {
                onTime.forEach((start, moments) -> moments.keySet()
                        .forEach(asOf -> assertThat(highest).as(description).containsKey(start + " " + asOf)));
                highest.keySet().retainAll(expected.keySet());
                highest.values().forEach(movers -> seen.saw("revisions of the last movers", movers.revision() > 0));
            } else {
                seen.saw("moments on time", !expected.isEmpty());
                assertThat(published).as(description).hasSameSizeAs(expected.keySet());
            }
            assertThat(highest.keySet()).as(description).isEqualTo(expected.keySet());
            expected.forEach((of, movers) -> assertThat(highest.get(of).showsTheSameAs(movers))
                    .as("%s: %s is %s, expected %s", description, of, highest.get(of), movers)
                    .isTrue());
        }

        private Map<String, Movers> allMovers(MoversSettings settings) {
            Map<String, Movers> all = new HashMap<>();
            onTime.forEach((start, moments) -> {
                Map<String, Mover> figures = new HashMap<>();
                moments.forEach((asOf, results) -> {
                    results.forEach(result -> figures.put(result.symbol(), Mover.of(result)));
                    seen.saw("symbols without a new tick", figures.size() > results.size());
                    Movers movers = movers(settings, start, asOf, figures);
                    seen.saw("ties in a list", hasTies(movers.gainers()));
                    all.put(start + " " + asOf, movers);
                });
            });
            return all;
        }

        private static boolean hasTies(List<Movers.Ranked> list) {
            for (int i = 1; i < list.size(); i++) {
                if (list.get(i).changePct().equals(list.get(i - 1).changePct())) {
                    return true;
                }
            }
            return false;
        }

        private Map<String, Movers> lastMovers(MoversSettings settings) {
            Map<String, Movers> last = new HashMap<>();
            latest.forEach((start, ofSymbol) -> {
                if (ofSymbol.values().stream().anyMatch(result -> result.asOf() == start + DAY)) {
                    Map<String, Mover> figures = new HashMap<>();
                    ofSymbol.forEach((symbol, result) -> figures.put(symbol, Mover.of(result)));
                    last.put(start + " " + (start + DAY), movers(settings, start, start + DAY, figures));
                }
            });
            return last;
        }

        private static Movers movers(MoversSettings settings, long start, long asOf, Map<String, Mover> figures) {
            return Movers.of(
                    settings.window(), start, start + DAY, asOf, NaiveRanking.of(figures.values(), settings.size()), 0);
        }
    }

    private static MoversRun run() throws Exception {
        return new MoversRun(SETTINGS, Backend.HASHMAP, 1, 1, new Random(SEED));
    }

    private static void send(MoversRun run, Summary summary) throws Exception {
        run.summary(0, summary);
        run.deliver(0);
    }

    private static void advance(MoversRun run, long watermark) throws Exception {
        run.watermark(0, watermark);
        run.deliver(0);
    }

    private static List<String> gainers(Movers movers) {
        return movers.gainers().stream().map(Movers.Ranked::symbol).toList();
    }

    /** So many hours into Monday. */
    private static long at(int hours) {
        return MONDAY + hours * HOUR;
    }

    private static Summary result(String symbol, int hours, double changePct) {
        return result(symbol, MONDAY, at(hours), changePct, null, 1, 0);
    }

    private static Summary result(
            String symbol, long start, long asOf, Double changePct, BigDecimal turnover, long count, int revision) {
        Bar bar = new Bar();
        bar.add(tick(symbol)
                .at(start)
                .price(100 + (changePct == null ? 0 : changePct))
                .tick());
        Summary ofOneTick = Summary.of(
                symbol,
                "1d+1h",
                start,
                start + DAY,
                asOf,
                bar,
                changePct == null ? null : Decimal.of("100"),
                revision,
                start + DAY + LATENESS);
        return Summaries.like(ofOneTick)
                .with("count", count)
                .with("sizedCount", turnover == null ? 0 : count)
                .with("volume", turnover)
                .with("turnover", turnover)
                .summary();
    }
}
