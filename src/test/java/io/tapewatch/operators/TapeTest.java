package io.tapewatch.operators;

import static io.tapewatch.domain.Ticks.tick;
import static io.tapewatch.domain.check.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.check.NaiveFlag;
import io.tapewatch.domain.check.NaiveRules;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.window.Counted;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.domain.window.WindowsOracle;
import io.tapewatch.domain.window.WindowsTape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
class TapeTest {

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final long END = Long.MAX_VALUE;
    private static final int MANY = 1_000_000;
    private static final String[] SYMBOLS = {"BTC-USD", "ETH-USD", "AAPL", "^GSPC", "EURUSD=X"};

    private static final TapeSettings MINUTES = settings("1m", 10 * MINUTE, SECOND, MANY);

    /** Of these nothing is kept once they are final: they have no close that later ones are compared with. */
    private static final TapeSettings HOPS = settings("1m/30s", 10 * MINUTE, SECOND, MANY);

    private static TapeSettings settings(String windows, long lateness, long reviseEvery, int maxHeld) {
        return TestSettings.ofWindows(windows)
                .lateness(lateness)
                .reviseEvery(reviseEvery)
                .maxHeld(maxHeld)
                .tape();
    }

    private static TapeSettings settings(WindowsTape tape, int maxHeld) {
        return TestSettings.ofWindows(tape.windows())
                .lateness(tape.allowedLateness())
                .latenessOf(tape.latenessOf())
                .reviseEvery(tape.reviseEvery())
                .previousCloseMaxAge(tape.previousCloseMaxAge())
                .maxHeld(maxHeld)
                .tape();
    }

    private static Tick btc(long time, double price, long offset) {
        return tick("BTC-USD").at(time).price(price).offset(offset).tick();
    }

    private static RuleChange change(String line) {
        Rule rule = rule(line);
        return new RuleChange(rule.id(), rule);
    }

    // Time.

    @Test
    void ticksWaitForTheWatermark() throws Exception {
        try (TapeRun run = TapeRun.started(MINUTES, Backend.HASHMAP)) {
            run.change(change("any: price > 0"));
            run.tick(btc(1000, 7, 0));
            run.advanceTo(999);
            assertThat(run.flags).isEmpty();
            run.advanceTo(1000);
            assertThat(run.flags).extracting(Flag::price).containsExactly(Decimal.of("7"));
            run.advanceTo(MINUTE - 2);
            assertThat(run.summaries).isEmpty();
            run.advanceTo(MINUTE - 1);
            assertThat(run.summaries).extracting(Summary::close).containsExactly(Decimal.of("7"));
            assertThat(run.watermarks).containsExactly(999L, 1000L, MINUTE - 2, MINUTE - 1);
        }
    }

    @Test
    void nothingIsCheckedBeforeTheRulesOfTheStartAreThere() throws Exception {
        try (TapeRun run = TapeRun.withRulesPending(MINUTES, Backend.HASHMAP)) {
            run.tick(btc(1000, 7, 0));
            run.advanceTo(10 * MINUTE);
            assertThat(run.summaries).isEmpty();
            run.change(change("any: price > 0"));
            assertThat(run.flags).isEmpty();
            run.rulesAreIdle();
            assertThat(run.flags).hasSize(1);
            assertThat(run.summaries).hasSize(1);
            assertThat(run.watermarks).containsExactly(10 * MINUTE);
        }
    }

    // A start in the middle of the topic.

    @ParameterizedTest
    @EnumSource
    void windowsThatLackTicksAreNotPublishedNorAfterRestartsNorWhenLateTicksCome(Backend backend) throws Exception {
        TapeSettings settings = settings("1m,1h+1m", 10 * MINUTE, SECOND, MANY);
        try (TapeRun run = TapeRun.startedInMidstream(settings, backend, 90 * SECOND)) {
            run.tick(btc(80 * SECOND, 7, 0));
            run.tick(btc(100 * SECOND, 8, 1));
            run.restart(2);
            run.advanceTo(2 * MINUTE);
            run.tick(btc(95 * SECOND, 9, 2));
            run.tick(btc(130 * SECOND, 10, 3));
            OperatorSubtaskState checkpoint = run.checkpoint();
            run.advanceTo(3 * MINUTE);
            assertThat(run.summaries).extracting(TapeTest::inWords).containsExactly("1m 120000: 10 after 8");
            run.checkpoint();
            assertThat(run.counted("counted")).isEqualTo(4);
            assertThat(run.counted("unpublished"))
                    .as("the minute, the hour as of 2 min, both again, and the hour as of 3 min")
                    .isEqualTo(5);

            run.fail(checkpoint, 2, 1);
            run.advanceTo(3 * MINUTE);
            run.tick(btc(60 * MINUTE, 11, 4));
            run.advanceTo(61 * MINUTE);
            assertThat(run.summaries)
                    .extracting(TapeTest::inWords)
                    .containsExactly(
                            "1m 120000: 10 after 8",
                            "1m 120000: 10 after 8",
                            "1m 3600000: 11 after 10",
                            "1h+1m 3600000: 11 after 10");
        }
    }

    private static String inWords(Summary summary) {
        return "%s %d: %s after %s"
                .formatted(summary.window(), summary.start(), summary.close(), summary.previousClose());
    }

    @ParameterizedTest
    @EnumSource
    void aSavepointKnowsWhatIsWholeWhateverAStartWithoutItWouldBeTold(Backend backend) throws Exception {
        OperatorSubtaskState whole;
        OperatorSubtaskState cut;
        try (TapeRun run = TapeRun.started(MINUTES, backend)) {
            run.tick(btc(1000, 7, 0));
            whole = run.checkpoint();
        }
        try (TapeRun run = TapeRun.startedInMidstream(MINUTES, backend, 1)) {
            run.tick(btc(1000, 7, 0));
            cut = run.checkpoint();
        }
        try (TapeRun run = TapeRun.restored(MINUTES, backend, whole, 5 * MINUTE)) {
            run.advanceTo(MINUTE);
            assertThat(run.summaries).hasSize(1);
        }
        try (TapeRun run = TapeRun.restored(MINUTES, backend, cut)) {
            run.advanceTo(MINUTE);
            assertThat(run.summaries).isEmpty();
        }
    }

    /** As after a restart, while all sources but one that had ended are idle. */
    @Test
    void theEndOfTimeOfASourceThatHasEndedIsNotThatOfTheOthers() throws Exception {
        try (TapeRun run = TapeRun.started(MINUTES, Backend.HASHMAP)) {
            run.tick(btc(1000, 7, 0));
            run.pricesSay(END);
            assertThat(run.watermarks).isEmpty();
            run.tick(btc(2000, 8, 1));
            run.pricesEnd();
            assertThat(run.tooLate).isEmpty();
            assertThat(run.counted("late")).isZero();
            assertThat(run.summaries).singleElement().extracting(Summary::count).isEqualTo(2L);
        }
    }

    @Test
    void theEndOfTimeThatRulesTellIsNotThatOfPrices() throws Exception {
        try (TapeRun run = TapeRun.withRulesPending(MINUTES, Backend.HASHMAP)) {
            run.tick(btc(1000, 7, 0));
            run.advanceTo(MINUTE - 1);
            run.rulesAdvanceTo(MINUTE);
            assertThat(run.summaries)
                    .as("the rules of the start may still come")
                    .isEmpty();
            run.rulesAdvanceTo(END);
            assertThat(run.summaries).hasSize(1);
            run.pricesAreIdle();
            assertThat(run.watermarks).containsExactly(MINUTE - 1);
            run.pricesAreActive();
            run.advanceTo(2 * MINUTE);
            assertThat(run.watermarks).containsExactly(MINUTE - 1, 2 * MINUTE);
        }
    }

    @Test
    void aLateTickRevisesAndATooLateOneGoesAside() throws Exception {
        try (TapeRun run = TapeRun.started(MINUTES, Backend.HASHMAP)) {
            run.change(change("any: price > 0"));
            run.tick(btc(1000, 7, 0));
            run.advanceTo(2 * MINUTE);
            run.tick(btc(500, 9, 1));
            assertThat(run.flags).extracting(Flag::late).containsExactly(false, true);
            run.advanceTo(2 * MINUTE + 1);
            assertThat(run.summaries).extracting(Summary::revision).containsExactly(0, 1);
            assertThat(run.summaries.get(1).open()).hasToString("9");
            run.advanceTo(11 * MINUTE - 1);
            Tick tooLate = btc(500, 9, 2);
            run.tick(tooLate);
            run.advanceTo(END);
            assertThat(run.tooLate).containsExactly(tooLate);
            assertThat(run.flags).hasSize(2);
            assertThat(run.summaries).hasSize(2);
        }
    }

    /** As when a recording holds one symbol's day after another's: the day window alone counts most of the second one. */
    @Test
    void aDayThatComesAfterItsMinutesWereFinalIsCountedByTheDayAloneAndTheTapeSaysSo() throws Exception {
        long hour = 60 * MINUTE;
        try (TapeRun run = TapeRun.started(settings("1m,1d", 4 * hour, SECOND, MANY), Backend.HASHMAP)) {
            for (int minute = 0; minute < 1440; minute++) {
                run.tick(btc(minute * MINUTE, 7, minute));
            }
            run.advanceTo(DAY - 1);
            for (int minute = 0; minute < 1440; minute++) {
                run.tick(tick("ETH-USD")
                        .at(minute * MINUTE)
                        .price(8)
                        .offset(minute)
                        .tick());
            }
            run.tick(btc(DAY - 1, 9, 1440));
            run.tick(btc(DAY - 1, 10, 1441));
            run.advanceTo(END);
            run.checkpoint();
            long minutes = run.summaries.stream()
                    .filter(bar ->
                            bar.symbol().equals("ETH-USD") && bar.window().equals("1m"))
                    .count();
            assertThat(minutes).as("of the last four hours, published late").isEqualTo(240);
            assertThat(run.counted("counted")).isEqualTo(1440 + 1442);
            assertThat(run.counted("late")).isEqualTo(1442);
            assertThat(run.counted("lateMissed")).isEqualTo(1200);
            assertThat(run.counted("tooLate")).isZero();
            assertThat(run.counted("correctedWindows"))
                    .as("the last minute and the day of the symbol that had been published")
                    .isEqualTo(2);
        }
    }

    @Test
    void aWindowThatIsCorrectedTwiceIsOneCorrectedWindowAndTwoRevisions() throws Exception {
        try (TapeRun run = TapeRun.started(MINUTES, Backend.HASHMAP)) {
            run.tick(btc(1000, 7, 0));
            for (int i = 1; i <= 2; i++) {
                run.advanceTo(i * MINUTE);
                run.tick(btc(500, 9, i));
            }
            run.advanceTo(3 * MINUTE);
            run.checkpoint();
            assertThat(run.counted("revisions")).isEqualTo(2);
            assertThat(run.counted("correctedWindows")).isEqualTo(1);
            assertThat(run.counted("late")).isEqualTo(2);
            assertThat(run.counted("lateMissed")).isZero();
        }
    }

    @Test
    void flagsComeInTheOrderOfTheTapeWhateverTheOrderOfArrival() throws Exception {
        try (TapeRun run = TapeRun.started(MINUTES, Backend.HASHMAP)) {
            run.change(change("rise: tickChangePct > 5"));
            run.tick(btc(3000, 121, 0));
            run.tick(btc(1000, 100, 2));
            run.tick(btc(2000, 110, 1));
            run.tick(btc(1000, 99, 3));
            run.advanceTo(END);
            assertThat(run.flags).extracting(Flag::time).containsExactly(2000L, 3000L);
            assertThat(run.flags).extracting(Flag::previousPrice).containsExactly(Decimal.of("99"), Decimal.of("110"));
        }
    }

    @Test
    void everythingIsPublishedAtTheEndThoughThePricesWereIdle() throws Exception {
        try (TapeRun run = TapeRun.started(MINUTES, Backend.HASHMAP)) {
            run.tick(btc(1000, 7, 0));
            run.pricesAreIdle();
            run.pricesEnd();
            assertThat(run.summaries).extracting(Summary::close).containsExactly(Decimal.of("7"));
        }
    }

    @Test
    void atTheEndOfThePricesTheRulesOfTheStartAreWaitedForAllTheSame() throws Exception {
        try (TapeRun run = TapeRun.withRulesPending(MINUTES, Backend.HASHMAP)) {
            run.tick(btc(1000, 7, 0));
            run.pricesEnd();
            assertThat(run.summaries).isEmpty();
            run.change(change("any: price > 0"));
            run.rulesAreIdle();
            assertThat(run.flags).hasSize(1);
            assertThat(run.summaries).hasSize(1);
        }
    }

    // Rules.

    @ParameterizedTest
    @EnumSource
    void aRuleLooksFromWhenItComesUntilItIsPausedOrDeleted(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(MINUTES, backend)) {
            checkOne(run, 1);
            run.change(change("r: price > 100"));
            checkOne(run, 2);
            run.restart(1);
            checkOne(run, 3);
            run.change(change("r: price > 1000, version 2"));
            checkOne(run, 4);
            run.change(change("r: price > 100, version 3"));
            checkOne(run, 5);
            run.change(change("r: price > 100, version 4, paused"));
            checkOne(run, 6);
            run.restart(1);
            checkOne(run, 7);
            run.change(change("r: price > 100, version 5"));
            checkOne(run, 8);
            run.change(new RuleChange("r", null));
            checkOne(run, 9);
            run.restart(1);
            checkOne(run, 10);
            assertThat(run.flags)
                    .extracting(Flag::time, Flag::ruleVersion)
                    .containsExactly(tuple(2L, 1), tuple(3L, 1), tuple(5L, 3), tuple(8L, 5));
            run.advanceTo(END);
            assertThat(run.timersAndKeys()).isZero();
        }
    }

    private static void checkOne(TapeRun run, long time) throws Exception {
        run.tick(btc(time, 500, time));
        run.advanceTo(time);
    }

    @ParameterizedTest
    @EnumSource
    void aQuietRuleStaysQuietOverARestart(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(MINUTES, backend)) {
            run.change(change("r: price > 100, cooldown 10s"));
            checkOne(run, 1);
            run.restart(1);
            checkOne(run, 2);
            checkOne(run, 10_000);
            checkOne(run, 10_001);
            assertThat(run.flags).extracting(Flag::time).containsExactly(1L, 1L, 10_001L);
            assertThat(run.flags).extracting(Flag::suppressed).containsExactly(0L, 2L, 0L);
        }
    }

    // Restarts.

    @ParameterizedTest
    @EnumSource
    void aTickAtTheEndOfItsWindowThatWaitedInStateIsPublishedOnce(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(MINUTES, backend)) {
            run.tick(btc(MINUTE - 1, 7, 0));
            run.checkpoint();
            run.advanceTo(MINUTE);
            assertThat(run.summaries).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTickIsAsLateAfterARestartAsBeforeIt(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(MINUTES, backend)) {
            run.tick(btc(1000, 7, 0));
            run.advanceTo(11 * MINUTE);
            run.tick(btc(MINUTE + 1000, 8, 1));
            Tick first = btc(2000, 8, 2);
            run.tick(first);
            run.restart(1);
            run.tick(btc(MINUTE + 2000, 8, 3));
            Tick second = btc(3000, 9, 4);
            run.tick(second);
            run.advanceTo(END);
            assertThat(run.tooLate).containsExactly(first, second);
            assertThat(run.summaries)
                    .extracting(Summary::start, Summary::revision, Summary::count)
                    .containsExactly(tuple(0L, 0, 1L), tuple(MINUTE, 0, 2L));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherSetOfWindowsGoesOnFromWhatTheSlicesKnow(Backend backend) throws Exception {
        OperatorSubtaskState state;
        try (TapeRun run = TapeRun.started(settings("1m,7s", 10 * MINUTE, SECOND, MANY), backend)) {
            run.tick(btc(1000, 7, 0));
            run.tick(btc(30_000, 8, 1));
            run.advanceTo(30_000);
            state = run.checkpoint();
        }
        try (TapeRun run = TapeRun.restored(settings("10s,1h,1m,1h/30m", 10 * MINUTE, SECOND, MANY), backend, state)) {
            run.tick(btc(36_000, 9, 2));
            run.advanceTo(90 * MINUTE);
            assertThat(run.summaries)
                    .extracting(Summary::window, Summary::start, Summary::count)
                    .containsExactlyInAnyOrder(
                            // The slice of 28 to 35 s may hold ticks of the window before.
                            tuple("10s", 30_000L, 1L),
                            tuple("1m", 0L, 3L),
                            tuple("1h/30m", -30 * MINUTE, 3L),
                            tuple("1h/30m", 0L, 3L),
                            tuple("1h", 0L, 3L));
            run.advanceTo(END);
            assertThat(run.timersAndKeys()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWindowOfATaskThatWasAheadIsRevisedAfterARestart(Backend backend) throws Exception {
        try (TapeRun run = TapeRun.started(MINUTES, backend)) {
            run.restart(2);
            run.tick(btc(1000, 7, 0));
            run.advanceTaskOf("BTC-USD", MINUTE);
            assertThat(run.summaries).singleElement().returns(0, Summary::revision);

            // The other task has seen no watermark, so the tape begins again without one.
            run.restart(1);
            run.tick(btc(2000, 8, 1));
            run.advanceTo(2 * MINUTE);
            assertThat(run.summaries).last().returns(1, Summary::revision).returns(2L, Summary::count);
            assertThat(run.summaries).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTapeThatForgotItsWatermarkWouldPublishAFinalWindowAnew(Backend backend) throws Exception {
        OperatorSubtaskState checkpoint;
        try (TapeRun run = TapeRun.started(HOPS, backend)) {
            run.tick(btc(1000, 7, 0));
            run.advanceTo(11 * MINUTE);
            assertThat(run.summaries).hasSize(2);
            checkpoint = run.checkpoint();
        }
        OperatorSubtaskState withoutWatermark = OperatorSubtaskState.builder()
                .setManagedKeyedState(checkpoint.getManagedKeyedState())
                .build();
        assertThat(publishedAfter(checkpoint, backend)).isEmpty();
        assertThat(publishedAfter(withoutWatermark, backend))
                .as("the same window, once more, as if it were new")
                .extracting(Summary::start, Summary::revision)
                .containsExactly(tuple(-30 * SECOND, 0), tuple(0L, 0));
    }

    private static List<Summary> publishedAfter(OperatorSubtaskState state, Backend backend) throws Exception {
        try (TapeRun run = TapeRun.restored(HOPS, backend, state)) {
            run.tick(btc(2000, 8, 1));
            run.advanceTo(END);
            return run.summaries;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCheckpointHoldsItsMomentWhileTheTapeGoesOn(Backend backend) throws Exception {
        OperatorSubtaskState checkpoint;
        try (TapeRun run = TapeRun.started(MINUTES, backend)) {
            run.change(change("r: changePct over 10s > 50"));
            run.tick(btc(1000, 7, 0));
            run.advanceTo(1000);
            run.tick(btc(2000, 8, 1));
            checkpoint = run.checkpointDuring(() -> {
                run.tick(btc(1500, 1, 2));
                run.tick(btc(2500, 3, 3));
                run.advanceTo(3 * MINUTE);
                run.tick(btc(2600, 4, 4));
                run.advanceTo(END);
                run.checkpoint();
            });
        }
        try (TapeRun run = TapeRun.restored(MINUTES, backend, checkpoint)) {
            run.tick(btc(2700, 14, 5));
            run.advanceTo(END);
            assertThat(run.summaries)
                    .extracting(Summary::count, Summary::open, Summary::low, Summary::close)
                    .containsExactly(tuple(3L, Decimal.of("7"), Decimal.of("7"), Decimal.of("14")));
            assertThat(run.flags).extracting(Flag::offset).containsExactly(5L);
            assertThat(run.timersAndKeys()).isZero();
        }
    }

    // Everything at once.

    @Test
    void whatComesOutIsWhatTheDocumentationSays() throws Exception {
        check(1, Rounds.of(100), Backend.HASHMAP, MANY, 0);
    }

    @ParameterizedTest
    @EnumSource
    void ticksThatWaitInStateChangeNothing(Backend backend) throws Exception {
        check(200, backend == Backend.HASHMAP ? Rounds.of(50, 15) : Rounds.of(10), backend, 3, 0);
    }

    @ParameterizedTest
    @EnumSource
    void checkpointsAndRestartsAndOtherNumbersOfTasksChangeNothing(Backend backend) throws Exception {
        check(400, backend == Backend.HASHMAP ? Rounds.of(15, 15) : Rounds.of(8), backend, MANY, 12);
    }

    @ParameterizedTest
    @EnumSource
    void norBothTogether(Backend backend) throws Exception {
        check(600, backend == Backend.HASHMAP ? Rounds.of(15, 15) : Rounds.of(8), backend, 3, 12);
    }

    /**
     * @param interruptEvery after how many events there is a checkpoint, by turns without a restart, with one, and with
     *     one to two tasks and then back; 0 for never
     */
    private static void check(long firstSeed, int seeds, Backend backend, int maxHeld, int interruptEvery)
            throws Exception {
        Map<String, Integer> seen = new HashMap<>();
        for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
            check(new WindowsTape(seed, 150, SYMBOLS), backend, maxHeld, interruptEvery, seen);
        }
        if (backend == Backend.ROCKSDB && !Rounds.areAll()) {
            return; // too few tapes to see all of that
        }
        assertThat(seen)
                .containsKeys(
                        "late for a window",
                        "too late",
                        "too late for some windows only",
                        "first published late",
                        "second revision",
                        "corrected window",
                        "flag",
                        "late flag");
    }

    private static void check(
            WindowsTape tape, Backend backend, int maxHeld, int interruptEvery, Map<String, Integer> seen)
            throws Exception {
        List<Rule> rules = List.of(
                rule("high: price > 64008"),
                rule("jump: tickChangePct > 0.012"),
                rule("rise: changePct over 10s >= 0.012"));
        Map<String, WindowsOracle> naive = new HashMap<>();
        Map<String, List<Tick>> inOrder = new HashMap<>();
        List<String> lateFlags = new ArrayList<>();
        List<Tick> tooLate = new ArrayList<>();
        long late = 0;
        long missed = 0;
        long revisions = 0;
        Set<List<Object>> corrected = new HashSet<>();
        for (String symbol : SYMBOLS) {
            naive.put(symbol, new WindowsOracle(symbol, tape, seen));
            inOrder.put(symbol, new ArrayList<>());
        }
        try (TapeRun run = TapeRun.started(settings(tape, maxHeld), backend)) {
            for (Rule rule : rules) {
                run.change(new RuleChange(rule.id(), rule));
            }
            long watermark = Long.MIN_VALUE;
            int events = 0;
            for (WindowsTape.Event event : tape.events()) {
                if (interruptEvery > 0 && ++events % interruptEvery == 0) {
                    switch (events / interruptEvery % 4) {
                        case 0 -> run.checkpoint();
                        case 1 -> run.restart(1);
                        case 2 -> run.restart(2);
                        default -> run.restart(1);
                    }
                }
                if (event.tick() != null) {
                    Tick tick = event.tick();
                    run.tick(tick);
                    Counted counted = naive.get(tick.symbol()).add(tick);
                    if (counted == Counted.BY_NO_WINDOW) {
                        tooLate.add(tick);
                        continue;
                    }
                    late += tick.time() <= watermark ? 1 : 0;
                    missed += counted == Counted.BY_SOME_WINDOWS ? 1 : 0;
                    if (tick.time() > watermark) {
                        inOrder.get(tick.symbol()).add(tick);
                    } else if (tick.price().nearest() > 64008) {
                        lateFlags.add("late high at " + tick.origin().offset());
                    }
                } else {
                    watermark = event.watermark();
                    List<Summary> expected = new ArrayList<>();
                    naive.values().forEach(each -> expected.addAll(each.advanceTo(event.watermark())));
                    run.advanceTo(watermark);
                    assertThat(run.summaries)
                            .as("%s; published at %d", tape, watermark)
                            .containsExactlyInAnyOrderElementsOf(expected);
                    run.summaries.clear();
                    for (Summary summary : expected) {
                        if (summary.revision() > 0) {
                            revisions++;
                            corrected.add(List.of(summary.symbol(), summary.window(), summary.start(), summary.asOf()));
                        }
                    }
                }
            }
            assertThat(run.tooLate).as("%s; too late", tape).isEqualTo(tooLate);
            for (String symbol : SYMBOLS) {
                inOrder.get(symbol).sort(null);
                List<NaiveFlag> flags = NaiveRules.flags(rules, inOrder.get(symbol));
                assertThat(run.flags.stream()
                                .filter(flag -> flag.symbol().equals(symbol) && !flag.late())
                                .map(NaiveFlag::of))
                        .as("%s; flags of %s", tape, symbol)
                        .containsExactlyInAnyOrderElementsOf(flags);
                seen.merge("flag", flags.size(), Integer::sum);
            }
            assertThat(run.flags.stream()
                            .filter(Flag::late)
                            .map(flag -> "late " + flag.ruleId() + " at " + flag.offset()))
                    .as("%s; late flags", tape)
                    .containsExactlyElementsOf(lateFlags);
            seen.merge("late flag", lateFlags.size(), Integer::sum);
            assertThat(run.timersAndKeys()).as("%s; timers and keys left", tape).isZero();

            run.checkpoint();
            assertThat(run.counted("late")).as("%s; late", tape).isEqualTo(late);
            assertThat(run.counted("lateMissed"))
                    .as("%s; missed by a window", tape)
                    .isEqualTo(missed);
            assertThat(run.counted("tooLate")).as("%s; too late", tape).isEqualTo(tooLate.size());
            assertThat(run.counted("revisions")).as("%s; revisions", tape).isEqualTo(revisions);
            assertThat(run.counted("correctedWindows"))
                    .as("%s; corrected", tape)
                    .isEqualTo(corrected.size());
            seen.merge("corrected window", corrected.size(), Integer::sum);
        }
    }
}
