package io.tapewatch.domain.check;

import static io.tapewatch.domain.Ticks.tick;
import static io.tapewatch.domain.check.Rules.book;
import static io.tapewatch.domain.check.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.rule.Evidence;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.Severity;
import io.tapewatch.domain.trade.Eligibility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolRulesTest {

    private static final long NOON = 1_700_000_000_000L / 86_400_000 * 86_400_000 + 43_200_000;
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;

    private final SymbolRules memory = new SymbolRules();
    private final List<Flag> flags = new ArrayList<>();

    @ParameterizedTest(name = "{0} is {2} by {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    // Ticks: seconds after noon @ price, or @ price x size. What counts is whether the last one raises
                    // a flag.
                    """
                    price > 100                | 0@100                        | not met
                    price > 100                | 0@100.01                     | met
                    price >= 100               | 0@100                        | met
                    price >= 100               | 0@99.99                      | not met
                    price < 100                | 0@100                        | not met
                    price < 100                | 0@99.99                      | met
                    price <= 100               | 0@100                        | met
                    price <= 100               | 0@100.01                     | not met
                    price < 0                  | 0@-37.63                     | met
                    size >= 10                 | 0@100x10                     | met
                    size >= 10                 | 0@100x9.999                  | not met
                    size < 1                   | 0@100x0                      | met
                    size < 1                   | 0@100                        | not met
                    size >= 0                  | 0@100                        | not met
                    tickChangePct > 5          | 0@105                        | not met
                    tickChangePct <= 0         | 0@105                        | not met
                    tickChangePct > 5          | 0@100 1@105                  | not met
                    tickChangePct >= 5         | 0@100 1@105                  | met
                    tickChangePct > 5          | 0@100 1@105.01               | met
                    tickChangePct > 5          | 0@100 0@106                  | met
                    tickChangePct > 5          | 0@100 1@103 2@107            | not met
                    tickChangePct > 5          | 0@100 90000@106              | met
                    tickChangePct < -5         | 0@100 1@94                   | met
                    tickChangePct <= -5        | 0@100 1@95                   | met
                    tickChangePct < -5         | 0@100 1@95                   | not met
                    tickChangePct >= 0         | 0@100 1@100                  | met
                    tickChangePct > -1000      | 0@0 1@5                      | not met
                    tickChangePct > -1000      | 0@-2 1@5                     | not met
                    tickChangePct < -100       | 0@2 1@-5                     | met
                    changePct over 1m > 5      | 0@106                        | not met
                    changePct over 1m >= 0     | 0@106                        | not met
                    changePct over 1m > 5      | 0@100 1@106                  | met
                    changePct over 1m > 5      | 0@100 0@106                  | met
                    changePct over 1m > 5      | 0@100 1@103 2@106            | met
                    changePct over 1m > 5      | 0@103 1@100 2@106            | not met
                    changePct over 1m > 5      | 0@100 60@106                 | met
                    changePct over 1m > 5      | 0@100 60.999@106             | met
                    changePct over 1m > 5      | 0@100 61@106                 | not met
                    changePct over 1m >= -100  | 0@100 61@106                 | not met
                    changePct over 1m > 5      | 0@100 1@105 61@106           | not met
                    changePct over 1m < -5     | 0@100 0.999@101 61@95        | not met
                    changePct over 1m > 5      | 0.999@100 61@106             | not met
                    changePct over 1m > 5      | 1@100 61@106                 | met
                    changePct over 5m > 5      | 4.999@100 305@106            | not met
                    changePct over 5m > 5      | 5@100 305@106                | met
                    changePct over 1ms > 5     | 0@100 0.060@106              | met
                    changePct over 1ms > 5     | 0@100 0.061@106              | not met
                    changePct over 24h > 5     | 0@100 86400@106              | met
                    changePct over 24h > 5     | 0@100 87840@106              | not met
                    """)
    void aCondition(String condition, String ticks, String met) {
        RuleBook book = book("it: " + condition);
        boolean flagged = false;
        for (String each : ticks.split(" ")) {
            flags.clear();
            Unquoted.check(memory, read(each), book, Rules.NO_CLOSES, flags::add);
            flagged = !flags.isEmpty();
        }
        assertThat(flagged).isEqualTo(met.equals("met"));
    }

    private static Tick read(String text) {
        String[] timeAndRest = text.split("@");
        String[] priceAndSize = timeAndRest[1].split("x");
        return tick("BTC-USD")
                .at(NOON + Math.round(Double.parseDouble(timeAndRest[0]) * 1000))
                .price(Double.parseDouble(priceAndSize[0]))
                .size(priceAndSize.length > 1 ? Double.parseDouble(priceAndSize[1]) : Ticks.NO_SIZE)
                .tick();
    }

    @Test
    void aFlagTellsWhatHappened() {
        RuleBook book = book("pump: changePct over 300s > 5, version 3, severity HIGH");
        Unquoted.check(memory, tick("BTC-USD").at(NOON).price(811.02).tick(), book, Rules.NO_CLOSES, flags::add);
        Origin origin = new Origin(2, 77, NOON, Origin.Stamp.LOG_APPEND_TIME);
        Unquoted.check(
                memory,
                Ticks.of("BTC-USD", 860.66, 0.25, NOON + MINUTE, "t-1", 9, Side.BUY, "XBTS", "@ I", origin),
                book,
                Rules.NO_CLOSES,
                flags::add);

        double change = 6.120687529284111; // 100 · 49.64 / 811.02 is 6.12068752928411136…
        assertThat(flags)
                .containsExactly(new Flag(
                        "pump:3:BTC-USD:" + (NOON + MINUTE) + ":2:77",
                        "pump",
                        3,
                        Severity.HIGH,
                        "BTC-USD",
                        NOON + MINUTE,
                        0,
                        Rule.On.TRADE,
                        Decimal.of("860.66"),
                        Decimal.of("0.25"),
                        Decimal.of("811.02"),
                        null,
                        null,
                        "t-1",
                        9L,
                        Side.BUY,
                        "XBTS",
                        "@ I",
                        2,
                        77,
                        List.of(new Evidence("changePct", "5m", change, ">", Decimal.of("5"))),
                        List.of(),
                        "BTC-USD rose 6.1 % in 5m (limit 5 %), 811.02 → 860.66",
                        0,
                        null,
                        0,
                        false,
                        false,
                        null));
    }

    @Test
    void aFlagLeavesOutWhatTheTickDoesNotSay() {
        Unquoted.check(
                memory,
                tick("BTC-USD").at(NOON).price(1200).tick(),
                book("high: price > 1100"),
                Rules.NO_CLOSES,
                flags::add);

        Flag flag = flags.get(0);
        assertThat(flag.size()).isNull();
        assertThat(flag.previousPrice()).isNull();
        assertThat(flag.tradeId()).isNull();
        assertThat(flag.seq()).isNull();
        assertThat(flag.side()).isNull();
        assertThat(flag.evidence()).containsExactly(new Evidence("price", null, 1200, ">", Decimal.of("1100")));
    }

    @Test
    void severalRulesFlagTheSameTickInTheOrderOfTheirIds() {
        RuleBook book = book("c: price > 1", "a: price > 2", "b: price > 3000", "d: size > 0");
        Unquoted.check(memory, tick("BTC-USD").at(NOON).price(50).size(1).tick(), book, Rules.NO_CLOSES, flags::add);
        assertThat(flags).extracting(Flag::ruleId).containsExactly("a", "c", "d");
    }

    @Test
    void aRuleAppliesToItsSymbolsAlone() {
        RuleBook book = book("it: price > 1, symbols BTC* ETH-USD");
        for (String symbol : List.of("BTC-USD", "BTC", "ETH-USD", "ETH-USDT", "XBTC")) {
            Unquoted.check(new SymbolRules(), tick(symbol).at(NOON).tick(), book, Rules.NO_CLOSES, flags::add);
        }
        assertThat(flags).extracting(Flag::symbol).containsExactly("BTC-USD", "BTC", "ETH-USD");
    }

    @Test
    void aRuleIsQuietForItsCooldownAfterAFlag() {
        RuleBook book = book("it: price > 100, cooldown 10s");
        for (long second : new long[] {0, 1, 9, 10, 11, 19, 25, 34, 35}) {
            Unquoted.check(
                    memory, tick("X").at(NOON + second * SECOND).price(101).tick(), book, Rules.NO_CLOSES, flags::add);
        }
        assertThat(flags)
                .filteredOn(flag -> flag.revision() == 0)
                .extracting(flag -> (flag.time() - NOON) / SECOND)
                .as("seconds of the flags")
                .containsExactly(0L, 10L, 25L, 35L);
    }

    @Test
    void withoutACooldownEveryTickThatMeetsARuleIsFlagged() {
        RuleBook book = book("it: price > 100");
        for (int i = 0; i < 3; i++) {
            Unquoted.check(memory, tick("X").at(NOON).price(101).offset(i).tick(), book, Rules.NO_CLOSES, flags::add);
        }
        assertThat(flags).extracting(Flag::offset).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aNewVersionOfARuleIsNotQuietForWhatTheOldOneFlagged() {
        RuleBook book = book("it: price > 100, cooldown 1h");
        Unquoted.check(memory, tick("X").at(NOON).price(101).tick(), book, Rules.NO_CLOSES, flags::add);
        book.restore(rule("it: price > 100, cooldown 1h, version 2"));
        Unquoted.check(memory, tick("X").at(NOON + 1).price(101).tick(), book, Rules.NO_CLOSES, flags::add);
        Unquoted.check(memory, tick("X").at(NOON + 2).price(101).tick(), book, Rules.NO_CLOSES, flags::add);
        assertThat(flags).extracting(Flag::ruleVersion).containsExactly(1, 2);
    }

    @Test
    void aLateTickIsCheckedByItsPriceAndSizeAlone() {
        RuleBook book = book(
                "p: price > 150", "s: size > 1", "t: tickChangePct > 1", "w: changePct over 1h > 1", "q: price < 1");
        Unquoted.check(memory, tick("X").at(NOON).price(100).size(1).tick(), book, Rules.NO_CLOSES, flags::add);
        Unquoted.check(
                memory, tick("X").at(NOON + MINUTE).price(100).size(1).tick(), book, Rules.NO_CLOSES, flags::add);
        Unquoted.checkLate(
                memory, tick("X").at(NOON + SECOND).price(200).size(2).tick(), book, flags::add);

        assertThat(flags).extracting(Flag::ruleId).containsExactly("p", "s");
        assertThat(flags).allMatch(Flag::late).allMatch(flag -> flag.previousPrice() == null);
    }

    @Test
    void aLateTickChangesNothingForTheTicksThatFollow() {
        RuleBook book = book("t: tickChangePct > 1", "w: changePct over 1h > 1", "p: price > 1, cooldown 0s");
        Unquoted.check(memory, tick("X").at(NOON).price(100).tick(), book, Rules.NO_CLOSES, flags::add);
        SymbolRules before = memory.copy();
        Unquoted.checkLate(memory, tick("X").at(NOON - SECOND).price(50).tick(), book, flags::add);
        assertThat(memory).isEqualTo(before);
    }

    @Test
    void aLateTickWithinTheCooldownOfAFlagIsQuietAndOneFromBeforeItIsNot() {
        RuleBook book = book("it: price > 100, cooldown 10s");
        Unquoted.check(memory, tick("X").at(NOON + 20 * SECOND).price(101).tick(), book, Rules.NO_CLOSES, flags::add);
        Unquoted.check(memory, tick("X").at(NOON + 60 * SECOND).price(99).tick(), book, Rules.NO_CLOSES, flags::add);
        flags.clear();
        for (long second : new long[] {20, 29, 19, 18, 28, 30, 31}) {
            Unquoted.checkLate(
                    memory, tick("X").at(NOON + second * SECOND).price(101).tick(), book, flags::add);
        }
        assertThat(flags)
                .extracting(flag -> (flag.time() - NOON) / SECOND)
                .as("seconds of the late flags: 19 is before the flag at 20, 18 before that, 28 quiet by both")
                .containsExactly(19L, 18L, 30L);
    }

    @Test
    void aLateFlagQuietsTheTicksAfterIt() {
        RuleBook book = book("it: price > 100, cooldown 10s");
        Unquoted.check(memory, tick("X").at(NOON + 5 * SECOND).price(99).tick(), book, Rules.NO_CLOSES, flags::add);
        Unquoted.checkLate(memory, tick("X").at(NOON).price(101).tick(), book, flags::add);
        Unquoted.check(memory, tick("X").at(NOON + 9 * SECOND).price(101).tick(), book, Rules.NO_CLOSES, flags::add);
        Unquoted.check(memory, tick("X").at(NOON + 10 * SECOND).price(101).tick(), book, Rules.NO_CLOSES, flags::add);
        assertThat(flags).extracting(flag -> (flag.time() - NOON) / SECOND).containsExactly(0L, 0L, 10L);
        assertThat(flags).extracting(Flag::revision).containsExactly(0, 1, 0);
        assertThat(flags).extracting(Flag::suppressed).containsExactly(0L, 1L, 0L);
    }

    @Test
    void aTickBeforeTheLastOneIsRefused() {
        RuleBook book = book("it: price > 100");
        Unquoted.check(memory, tick("X").at(NOON).tick(), book, Rules.NO_CLOSES, flags::add);
        assertThatThrownBy(
                        () -> Unquoted.check(memory, tick("X").at(NOON - 1).tick(), book, Rules.NO_CLOSES, flags::add))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingIsRememberedForASymbolWithoutRules() {
        Unquoted.check(
                memory,
                tick("X").at(NOON).tick(),
                book("it: price > 1, symbols Y", "p: price > 1, paused"),
                Rules.NO_CLOSES,
                flags::add);
        assertThat(memory.isEmpty()).isTrue();
        assertThat(flags).isEmpty();
    }

    @Test
    void whatNoActiveRuleNeedsIsDroppedAtTheNextCheck() throws IOException {
        RuleBook book = book("a: changePct over 5m > -200, cooldown 1h", "b: price > 1, cooldown 1h");
        Unquoted.check(memory, tick("X").at(NOON).tick(), book, Rules.NO_CLOSES, flags::add);
        Unquoted.check(memory, tick("X").at(NOON + 1).tick(), book, Rules.NO_CLOSES, flags::add);
        assertThat(flags).extracting(Flag::ruleId).containsExactly("b", "a");

        SymbolRules withoutA = memory.copy();
        book.restore(rule("a: changePct over 5m > -200, cooldown 1h, version 2, paused"));
        Unquoted.check(withoutA, tick("X").at(NOON + 1).tick(), book, Rules.NO_CLOSES, flags::add);
        assertThat(bytes(withoutA)).hasSizeLessThan(bytes(memory).length - 17 - 20);

        SymbolRules withoutBoth = withoutA.copy();
        book.apply(new RuleChange("b", null), 0);
        Unquoted.check(withoutBoth, tick("X").at(NOON + 1).tick(), book, Rules.NO_CLOSES, flags::add);
        assertThat(withoutBoth.isEmpty()).isTrue();
        assertThat(memory.isEmpty()).isFalse();
    }

    @Test
    void aWindowIsRememberedWhileAnyActiveRuleNeedsIt() {
        RuleBook book = book("a: changePct over 5m > 5", "b: changePct over 300s < -5");
        Unquoted.check(memory, tick("X").at(NOON).price(100).tick(), book, Rules.NO_CLOSES, flags::add);
        book.apply(new RuleChange("b", null), 0);
        Unquoted.check(memory, tick("X").at(NOON + 1).price(106).tick(), book, Rules.NO_CLOSES, flags::add);
        assertThat(flags).extracting(Flag::ruleId).containsExactly("a");
    }

    @Test
    void aRuleThatComesLaterWaitsUntilItsWindowBeginsAfterItCame() {
        RuleBook book = book("a: price < 1");
        Unquoted.check(memory, tick("X").at(NOON).price(100).tick(), book, Rules.NO_CLOSES, flags::add);
        book.put(new RuleInForce(rule("b: changePct over 5m > 5"), NOON + 1, 1));
        Unquoted.check(memory, tick("X").at(NOON + 1 * MINUTE).price(110).tick(), book, Rules.NO_CLOSES, flags::add);
        Unquoted.check(memory, tick("X").at(NOON + 2 * MINUTE).price(120).tick(), book, Rules.NO_CLOSES, flags::add);
        Unquoted.check(memory, tick("X").at(NOON + 5 * MINUTE).price(130).tick(), book, Rules.NO_CLOSES, flags::add);
        assertThat(flags).as("while the window reaches back to the tick before").isEmpty();
        Unquoted.check(memory, tick("X").at(NOON + 6 * MINUTE).price(132).tick(), book, Rules.NO_CLOSES, flags::add);
        assertThat(flags).extracting(flag -> flag.evidence().get(0).value()).containsExactly(20.0);
    }

    @Test
    void aNewVersionThatLooksAtTheSameKnowsWhatTheOldOneKnew() {
        RuleInForce first = new RuleInForce(rule("b: changePct over 5m > 5"), RuleInForce.ALWAYS, 1);
        Rule stricter = rule("b: changePct over 5m > 4, version 2");
        RuleBook book = book("a: price < 1");
        book.put(first);
        book.put(RuleInForce.coming(stricter, first, NOON, 2));
        Unquoted.check(memory, tick("X").at(NOON + 3).price(100).tick(), book, Rules.NO_CLOSES, flags::add);
        Unquoted.check(memory, tick("X").at(NOON + 4).price(110).tick(), book, Rules.NO_CLOSES, flags::add);
        assertThat(flags).extracting(Flag::ruleVersion).containsExactly(2);

        for (String other : List.of(
                "b: changePct over 6m > 4, version 3",
                "b: rangePct over 5m > 4, version 3",
                "b: changePct over 5m > 4, version 3, symbols X")) {
            assertThat(RuleInForce.coming(rule(other), first, NOON, 3).since())
                    .as(other)
                    .isEqualTo(NOON);
        }
        RuleInForce paused = new RuleInForce(rule("b: changePct over 5m > 5, paused"), RuleInForce.ALWAYS, 1);
        assertThat(RuleInForce.coming(stricter, paused, NOON, 2).since()).isEqualTo(NOON);
    }

    @Test
    void aLateTickInAQuietTimeThatIsOverIsPublishedToo() {
        RuleBook book = book("it: price > 100, cooldown 5m");
        Unquoted.check(memory, tick("X").at(NOON).price(101).tick(), book, Rules.NO_CLOSES, flags::add);
        Unquoted.check(memory, tick("X").at(NOON + 1).price(102).tick(), book, Rules.NO_CLOSES, flags::add);
        memory.advanceTo(NOON + 10 * MINUTE, Instrument.unknown("X"), book, flags::add);
        Unquoted.checkLate(memory, tick("X").at(NOON + 2).price(900).tick(), book, flags::add);
        assertThat(memory.due()).isLessThan(NOON + 10 * MINUTE + 1);
        memory.advanceTo(NOON + 10 * MINUTE + 1, Instrument.unknown("X"), book, flags::add);
        memory.advanceTo(Long.MAX_VALUE, Instrument.unknown("X"), book, flags::add);

        assertThat(flags).extracting(Flag::revision).containsExactly(0, 1, 2);
        assertThat(flags).extracting(Flag::suppressed).containsExactly(0L, 1L, 2L);
        assertThat(flags).extracting(flag -> flag.evidence().get(0).value()).containsExactly(101.0, 101.0, 101.0);
        assertThat(flags)
                .flatExtracting(Flag::mostExtreme)
                .extracting(most -> most.evidence().value() + " at " + (most.time() - NOON))
                .containsExactly("102.0 at 1", "900.0 at 2");
        assertThat(flags)
                .extracting(flag -> flag.lastTime() == null ? null : flag.lastTime() - NOON)
                .containsExactly(null, 1L, 2L);
    }

    @Test
    void whatEventTimeBringsAboutComesInItsOrderHoweverFarItSteps() {
        RuleBook book = book("it: silenceSeconds >= 10, cooldown 15s");
        for (long second : new long[] {0, 11, 22}) {
            Unquoted.check(memory, tick("X").at(NOON + second * SECOND).tick(), book, Rules.NO_CLOSES, flags::add);
        }
        memory.advanceTo(NOON + 40 * SECOND, Instrument.unknown("X"), book, flags::add);
        assertThat(flags)
                .extracting(flag -> (flag.time() - NOON) / SECOND + "s revision " + flag.revision())
                .containsExactly("10s revision 0", "10s revision 1", "32s revision 0");
    }

    @Test
    void theTimeDropsWhatASilentSymbolNoLongerNeeds() throws IOException {
        RuleBook book = book("a: changePct over 1m > 5", "b: price > 1, cooldown 10m");
        Unquoted.check(memory, tick("X").at(NOON).tick(), book, Rules.NO_CLOSES, flags::add);
        int full = bytes(memory).length;
        memory.forget(NOON + MINUTE);
        assertThat(bytes(memory)).hasSize(full);
        memory.forget(NOON + 2 * MINUTE);
        int withoutWindow = bytes(memory).length;
        assertThat(withoutWindow).isLessThan(full);
        memory.forget(NOON + 10 * MINUTE - 1);
        assertThat(bytes(memory)).hasSize(withoutWindow);
        memory.forget(NOON + 10 * MINUTE);
        assertThat(bytes(memory))
                .as("version, last tick, no window, its price, nanoseconds and place, no quotes, nothing quiet")
                .hasSize(1 + 2 + 8 + 1 + 1 + 9 + 1 + 1 + 1 + 1 + 1);
        assertThat(memory.forget(NOON + 11 * MINUTE)).isEqualTo(NOON + EventTimes.MAX_GAP + 1);
        assertThat(memory.forget(NOON + EventTimes.MAX_GAP)).isEqualTo(NOON + EventTimes.MAX_GAP + 1);
        assertThat(memory.forget(NOON + EventTimes.MAX_GAP + 1)).isEqualTo(EventTimes.NEVER);
        assertThat(memory.isEmpty()).isTrue();
    }

    @Test
    void aTickOlderThanThirtyTwoDaysIsNotTheTickBefore() {
        RuleBook book = book("a: tickChangePct > 5");
        Unquoted.check(memory, tick("X").at(NOON).price(100).tick(), book, Rules.NO_CLOSES, flags::add);
        Unquoted.check(
                memory, tick("X").at(NOON + EventTimes.MAX_GAP).price(110).tick(), book, Rules.NO_CLOSES, flags::add);
        assertThat(flags).hasSize(1);
        Unquoted.check(
                memory,
                tick("X").at(NOON + 2 * EventTimes.MAX_GAP + 1).price(220).tick(),
                book,
                Rules.NO_CLOSES,
                flags::add);
        assertThat(flags).hasSize(1);
    }

    @Test
    void aFullWindowTakesEightBytesAStep() throws IOException {
        RuleBook book = book("a: changePct over 24h > 50");
        for (int minute = 0; minute < 5000; minute++) {
            Unquoted.check(
                    memory,
                    tick("X").at(NOON + minute * MINUTE).price("64250.12").tick(),
                    book,
                    Rules.NO_CLOSES,
                    flags::add);
        }
        assertThat(bytes(memory)).hasSizeBetween(61 * 8, 61 * 8 + 50);
    }

    @Test
    void aCopyAndTheOriginalGoTheirOwnWays() throws IOException {
        RuleBook book = book("a: changePct over 1m > 5, cooldown 10m", "b: price > 1, cooldown 1s");
        Unquoted.check(memory, tick("X").at(NOON).price(100).tick(), book, Rules.NO_CLOSES, flags::add);
        Unquoted.checkLate(memory, tick("X").at(NOON - MINUTE).price(100).tick(), book, flags::add);
        SymbolRules copy = memory.copy();
        byte[] before = bytes(memory);
        Unquoted.check(copy, tick("X").at(NOON + 2 * SECOND).price(110).tick(), book, Rules.NO_CLOSES, flags::add);
        Unquoted.checkLate(copy, tick("X").at(NOON - 2 * MINUTE).price(100).tick(), book, flags::add);
        assertThat(bytes(memory)).isEqualTo(before).isNotEqualTo(bytes(copy));
    }

    @Test
    void anUnknownFormatIsRefused() {
        assertThatThrownBy(() -> SymbolRules.readFrom(new DataInputStream(new ByteArrayInputStream(new byte[] {1, 0}))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 1");
    }

    private static byte[] bytes(SymbolRules memory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** That another rule came in between does not make up for the ticks before it. */
    @Test
    void aRuleThatBeginsToApplyKnowsNoTicksThatWereFollowedByNoRule() {
        RuleBook book = book("few: count over 1h < 5, sectors tech");
        Instrument unknown = Instrument.unknown("X");
        Instrument tech = new Instrument("X", null, null, null, "tech", null, Instrument.ONE);
        for (int minute = 0; minute < 10; minute++) {
            Tick tick = tick("X").at(NOON + minute * MINUTE).tick();
            memory.check(tick, Eligibility.ALL, QuoteAtTrade.NOTHING, unknown, book, Rules.NO_CLOSES, flags::add);
        }
        book.put(new RuleInForce(Rules.rule("any: price > 1e9"), NOON + 11 * MINUTE, 1));
        memory.instrumentChanged(unknown, tech, book, NOON + 15 * MINUTE);
        for (int minute : new int[] {20, 71, 81}) {
            Tick tick = tick("X").at(NOON + minute * MINUTE).tick();
            memory.check(tick, Eligibility.ALL, QuoteAtTrade.NOTHING, tech, book, Rules.NO_CLOSES, flags::add);
        }
        assertThat(flags).extracting(Flag::time).containsExactly(NOON + 81 * MINUTE);
    }

    @Test
    void anInstrumentThatHasNotTradedTakesNoRoom() {
        RuleBook book = book("few: count over 1h < 5, sectors tech", "any: price > 1");
        Instrument tech = new Instrument("X", null, null, null, "tech", null, Instrument.ONE);
        memory.instrumentChanged(Instrument.unknown("X"), tech, book, Long.MIN_VALUE);
        assertThat(memory.isEmpty()).isTrue();
        memory.instrumentChanged(tech, Instrument.unknown("X"), book, NOON);
        assertThat(memory.forget(NOON)).isEqualTo(EventTimes.NEVER);
    }
}
