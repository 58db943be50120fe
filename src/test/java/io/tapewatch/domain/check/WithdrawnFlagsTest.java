package io.tapewatch.domain.check;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.Withdrawn;
import io.tapewatch.domain.trade.Eligibility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Flags whose trades are cancelled or corrected. */
class WithdrawnFlagsTest {

    private static final long NOON = 1_700_000_000_000L;
    private static final long SECOND = 1000;
    private static final long HORIZON = 30 * 60 * SECOND;
    private static final Instrument X = Instrument.unknown("X");

    private final List<Flag> flags = new ArrayList<>();
    private SymbolRules memory = new SymbolRules();
    private RuleBook book = book(HORIZON);

    private static RuleBook book(long horizon, String... lines) {
        RuleBook book = new RuleBook(
                new RuleLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Condition.MAX_OVER, true, true, true, horizon));
        for (String line : lines) {
            book.restore(Rules.rule(line));
        }
        return book;
    }

    private void rules(String... lines) {
        book = book(HORIZON, lines);
    }

    private void check(Tick tick) {
        memory.check(tick, Eligibility.ALL, QuoteAtTrade.NOTHING, X, book, Rules.NO_CLOSES, flags::add);
        memory = copied();
    }

    private void cancel(Tick tick) {
        takenBack(tick, null);
    }

    private void takenBack(Tick tick, Tick corrected) {
        memory.takenBack(
                tick.time(), tick.origin().partition(), tick.origin().offset(), corrected, X, book, flags::add);
        memory = copied();
    }

    private SymbolRules copied() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            memory.copy().writeTo(new DataOutputStream(bytes));
            SymbolRules read = SymbolRules.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            assertThat(read).isEqualTo(memory);
            return read;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Flag last() {
        return flags.get(flags.size() - 1);
    }

    private static Ticks at(int second) {
        return tick("X").at(NOON + second * SECOND).offset(second);
    }

    @Test
    void theFlagOfACancelledTradeIsPublishedOnceMoreAsWithdrawn() {
        rules("high: price > 100");
        Tick trade = at(0).price(105).size(2).id("t-1").tick();
        check(trade);
        check(at(1).price(99).tick());
        cancel(trade);
        assertThat(flags).hasSize(2);
        Flag first = flags.get(0);
        assertThat(last())
                .isEqualTo(first.published(
                        "withdrawn, as the trade was cancelled: " + first.message(), 1, Withdrawn.CANCELLED, null));
    }

    @Test
    void aTradeWithoutAFlagTakesNoneBack() {
        rules("high: price > 100");
        check(at(0).price(105).tick());
        check(at(1).price(99).tick());
        cancel(at(1).price(99).tick());
        assertThat(flags).hasSize(1);
    }

    @Test
    void aFlagStaysWithdrawnWhenItsCooldownEnds() {
        rules("high: price > 100, cooldown 10s");
        Tick trade = at(0).price(105).tick();
        check(trade);
        check(at(1).price(110).tick());
        cancel(trade);
        memory.advanceTo(NOON + 20 * SECOND, X, book, flags::add);
        assertThat(flags).extracting(Flag::revision).containsExactly(0, 1, 2);
        assertThat(last().withdrawn()).isEqualTo(Withdrawn.CANCELLED);
        assertThat(last().suppressed()).isEqualTo(1);
        assertThat(last().message()).startsWith("withdrawn, as the trade was cancelled: X traded at 105");
    }

    @Test
    void aFlagThatWasPublishedAgainIsWithdrawnWithWhatItSaidLast() {
        rules("high: price > 100, cooldown 10s");
        Tick trade = at(0).price(105).tick();
        check(trade);
        check(at(1).price(110).tick());
        check(at(11).price(90).tick());
        cancel(trade);
        assertThat(flags).extracting(Flag::revision).containsExactly(0, 1, 2);
        assertThat(last().suppressed()).isEqualTo(1);
        assertThat(last().mostExtreme()).isEqualTo(flags.get(1).mostExtreme());
        assertThat(last().message())
                .isEqualTo(
                        "withdrawn, as the trade was cancelled: " + flags.get(1).message());
    }

    @Test
    void aCorrectedTradeThatDoesNotMeetTheRuleWithdrawsItsFlag() {
        rules("high: price > 100");
        Tick trade = at(0).price(105).tick();
        check(trade);
        takenBack(trade, at(0).price(100).tick());
        assertThat(last().withdrawn()).isEqualTo(Withdrawn.CORRECTED);
        assertThat(last().price()).isEqualTo(Decimal.of("105"));
        assertThat(last().message()).startsWith("withdrawn, as the trade was corrected: ");
    }

    @Test
    void aCorrectedTradeThatMeetsTheRuleStillHasItsNewFigures() {
        rules("high: price > 100, cooldown 10s");
        Tick trade = at(0).price(105).size(1).tick();
        check(trade);
        takenBack(trade, at(0).price("100.5").size(3).tick());
        check(at(1).price(110).tick());
        check(at(10).price(90).tick());
        assertThat(flags).extracting(Flag::revision).containsExactly(0, 1, 2);
        for (Flag each : flags.subList(1, 3)) {
            assertThat(each.withdrawn()).isNull();
            assertThat(each.price()).isEqualTo(Decimal.of("100.5"));
            assertThat(each.size()).isEqualTo(Decimal.of("3"));
            assertThat(each.evidence().get(0).value()).isEqualTo(100.5);
            assertThat(each.message()).startsWith("X traded at 100.5 ");
        }
        assertThat(last().suppressed()).isEqualTo(1);
    }

    @Test
    void aCorrectionKeepsWhatHappenedDuringTheCooldown() {
        rules("high: price > 100, cooldown 10s");
        Tick trade = at(0).price(105).tick();
        check(trade);
        check(at(1).price(110).tick());
        check(at(10).price(90).tick());
        takenBack(trade, at(0).price(104).tick());
        assertThat(last().revision()).isEqualTo(2);
        assertThat(last().message())
                .startsWith("X traded at 104 ")
                .endsWith(
                        flags.get(1).message().substring(flags.get(0).message().length()));
    }

    @Test
    void aFlagThatWasWithdrawnStandsAgainWhenACorrectionMeetsTheRule() {
        rules("high: price > 100");
        Tick trade = at(0).price(105).tick();
        check(trade);
        takenBack(trade, at(0).price(99).tick());
        takenBack(trade, at(0).price(103).tick());
        cancel(trade);
        assertThat(flags).extracting(Flag::revision).containsExactly(0, 1, 2, 3);
        assertThat(flags)
                .extracting(Flag::withdrawn)
                .containsExactly(null, Withdrawn.CORRECTED, null, Withdrawn.CANCELLED);
    }

    @Test
    void aRuleThatLooksAtOtherTradesIsNotCheckedAgainAndSaysSo() {
        rules("rise: changePct over 5m > 5");
        check(at(0).price(100).tick());
        Tick trade = at(1).price(110).tick();
        check(trade);
        takenBack(trade, at(1).price(101).size(4).tick());
        takenBack(trade, at(1).price(102).size(4).tick());
        assertThat(last().withdrawn()).isNull();
        assertThat(last().revision()).isEqualTo(2);
        assertThat(last().price()).isEqualTo(Decimal.of("102"));
        assertThat(last().evidence()).isEqualTo(flags.get(0).evidence());
        assertThat(last().message())
                .isEqualTo(flags.get(0).message()
                        + "; the trade was corrected to 102, size 4, and the rule was not checked again");
    }

    @Test
    void whatItSaysOfThatStaysWhenTheCooldownEnds() {
        rules("rise: changePct over 5m > 5, cooldown 10s");
        check(at(0).price(100).tick());
        Tick trade = at(1).price(110).tick();
        check(trade);
        takenBack(trade, at(1).price(101).tick());
        check(at(2).price(120).tick());
        check(at(20).price(100).tick());
        assertThat(flags).extracting(Flag::revision).containsExactly(0, 1, 2);
        assertThat(last().price()).isEqualTo(Decimal.of("101"));
        assertThat(last().suppressed()).isEqualTo(1);
        assertThat(last().message()).endsWith("; the trade was corrected to 101, and the rule was not checked again");
        takenBack(trade, at(1).price(102).tick());
        assertThat(last().message())
                .containsOnlyOnce("the trade was corrected to")
                .contains("; again once, ");
    }

    @Test
    void aCancelledTradeOfAWindowChangesNoFlagOfAnother() {
        rules("rise: changePct over 5m > 5");
        Tick base = at(0).price(100).tick();
        check(base);
        check(at(1).price(110).tick());
        cancel(base);
        assertThat(flags).hasSize(1);
    }

    @Test
    void aFlagIsWithdrawnThoughItsRuleIsNotInForceAnyMore() {
        rules("high: price > 100");
        Tick trade = at(0).price(105).tick();
        check(trade);
        book.apply(new RuleChange("high", null), NOON);
        takenBack(trade, at(0).price(99).tick());
        assertThat(last().withdrawn()).isNull();
        assertThat(last().message()).endsWith("; the trade was corrected to 99, and the rule was not checked again");
        cancel(trade);
        assertThat(last().withdrawn()).isEqualTo(Withdrawn.CANCELLED);
    }

    @Test
    void flagsOfRulesThatSeeOtherPrintsAndOfLateTradesAreWithdrawnToo() {
        rules("high: price > 100", "of-i: price > 100, conditions I", "all: price > 100, conditions all");
        Tick late = at(0).price(105).tick();
        memory.checkLate(late, NO_PRICE, X, book, flags::add);
        assertThat(flags).extracting(Flag::ruleId).containsExactly("all");
        takenBack(late, at(0).price(98).tick());
        assertThat(last().withdrawn()).isEqualTo(Withdrawn.CORRECTED);
        assertThat(last().late()).isTrue();
    }

    private static final Eligibility NO_PRICE = new Eligibility(false, Eligibility.Last.NO, true, false);

    @Test
    void beyondTheHorizonNothingIsKept() {
        rules("high: price > 100");
        Tick trade = at(0).price(105).tick();
        check(trade);
        assertThat(memory.forget(NOON + HORIZON)).isLessThanOrEqualTo(NOON + HORIZON + 1);
        cancel(trade);
        assertThat(flags).hasSize(2);
        memory.forget(NOON + HORIZON + 1);
        cancel(trade);
        assertThat(flags).hasSize(2);
    }

    @Test
    void withoutAHorizonNothingIsKept() {
        book = book(0, "high: price > 100");
        Tick trade = at(0).price(105).tick();
        check(trade);
        cancel(trade);
        assertThat(flags).hasSize(1);
        SymbolRules withHorizon = new SymbolRules();
        withHorizon.check(
                trade,
                Eligibility.ALL,
                QuoteAtTrade.NOTHING,
                X,
                book(HORIZON, "high: price > 100"),
                Rules.NO_CLOSES,
                f -> {});
        assertThat(withHorizon).isNotEqualTo(memory);
        withHorizon.advanceTo(NOON, X, book, flags::add);
        assertThat(withHorizon).as("after the horizon was set to 0").isEqualTo(memory);
    }

    @Test
    void ofMoreFlagsThanAreKeptTheFirstIsDropped() {
        rules("high: price > 100");
        List<Tick> trades = new ArrayList<>();
        for (int i = 0; i <= RaisedFlags.MOST; i++) {
            trades.add(tick("X").at(NOON + i).offset(i).price(105).tick());
            memory.check(trades.get(i), Eligibility.ALL, QuoteAtTrade.NOTHING, X, book, Rules.NO_CLOSES, flags::add);
        }
        flags.clear();
        cancel(trades.get(0));
        assertThat(flags).isEmpty();
        cancel(trades.get(1));
        assertThat(flags).hasSize(1);
    }

    @Test
    void aQuoteWithTheSamePlaceIsNoTrade() {
        rules("wide: spreadBps > 1, on quote");
        Quote quote = new Quote(
                "X",
                Decimal.of("99"),
                null,
                Decimal.of("101"),
                null,
                NOON,
                0,
                Tick.NO_SEQ,
                at(0).tick().origin());
        memory.checkQuote(quote, X, book, flags::add);
        assertThat(flags).hasSize(1);
        cancel(at(0).tick());
        assertThat(flags).hasSize(1);
    }

    /** Trades, cancels and corrections, against a list of what each flag is by then. */
    @Test
    void theLastRevisionOfEachFlagIsWhatItsTradeIsNow() {
        for (long seed = 1; seed <= Rounds.of(300); seed++) {
            flags.clear();
            memory = new SymbolRules();
            rules("high: price > 100", "large: any(size >= 5; price < 96)", "odd: price > 103, conditions I");
            againstList(new SplittableRandom(seed), "seed " + seed);
        }
    }

    private void againstList(SplittableRandom random, String words) {
        List<Tick> trades = new ArrayList<>();
        Map<String, String> expected = new HashMap<>();
        Map<String, Integer> revisions = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            if (trades.isEmpty() || random.nextInt(3) > 0) {
                Tick trade = anyTrade(i, random);
                trades.add(trade);
                check(trade);
                for (String rule : List.of("high", "large", "odd")) {
                    if (meets(rule, trade)) {
                        expected.put(rule + i, "stands " + trade.price() + " " + trade.size());
                        revisions.put(rule + i, 0);
                    }
                }
            } else {
                Tick trade = trades.get(random.nextInt(trades.size()));
                int place = (int) trade.origin().offset();
                Tick corrected = random.nextBoolean() ? null : anyTrade(place, random);
                takenBack(trade, corrected);
                for (String rule : List.of("high", "large", "odd")) {
                    String flag = rule + place;
                    if (!expected.containsKey(flag)) {
                        continue;
                    }
                    revisions.merge(flag, 1, Integer::sum);
                    String figures =
                            expected.get(flag).substring(expected.get(flag).indexOf(' '));
                    expected.put(
                            flag,
                            corrected == null
                                    ? "cancelled" + figures
                                    : meetsByFigures(rule, corrected)
                                            ? "stands " + corrected.price() + " " + corrected.size()
                                            : "corrected" + figures);
                }
            }
        }
        Map<String, String> actual = new HashMap<>();
        Map<String, Integer> actualRevisions = new HashMap<>();
        for (Flag flag : flags) {
            String key = flag.ruleId() + flag.offset();
            assertThat(flag.revision())
                    .as("%s, %s", words, flag)
                    .isEqualTo(actualRevisions.merge(key, 1, Integer::sum) - 1);
            actual.put(
                    key,
                    (flag.withdrawn() == null ? "stands" : flag.withdrawn().word()) + " " + flag.price() + " "
                            + flag.size());
        }
        actualRevisions.replaceAll((key, count) -> count - 1);
        assertThat(actual).as(words).isEqualTo(expected);
        assertThat(actualRevisions).as(words).isEqualTo(revisions);
    }

    private static Tick anyTrade(int place, SplittableRandom random) {
        Tick tick =
                at(place).price(95 + random.nextInt(11)).size(random.nextInt(8)).tick();
        return Ticks.of(
                "X",
                tick.price(),
                tick.size(),
                tick.time(),
                0,
                null,
                Tick.NO_SEQ,
                null,
                null,
                random.nextBoolean() ? "I" : null,
                tick.origin());
    }

    private static boolean meets(String rule, Tick trade) {
        return meetsByFigures(rule, trade) && (!rule.equals("odd") || "I".equals(trade.conditions()));
    }

    private static boolean meetsByFigures(String rule, Tick trade) {
        double price = trade.price().nearest();
        return switch (rule) {
            case "high" -> price > 100;
            case "odd" -> price > 103;
            default -> trade.size().nearest() >= 5 || price < 96;
        };
    }
}
