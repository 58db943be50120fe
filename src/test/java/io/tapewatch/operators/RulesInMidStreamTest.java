package io.tapewatch.operators;

import static io.tapewatch.domain.Ticks.tick;
import static io.tapewatch.domain.check.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.check.NaiveFlag;
import io.tapewatch.domain.check.NaiveRules;
import io.tapewatch.domain.check.Shown;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules that come, change, pause and go while the tape runs: at once, without a restart, and without a trace. */
@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
@Tag("slow")
class RulesInMidStreamTest {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final long END = Long.MAX_VALUE;

    private static final TapeSettings SETTINGS =
            TestSettings.ofWindows("1m").maxRuleWindows(20).tape();

    private long nextOffset;

    private static RuleChange change(String line) {
        Rule rule = rule(line);
        return new RuleChange(rule.id(), rule);
    }

    private static RuleChange deletion(String id) {
        return new RuleChange(id, null);
    }

    /** A tick of one symbol, checked. */
    private void check(TapeRun run, long time, double price) throws Exception {
        run.tick(tick("X").at(time).price(price).size(1).offset(nextOffset++).tick());
        run.advanceTo(time);
    }

    // What a rule knows when it comes.

    @ParameterizedTest
    @EnumSource
    void aRuleThatSharesAWindowHasAValueAtOnce(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(SETTINGS, backend)) {
            run.change(change("a: changePct over 1m > 1000"));
            check(run, NOON, 100);
            run.change(change("b: changePct over 1m > 5"));
            run.restart(2);
            check(run, NOON + SECOND, 110);
            assertThat(run.flags).extracting(Flag::ruleId, Flag::time).containsExactly(tuple("b", NOON + SECOND));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRuleWithAWindowOfItsOwnWaitsUntilItHasSeenAllOfIt(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(SETTINGS, backend)) {
            check(run, NOON, 100);
            run.advanceTo(NOON + 10 * SECOND);
            run.change(change("b: changePct over 1m > 5"));
            check(run, NOON + 20 * SECOND, 110);
            run.restart(2);
            // At this tick the window reaches back to when the rule came; at the next one all of it is after that.
            check(run, NOON + 70 * SECOND, 120);
            assertThat(run.flags).isEmpty();
            check(run, NOON + 71 * SECOND, 130);
            assertThat(run.flags).extracting(Flag::time).containsExactly(NOON + 71 * SECOND);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofASymbolThatRulesWatchedTheLastTickIsKnownAndWhatFollowsIt(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(SETTINGS, backend)) {
            run.change(change("a: price > 1000"));
            check(run, NOON, 100);
            run.advanceTo(NOON + 30 * SECOND);
            run.change(change("b: tickChangePct > 5"));
            run.change(change("c: changePct over 1m > 5"));
            run.restart(1);
            check(run, NOON + 59 * SECOND, 110);
            check(run, NOON + 60 * SECOND, 120);
            check(run, NOON + 61 * SECOND, 130);
            assertThat(run.flags)
                    .extracting(Flag::ruleId, Flag::time)
                    .containsExactly(
                            tuple("b", NOON + 59 * SECOND),
                            tuple("b", NOON + 60 * SECOND),
                            tuple("b", NOON + 61 * SECOND),
                            tuple("c", NOON + 61 * SECOND));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRuleThatIsSentAgainAsItIsForgetsNothing(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(SETTINGS, backend)) {
            run.change(change("a: changePct over 1m > 5, cooldown 10s"));
            check(run, NOON, 100);
            check(run, NOON + SECOND, 110);
            run.change(change("a: changePct over 1m > 5, cooldown 10s"));
            run.restart(1);
            check(run, NOON + 2 * SECOND, 110);
            // It has been there from the start, so it knows of a symbol's first tick that it is the first.
            run.tick(tick("Y").at(NOON + 3 * SECOND).price(100).tick());
            run.tick(tick("Y").at(NOON + 4 * SECOND).price(110).tick());
            run.advanceTo(END);
            assertThat(run.flags)
                    .extracting(Flag::symbol, Flag::time, Flag::revision, Flag::suppressed)
                    .containsExactlyInAnyOrder(
                            tuple("X", NOON + SECOND, 0, 0L),
                            tuple("X", NOON + SECOND, 1, 1L),
                            tuple("Y", NOON + 4 * SECOND, 0, 0L));
        }
    }

    // What is left of a rule that was changed, paused or deleted.

    @ParameterizedTest
    @EnumSource
    void aNewVersionBeginsAnew(Backend backend) throws Exception {
        beginsAnewAfter(backend, 2);
    }

    @ParameterizedTest
    @EnumSource
    void soDoesAPausedOne(Backend backend) throws Exception {
        beginsAnewAfter(
                backend,
                3,
                change("quiet: price > 1, version 2, paused"),
                change("held: price > 1, version 2, paused"));
    }

    @ParameterizedTest
    @EnumSource
    void andOneThatWasDeletedAndSentAgain(Backend backend) throws Exception {
        beginsAnewAfter(backend, 1, deletion("quiet"), deletion("held"));
    }

    private void beginsAnewAfter(Backend backend, int version, RuleChange... changes) throws Exception {
        try (TapeRun run = TapeRun.started(SETTINGS, backend)) {
            run.change(change("quiet: price > 100, cooldown 1h"));
            run.change(change("held: price > 100, for 10s"));
            check(run, NOON, 110);
            check(run, NOON + 9 * SECOND, 110);
            for (RuleChange change : changes) {
                run.change(change);
            }
            run.restart(1);
            run.change(change("quiet: price > 100, cooldown 1h, version " + version));
            run.change(change("held: price > 100, for 10s, version " + version));
            run.restart(1);
            check(run, NOON + 10 * SECOND, 110);
            check(run, NOON + 19 * SECOND, 110);
            check(run, NOON + 20 * SECOND, 110);
            run.advanceTo(END);
            assertThat(run.flags)
                    .extracting(Flag::ruleId, Flag::ruleVersion, Flag::time, Flag::suppressed)
                    .containsExactlyInAnyOrder(
                            tuple("quiet", 1, NOON, 0L),
                            tuple("quiet", version, NOON + 10 * SECOND, 0L),
                            tuple("quiet", version, NOON + 10 * SECOND, 2L),
                            tuple("held", version, NOON + 20 * SECOND, 0L));
            assertThat(run.timersAndKeys()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSilenceOfARuleThatWasDeletedOrPausedOrChangedIsNotRaised(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(SETTINGS, backend)) {
            run.change(change("changed: silenceSeconds >= 30"));
            run.change(change("deleted: silenceSeconds >= 30"));
            run.change(change("paused: silenceSeconds >= 30"));
            run.change(change("sent-again: silenceSeconds >= 30"));
            run.change(change("stays: silenceSeconds >= 30"));
            check(run, NOON, 100);
            // The timers are in state.
            run.restart(1);
            run.change(change("changed: silenceSeconds >= 40, version 2"));
            run.change(deletion("deleted"));
            run.change(change("paused: silenceSeconds >= 30, version 2, paused"));
            run.change(deletion("sent-again"));
            run.change(change("sent-again: silenceSeconds >= 30"));
            run.restart(2);
            run.advanceTo(NOON + MINUTE);
            assertThat(run.flags).extracting(Flag::ruleId).containsExactly("stays");

            // Those that came later count from the next tick.
            check(run, NOON + 2 * MINUTE, 100);
            run.restart(1);
            run.advanceTo(NOON + 2 * MINUTE + 40 * SECOND);
            assertThat(run.flags)
                    .extracting(Flag::ruleId, Flag::time)
                    .containsExactlyInAnyOrder(
                            tuple("stays", NOON + 30 * SECOND),
                            tuple("sent-again", NOON + 150 * SECOND),
                            tuple("stays", NOON + 150 * SECOND),
                            tuple("changed", NOON + 160 * SECOND));
        }
    }

    // State.

    private static final List<String> ALL_KINDS = List.of(
            "baseline: volumeRatio over 1m baseline 5m > 1",
            "held: changePct over 1m > 0, for 5s, cooldown 20s",
            "odd: returnZScore over 5m > 1, cooldown 1m, shadow",
            "range: rangePct over 30s > 0.5, cooldown 3m",
            "sizes: sizeRatio over 5m > 2",
            "still: silenceSeconds > 20, cooldown 3m",
            "turned: turnover over 1m > 2000, cooldown 10s");

    private static final List<String> WITHOUT_TIMERS = List.of(
            "baseline: volumeRatio over 1m baseline 5m > 1",
            "held: changePct over 1m > 0, for 5s",
            "range: rangePct over 30s > 0.5");

    /** Two hours of ticks, a few in each minute and symbol. */
    private static List<Tick> ticks() {
        Random random = new Random(42);
        List<Tick> ticks = new ArrayList<>();
        for (long time = NOON; time < NOON + 2 * HOUR; time += random.nextLong(3 * SECOND)) {
            ticks.add(tick("X" + random.nextInt(5))
                    .at(time)
                    .price(100 + random.nextInt(9) / 4.0)
                    .size(random.nextInt(1, 20))
                    .offset(ticks.size())
                    .tick());
        }
        return ticks;
    }

    /** Something that is done to the tape after the ticks. */
    private interface Ending {
        void of(TapeRun run) throws Exception;
    }

    /** The bytes of state after the ticks, the rules' end if there are any, and this ending. */
    private static long bytesAfter(Backend backend, List<String> rules, RulesEnd end, Ending ending) throws Exception {
        try (TapeRun run = TapeRun.started(SETTINGS, backend)) {
            for (String line : rules) {
                run.change(change(line));
            }
            for (Tick tick : ticks()) {
                run.tick(tick);
                run.advanceTo(tick.time());
            }
            for (String line : rules) {
                end.of(run, rule(line));
            }
            ending.of(run);
            return run.keyedStateBytes();
        }
    }

    /** How rules come to their end. */
    private enum RulesEnd {
        DELETED,
        PAUSED,
        STAY;

        void of(TapeRun run, Rule rule) throws Exception {
            if (this == DELETED) {
                run.change(deletion(rule.id()));
            } else if (this == PAUSED) {
                run.change(change(rule.id() + ": price > 0, version 2, paused"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOfDeletedAndPausedRulesAfterTheNextTickOfASymbol(Backend backend) throws Exception {
        Ending nextTick = run -> {
            for (int symbol = 0; symbol < 5; symbol++) {
                run.tick(tick("X" + symbol).at(NOON + 2 * HOUR + 10 * SECOND).tick());
            }
            run.advanceTo(NOON + 2 * HOUR + 10 * SECOND);
        };
        assertNothingLeft(backend, WITHOUT_TIMERS, nextTick);
    }

    @ParameterizedTest
    @EnumSource
    void norAfterItsNextCleanUp(Backend backend) throws Exception {
        assertNothingLeft(backend, ALL_KINDS, run -> run.advanceTo(NOON + 2 * HOUR + 5 * MINUTE));
    }

    private static void assertNothingLeft(Backend backend, List<String> rules, Ending ending) throws Exception {
        long without = bytesAfter(backend, List.of(), RulesEnd.STAY, ending);
        assertThat(bytesAfter(backend, rules, RulesEnd.STAY, ending)).isGreaterThan(without + 100);
        assertThat(bytesAfter(backend, rules, RulesEnd.DELETED, run -> {}))
                .as("no sweep over all symbols")
                .isGreaterThan(bytesAfter(backend, List.of(), RulesEnd.STAY, run -> {}) + 100);
        assertThat(bytesAfter(backend, rules, RulesEnd.DELETED, ending)).isEqualTo(without);
        assertThat(bytesAfter(backend, rules, RulesEnd.PAUSED, ending)).isEqualTo(without);
    }

    @ParameterizedTest
    @EnumSource
    void whatRulesRememberIsBoundedAndIsGoneLongAfterTheLastTick(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(SETTINGS, backend)) {
            long empty = run.keyedStateBytes();
            for (String line : ALL_KINDS) {
                run.change(change(line));
            }
            List<Long> bytes = new ArrayList<>();
            long next = NOON + 30 * MINUTE;
            for (Tick tick : ticks()) {
                run.tick(tick);
                run.advanceTo(tick.time());
                if (tick.time() >= next) {
                    bytes.add(run.keyedStateBytes() - empty);
                    next += 15 * MINUTE;
                }
            }
            assertThat(run.flags).hasSizeGreaterThan(100);
            assertThat(bytes).hasSize(6).allMatch(each -> each < bytes.get(0) * 11 / 10);
            System.out.println("state of 5 symbols with rules, " + backend + ": " + bytes);

            run.advanceTo(NOON + 3 * HOUR);
            assertThat(run.keyedStateBytes() - empty)
                    .as("the last tick and little else")
                    .isLessThan(5 * 200);
            run.advanceTo(NOON + 40 * DAY);
            assertThat(run.timersAndKeys()).isZero();
            assertThat(run.keyedStateBytes()).isEqualTo(empty);
        }
    }

    // Whole lives.

    private static final List<String> SYMBOLS = List.of("A", "B", "C");

    /** Knows all windows from the start, and raises nothing. */
    private static final String KEEPER = "keeper: all(changePct over 1m > 1000; rangePct over 1m > 1000;"
            + " count over 1m > 100000; turnover over 1m > 1e12; returnZScore over 5m > 1e9;"
            + " volumeRatio over 1m baseline 4m > 1e9)";

    private static final List<String> WHENS = List.of(
            "changePct over 1m > 0.25, cooldown 20s",
            "changePct over 1m > 0.25",
            "all(rangePct over 1m > 0.5; count over 1m > 5), for 10s, cooldown 1m",
            "tickChangePct > 0.1, shadow, cooldown 30s",
            "any(volumeRatio over 1m baseline 4m > 1.2; returnZScore over 5m > 2), cooldown 10s",
            "not(turnover over 1m > 2000), for 3s",
            "silenceSeconds >= 15, cooldown 1m",
            "silenceSeconds > 8",
            "price > 0, paused");

    /** A rule that is in force between two watermarks. */
    private record Term(Rule rule, long after, long through) {

        /** All it flags while it is; of what it published again, what was due by then. */
        List<NaiveFlag> flags(List<Tick> ticks, long lastWatermark, Map<String, Integer> seen) {
            if (after == through) {
                return List.of();
            }
            Rule within = new Rule(
                    rule.id(),
                    rule.version(),
                    rule.status(),
                    rule.description(),
                    Rule.On.TRADE,
                    rule.symbols(),
                    rule.except(),
                    List.of(),
                    List.of(),
                    rule.severity(),
                    rule.cooldown(),
                    rule.heldFor(),
                    rule.hours(),
                    after + 1,
                    through == END ? END : through + 1,
                    rule.when());
            List<Shown> shown = new ArrayList<>();
            ticks.forEach(tick -> shown.add(new Shown.InOrder(tick)));
            shown.add(new Shown.Watermark(lastWatermark));
            List<NaiveFlag> flags = new ArrayList<>();
            for (NaiveFlag flag : NaiveRules.replay(List.of(within), shown, time -> null).flags) {
                if (flag.isFirst() || flag.time() + rule.cooldown() - 1 <= through) {
                    flags.add(flag);
                } else {
                    seen.merge("not published again", 1, Integer::sum);
                }
            }
            return flags;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRuleFlagsWhatItDoesWhileItIsInForceHoweverItCameAndWent(Backend backend) throws Exception {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 1; seed <= Rounds.of(backend == Backend.HASHMAP ? 60 : 15); seed++) {
            lives(seed, backend, seen);
        }
        System.out.println("rules in mid-stream, " + backend + ": " + seen);
        assertThat(seen)
                .containsKeys("added", "changed", "paused", "deleted", "sent again as it is")
                .containsKeys("flag", "published again", "not published again", "silence", "restart");
    }

    private static void lives(long seed, Backend backend, Map<String, Integer> seen) throws Exception {
        Random random = new Random(seed);
        PartitionedTape log = new PartitionedTape(random, SYMBOLS, NOON, 500);
        long lastWatermark = log.end();
        List<Term> terms = new ArrayList<>();
        Rule inForce = null;
        long since = 0;
        int version = 0;
        try (TapeRun run = TapeRun.started(SETTINGS, backend)) {
            run.change(change(KEEPER));
            PartitionedTape.Reader reader = log.new Reader();
            long watermark = Long.MIN_VALUE;
            while (reader.hasNext()) {
                if (random.nextInt(5) == 0) {
                    reader.turn(random);
                }
                run.tick(reader.next(random));
                if (random.nextInt(15) == 0 && reader.watermark() > watermark) {
                    watermark = reader.watermark();
                    run.advanceTo(watermark);
                }
                if (random.nextInt(120) == 0) {
                    run.restart(random.nextInt(1, 4));
                    seen.merge("restart", 1, Integer::sum);
                }
                if (random.nextInt(40) != 0) {
                    continue;
                }
                int what = random.nextInt(6);
                if (inForce != null && what == 0) {
                    run.change(new RuleChange("r", inForce));
                    seen.merge("sent again as it is", 1, Integer::sum);
                    continue;
                }
                if (inForce != null) {
                    terms.add(new Term(inForce, since, watermark));
                }
                if (inForce != null && what == 1) {
                    run.change(deletion("r"));
                    seen.merge("deleted", 1, Integer::sum);
                    inForce = null;
                    version = 0;
                } else {
                    version++;
                    seen.merge(inForce == null ? "added" : "changed", 1, Integer::sum);
                    inForce = rule("r: " + WHENS.get(random.nextInt(WHENS.size())) + ", version " + version);
                    seen.merge(inForce.status().word(), 1, Integer::sum);
                    run.change(new RuleChange("r", inForce));
                }
                since = watermark;
            }
            if (inForce != null) {
                terms.add(new Term(inForce, since, END));
            }
            run.advanceTo(lastWatermark);
            run.pricesEnd();
            List<Flag> raised = new ArrayList<>(run.flags);
            raised.addAll(run.shadowFlags);
            for (String symbol : SYMBOLS) {
                List<NaiveFlag> expected = new ArrayList<>();
                for (Term term : terms) {
                    expected.addAll(term.flags(log.of(symbol), lastWatermark, seen));
                }
                assertThat(raised.stream()
                                .filter(flag -> flag.symbol().equals(symbol))
                                .map(NaiveFlag::of))
                        .as("seed %d, %s, %s", seed, symbol, terms)
                        .containsExactlyInAnyOrderElementsOf(expected);
                expected.forEach(flag -> seen.merge(flag.isFirst() ? "flag" : "published again", 1, Integer::sum));
                expected.stream()
                        .filter(flag -> flag.evidence().stream()
                                .anyMatch(each -> each.metric().equals("silenceSeconds")))
                        .forEach(flag -> seen.merge("silence", 1, Integer::sum));
            }
        }
    }
}
