package io.tapewatch.operators;

import static io.tapewatch.operators.ManyRules.RULES;
import static io.tapewatch.operators.ManyRules.SYMBOLS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.check.NaiveFlag;
import io.tapewatch.domain.check.NaiveRules;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One log of ticks, read in hundreds of ways: whichever partition is read first, however often the watermark comes,
 * whatever is interrupted, the rules raise the same flags, and those are what the documentation says.
 */
@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
@Tag("slow")
class RulesInOrderTest {

    private static final int TICKS = 1_200;
    private static final int MANY = 1_000_000;
    private static PartitionedTape log;
    private static long lastWatermark;
    private static Map<String, List<NaiveFlag>> expected;
    private static Map<String, Integer> happened;

    private static TapeSettings settings(int maxHeld) {
        return TestSettings.ofWindows("1m,1d")
                .maxRuleWindows(20)
                .maxHeld(maxHeld)
                .moversWindow("1d")
                .tape();
    }

    @BeforeAll
    static void replayNaively() {
        log = ManyRules.log(TICKS);
        lastWatermark = log.end();
        expected = new TreeMap<>();
        happened = new TreeMap<>();
        for (String symbol : SYMBOLS) {
            NaiveRules.Replay replay = ManyRules.replay(log, symbol, lastWatermark);
            expected.put(symbol, replay.flags);
            replay.seen.forEach((what, times) -> happened.merge(what, times, Integer::sum));
        }
    }

    @Test
    void theLogHasWhatRulesLookAt() {
        System.out.println("what the rules saw: " + happened);
        for (Rule rule : RULES) {
            long flags = expected.values().stream()
                    .flatMap(List::stream)
                    .filter(flag -> flag.ruleId().equals(rule.id()))
                    .count();
            assertThat(flags > 0)
                    .as("flags of %s: %d", rule.id(), flags)
                    .isEqualTo(!rule.id().equals("paused"));
        }
        for (Condition condition : RULES.stream()
                .flatMap(rule -> rule.when().conditions().stream())
                .toList()) {
            String metric = condition.metric().word();
            if (!metric.equals("silenceSeconds") && !metric.equals("price")) {
                assertThat(happened)
                        .containsKey(metric + " " + condition.is().sign() + " met")
                        .containsKey(metric + " " + condition.is().sign() + " not met");
            }
        }
        assertThat(happened)
                .containsKeys(
                        "published again",
                        "more extreme while quiet",
                        "held for long enough",
                        "held, but not yet for long enough",
                        "no longer held because of a check",
                        "silence found by the next tick at the latest",
                        "silence that ended too soon",
                        "silence when the rule does not look",
                        "not looking: out of hours",
                        "not looking: before from",
                        "not looking: after until",
                        "not looking: other symbols",
                        "not looking: except",
                        "not looking: paused",
                        "flag in shadow");
        List<Tick> ticks =
                SYMBOLS.stream().flatMap(symbol -> log.of(symbol).stream()).toList();
        int ties = 0;
        for (int i = 1; i < ticks.size(); i++) {
            Tick one = ticks.get(i - 1);
            Tick other = ticks.get(i);
            ties += one.symbol().equals(other.symbol())
                            && one.time() == other.time()
                            && one.partition() != other.partition()
                    ? 1
                    : 0;
        }
        assertThat(ties).as("ticks of the same time on different partitions").isGreaterThan(100);
    }

    // In hundreds of ways.

    @Test
    void whateverTheInterleavingAndTheWatermarksTheFlagsAreTheSame() throws Exception {
        check(Backend.HASHMAP, Rounds.of(60), 1, false);
    }

    @Test
    void whateverIsInterruptedTheFlagsAreTheSame() throws Exception {
        check(Backend.HASHMAP, Rounds.of(60), 1_000, true);
    }

    @Test
    void onTheOtherBackendToo() throws Exception {
        check(Backend.ROCKSDB, Rounds.of(10), 2_000, true);
    }

    private static void check(Backend backend, int runs, long firstSeed, boolean interrupted) throws Exception {
        Map<String, Integer> seen = new TreeMap<>();
        Set<List<Object>> interleavings = new HashSet<>();
        Set<Flag> first = null;
        for (long seed = firstSeed; seed < firstSeed + runs; seed++) {
            Way way = new Way(seed, backend, interrupted, seen);
            List<Flag> raised = way.read();
            interleavings.add(way.arrivals);
            Set<Flag> flags = new HashSet<>(raised);
            if (!way.hasFailed) {
                assertThat(raised).as("%s: raised once each", way).hasSize(flags.size());
            }
            if (first == null) {
                first = flags;
                assertAsExpected(flags);
            }
            assertThat(flags).as("%s", way).isEqualTo(first);
        }
        assertThat(interleavings).hasSize(runs);
        System.out.println(runs + " ways on " + backend + ": " + seen + ", flags " + first.size());
        if (backend == Backend.ROCKSDB && !Rounds.areAll()) {
            return; // too few ways to see all of that
        }
        assertThat(seen)
                .containsKeys("few watermarks", "many watermarks", "ticks before the rules", "held in state")
                .containsKeys("one task", "several tasks");
        if (interrupted) {
            assertThat(seen)
                    .containsKeys("checkpoint", "restart", "restart with another number of tasks", "failure")
                    .containsKeys("failure with another number of tasks", "flag raised again after a failure");
        }
    }

    private static void assertAsExpected(Set<Flag> flags) {
        for (String symbol : SYMBOLS) {
            assertThat(flags.stream()
                            .filter(flag -> flag.symbol().equals(symbol))
                            .map(NaiveFlag::of))
                    .as("flags of %s", symbol)
                    .containsExactlyInAnyOrderElementsOf(expected.get(symbol));
        }
    }

    /** A way to read the log. */
    private static final class Way {

        private final long seed;
        private final Random random;
        private final Backend backend;
        private final boolean interrupted;
        private final Map<String, Integer> seen;

        /** How many ticks of a partition are read before there is a turn. */
        private final int stretch;

        /** How many ticks are read between two watermarks; those may stay behind what they could be. */
        private final int watermarkEvery;

        private final boolean watermarksStayBehind;
        private final int maxHeld;
        private final int ticksBeforeRules;

        private final List<Object> arrivals = new ArrayList<>();
        private boolean hasFailed;
        private long watermark = Long.MIN_VALUE;
        private int watermarks;

        private OperatorSubtaskState checkpoint;
        private int tasksThen;
        private PartitionedTape.Reader readerThen;

        Way(long seed, Backend backend, boolean interrupted, Map<String, Integer> seen) {
            this.seed = seed;
            this.random = new Random(seed);
            this.backend = backend;
            this.interrupted = interrupted;
            this.seen = seen;
            this.stretch = List.of(1, 5, 50, TICKS).get(random.nextInt(4));
            this.watermarkEvery = List.of(1, 7, 60, 500, MANY).get(random.nextInt(5));
            this.watermarksStayBehind = random.nextBoolean();
            this.maxHeld = List.of(3, 100, MANY).get(random.nextInt(3));
            this.ticksBeforeRules = random.nextBoolean() ? 0 : random.nextInt(TICKS / 2);
        }

        private void saw(String what) {
            seen.merge(what, 1, Integer::sum);
        }

        List<Flag> read() throws Exception {
            try (TapeRun run = TapeRun.withRulesPending(settings(maxHeld), backend)) {
                PartitionedTape.Reader reader = log.new Reader();
                int read = 0;
                while (reader.hasNext()) {
                    if (read == ticksBeforeRules) {
                        rulesCome(run);
                    }
                    if (random.nextInt(stretch) == 0) {
                        reader.turn(random);
                    }
                    Tick tick = reader.next(random);
                    arrivals.add(tick.origin());
                    run.tick(tick);
                    read++;
                    if (random.nextInt(watermarkEvery) == 0) {
                        advance(run, reader);
                    }
                    if (interrupted && read > ticksBeforeRules && random.nextInt(TICKS / 6) == 0) {
                        reader = interrupt(run, reader);
                    }
                }
                run.advanceTo(lastWatermark);
                run.pricesEnd();
                assertThat(run.tooLate).isEmpty();
                saw(watermarks < 20 ? "few watermarks" : watermarks > 200 ? "many watermarks" : "some watermarks");
                saw(run.tasks() == 1 ? "one task" : "several tasks");
                if (maxHeld < MANY) {
                    saw("held in state");
                }
                List<Flag> raised = new ArrayList<>(run.flags);
                assertThat(raised).noneMatch(Flag::late).noneMatch(Flag::shadow);
                raised.addAll(run.shadowFlags);
                assertThat(run.shadowFlags).allMatch(Flag::shadow);
                if (raised.size() > new HashSet<>(raised).size()) {
                    saw("flag raised again after a failure");
                }
                return raised;
            }
        }

        private void rulesCome(TapeRun run) throws Exception {
            if (ticksBeforeRules > 0) {
                saw("ticks before the rules");
            }
            for (Rule rule : RULES) {
                run.change(new RuleChange(rule.id(), rule));
            }
            run.rulesAreIdle();
            run.restart(random.nextInt(1, 5));
        }

        private void advance(TapeRun run, PartitionedTape.Reader reader) throws Exception {
            long possible = reader.watermark();
            if (possible > watermark) {
                watermark = watermarksStayBehind && watermark > Long.MIN_VALUE
                        ? random.nextLong(watermark, possible) + 1
                        : possible;
                run.advanceTo(watermark);
                watermarks++;
            }
        }

        /** Returns the reader that goes on. */
        private PartitionedTape.Reader interrupt(TapeRun run, PartitionedTape.Reader reader) throws Exception {
            int tasks = random.nextInt(1, 5);
            String rescaled = tasks == run.tasks() ? "" : " with another number of tasks";
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    checkpoint = run.checkpoint();
                    tasksThen = run.tasks();
                    readerThen = reader.copy();
                    saw("checkpoint");
                }
                case 2 -> {
                    saw("restart" + rescaled);
                    run.restart(tasks);
                }
                default -> {
                    if (checkpoint != null) {
                        saw("failure" + rescaled);
                        hasFailed = true;
                        // The watermark begins anew; the tape remembers the one it had.
                        watermark = Long.MIN_VALUE;
                        run.fail(checkpoint, tasksThen, tasks);
                        return readerThen.copy();
                    }
                }
            }
            return reader;
        }

        @Override
        public String toString() {
            return "seed " + seed + " on " + backend + ", stretches of " + stretch + ", a watermark every "
                    + watermarkEvery + (watermarksStayBehind ? " that stays behind" : "") + ", " + maxHeld
                    + " held at most, rules after " + ticksBeforeRules + " ticks";
        }
    }
}
