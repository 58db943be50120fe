package io.tapewatch.domain.check;

import static io.tapewatch.domain.check.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Numbers;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.quote.GeneratedQuotes;
import io.tapewatch.domain.rule.Evidence;
import io.tapewatch.domain.rule.Extreme;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a flag says is true: first, and published again. */
class FlagSentencesTest {

    private static final int STREAMS = Rounds.of(60, 60);
    private static final int RULES = 12;

    // What is shown to a rule, and what its flags say.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            any(tickChangePct > 0.05; tickChangePct < -0.05), cooldown 5m | 0@409.22 1@409.59 2@409.209 3@409.3 | rose 0.09 % since the tick before (limit 0.05 %), 409.22 → 409.59; again once, at 12:00:02Z: fell 0.093 % since the tick before (limit -0.05 %), 409.59 → 409.209
            changePct over 1m > 5, cooldown 5m | 0@100 1@106 2@140 3@120 | rose 6 % in 1m (limit 5 %), 100 → 106; again 2 times until 12:00:03Z, most extreme at 12:00:02Z: rose 40 % in 1m, 100 → 140
            changePct over 1m > 5, cooldown 5m | 0@100 1@140 2@106 3@120 | rose 40 % in 1m (limit 5 %), 100 → 140; again 2 times until 12:00:03Z, none more extreme
            changePct over 1m > 5, cooldown 5m | 0@100 1@140 2@140 | rose 40 % in 1m (limit 5 %), 100 → 140; again once, at 12:00:02Z, not more extreme
            changePct over 1m > 5, cooldown 5m | 0@100 1@106 2.25@112 | rose 6 % in 1m (limit 5 %), 100 → 106; again once, at 12:00:02.250Z: rose 12 % in 1m, 100 → 112
            all(price > 100; size > 5), cooldown 10s | 0@101x9 1@105x6 2@103x12 | traded at 101 (limit 100), traded a size of 9 at 101; again 2 times until 12:00:02Z, most extreme at 12:00:01Z: traded at 105; at 12:00:02Z: traded a size of 12 at 103
            all(price > 100; size > 5), cooldown 10s | 0@101x6 1@105x9 2@103x7 | traded at 101 (limit 100), traded a size of 6 at 101; again 2 times until 12:00:02Z, most extreme at 12:00:01Z: traded at 105, traded a size of 9 at 105
            any(price > 100; size > 5), cooldown 10s | 0@101x1 1@99x6 2@99x8 | traded at 101 (limit 100); again 2 times until 12:00:02Z, most extreme at 12:00:02Z: traded a size of 8 at 99 (limit 5)
            any(price > 100; size > 5), cooldown 10s | 0@101x1 1@102x6 | traded at 101 (limit 100); again once, at 12:00:01Z: traded at 102, traded a size of 6 at 102 (limit 5)
            any(tickChangePct > 0.05; tickChangePct < -0.05), cooldown 5m | 0@100 1@101 2@103 2@100 | rose 1 % since the tick before (limit 0.05 %), 100 → 101; again 2 times until 12:00:02Z, most extreme at 12:00:02Z: rose 2 % since the tick before, 101 → 103; at 12:00:02Z: fell 2.9 % since the tick before (limit -0.05 %), 103 → 100
            fromHighPct over 5m >= -5, cooldown 10s | 0@100 1@99 2@101 | is 1 % below its high of 5m (limit -5 %), 100 → 99; again once, at 12:00:02Z: is at its high of 5m, at 101
            not(size > 5), cooldown 10s | 0@100 1@101x2 2@102x3 | traded at 100, where no condition has a value; again 2 times until 12:00:02Z, most extreme at 12:00:01Z: traded a size of 2 at 101 (limit 5)
            not(size > 5), cooldown 10s | 0@100 1@101 | traded at 100, where no condition has a value; again once, at 12:00:01Z
            silenceSeconds >= 60, cooldown 10m | 0@1 100@1 160@1 | has not ticked for 60 s (limit 60), last at 1 at 2023-11-14T12:00:00Z; again once, at 12:02:40Z
            price > 100, cooldown 1d | 0@101 43199.999@102 43200@103 | traded at 101 (limit 100); again 2 times until 2023-11-15T00:00:00Z, most extreme at 2023-11-15T00:00:00Z: traded at 103
            price > 100, cooldown 10s | 0@101 5! ~3@150 | traded at 101 (limit 100); again once, at 12:00:03Z: traded at 150
            spreadBps >= 100, on quote, cooldown 10s | 0q99/101 1q98/102 2q99/101 | was quoted with a spread of 200 bps (limit 100 bps), bid 99, ask 101; again 2 times until 12:00:02Z, most extreme at 12:00:01Z: was quoted with a spread of 400 bps, bid 98, ask 102
            """)
    void anUpdateIsTheFirstSentenceAndWhatWasMoreExtremeWithItsTime(String it, String shown, String said) {
        ShownWords words = new ShownWords(shown);
        List<Flag> flags = flags(List.of(rule("it: " + it)), words.shown, words);
        assertThat(flags).extracting(Flag::revision).containsExactly(0, 1);
        assertThat(flags.get(1).message()).isEqualTo("BTC-USD " + said);
        assertThat(flags.get(1).message()).startsWith(flags.get(0).message() + "; again ");
        assertThat(flags.get(1).evidence()).isEqualTo(flags.get(0).evidence());
        flags.forEach(flag -> FlagSentences.check(flag, prices(words.shown)));
    }

    @Test
    void whatFlagsSayOfGeneratedTicksIsTrue() {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 1; seed <= STREAMS; seed++) {
            boolean late = seed % 3 == 0;
            GeneratedRules generated = new GeneratedRules(seed, late);
            GeneratedQuotes quotes = new GeneratedQuotes(seed, generated.shown(), late, seed % 2 == 0);
            List<Rule> rules = IntStream.range(0, 2 * RULES)
                    .mapToObj(i -> rule(i < RULES ? generated.rule("r" + i) : generated.ruleWithQuotes("r" + i)))
                    .toList();
            RuleRun run = new RuleRun(rules, generated.previousClose(), quotes.settings(), false);
            quotes.shown().forEach(run::show);
            run.end();
            LongFunction<List<Double>> prices = prices(quotes.shown());
            Map<String, Flag> first = new TreeMap<>();
            for (Flag flag : run.whole) {
                try {
                    FlagSentences.check(flag, prices);
                } catch (AssertionError e) {
                    throw new AssertionError("seed " + seed, e);
                }
                if (flag.revision() == 0) {
                    first.put(flag.id(), flag);
                } else {
                    assertThat(flag.evidence()).isEqualTo(first.get(flag.id()).evidence());
                    assertThat(flag.message()).startsWith(first.get(flag.id()).message() + "; again ");
                }
                count(flag, seen);
            }
        }
        TreeSet<String> required = new TreeSet<>();
        for (Metric metric : Metric.values()) {
            if (metric != Metric.SILENCE_SECONDS) {
                required.add(metric.word() + " above zero");
                required.add(metric.word() + " more extreme later");
            }
            if (CAN_BE_ZERO.contains(metric)) {
                required.add(metric.word() + " of zero");
                required.add(metric.word() + " at its limit");
            }
            if (CAN_BE_NEGATIVE.contains(metric)) {
                required.add(metric.word() + " below zero");
            }
        }
        required.remove("fromHighPct above zero");
        assertThat(seen.keySet()).containsAll(required);
    }

    private static final List<Metric> CAN_BE_NEGATIVE = List.of(
            Metric.PRICE,
            Metric.NOTIONAL,
            Metric.TURNOVER,
            Metric.TICK_CHANGE_PCT,
            Metric.CHANGE_PCT,
            Metric.DAY_CHANGE_PCT,
            Metric.FROM_HIGH_PCT,
            Metric.VWAP_DEVIATION_PCT,
            Metric.RETURN_Z_SCORE,
            Metric.SPREAD_BPS);

    private static final List<Metric> CAN_BE_ZERO = List.of(
            Metric.SIZE,
            Metric.TICK_CHANGE_PCT,
            Metric.GAP_SECONDS,
            Metric.CHANGE_PCT,
            Metric.RANGE_PCT,
            Metric.FROM_HIGH_PCT,
            Metric.FROM_LOW_PCT,
            Metric.VOLUME,
            Metric.TURNOVER,
            Metric.VWAP_DEVIATION_PCT,
            Metric.RETURN_Z_SCORE,
            Metric.DAY_CHANGE_PCT,
            Metric.SPREAD_BPS,
            Metric.OFF_QUOTE_BPS,
            Metric.QUOTE_AGE_SECONDS,
            Metric.BUY_PCT,
            Metric.QUOTE_COUNT,
            Metric.QUOTE_RATIO);

    private static void count(Flag flag, Map<String, Integer> seen) {
        for (Evidence each : flag.evidence()) {
            String sign = each.value() == 0 ? " of zero" : each.value() < 0 ? " below zero" : " above zero";
            seen.merge(each.metric() + sign, 1, Integer::sum);
            if (each.value() == each.limit()) {
                seen.merge(each.metric() + " at its limit", 1, Integer::sum);
            }
        }
        for (Extreme each : flag.mostExtreme()) {
            if (each.time() > flag.time()) {
                seen.merge(each.evidence().metric() + " more extreme later", 1, Integer::sum);
            }
        }
    }

    @Test
    void aSentenceThatIsNotTrueIsNoticed() {
        ShownWords words = new ShownWords("0@100 1@106 2@140 3@120");
        Flag update = flags(List.of(rule("it: changePct over 1m > 5, cooldown 5m")), words.shown, words)
                .get(1);
        LongFunction<List<Double>> prices = prices(words.shown);
        FlagSentences.check(update, prices);
        for (String[] change : new String[][] {
            {"rose 6 %", "rose 7 %"},
            {"rose 6 %", "fell 6 %"},
            {"rose 40 %", "rose 6 %"},
            {"100 → 140", "140 → 100"},
            {"→ 140", "→ 120"},
            {"again 2 times", "again 3 times"},
            {"until 12:00:03Z", "until 12:00:02Z"},
            {"most extreme at 12:00:02Z", "most extreme at 12:00:03Z"},
            {", most extreme at 12:00:02Z: rose 40 % in 1m, 100 → 140", ""},
            {"limit 5 %", "limit 4 %"}
        }) {
            String message = update.message().replace(change[0], change[1]);
            assertThat(message).isNotEqualTo(update.message());
            assertThatThrownBy(() -> FlagSentences.check(saying(message, update), prices))
                    .as(message)
                    .isInstanceOf(AssertionError.class);
        }
    }

    private static Flag saying(String message, Flag flag) {
        return new Flag(
                flag.id(),
                flag.ruleId(),
                flag.ruleVersion(),
                flag.severity(),
                flag.symbol(),
                flag.time(),
                flag.on(),
                flag.price(),
                flag.size(),
                flag.previousPrice(),
                flag.bid(),
                flag.ask(),
                flag.tradeId(),
                flag.seq(),
                flag.side(),
                flag.venue(),
                flag.conditions(),
                flag.partition(),
                flag.offset(),
                flag.evidence(),
                flag.mostExtreme(),
                message,
                flag.suppressed(),
                flag.lastTime(),
                flag.revision(),
                flag.late(),
                flag.shadow(),
                flag.instrument());
    }

    private static List<Flag> flags(List<Rule> rules, List<Shown> shown, ShownWords words) {
        RuleRun run = new RuleRun(rules, time -> Numbers.decimal(words.close), words.settings(), false);
        shown.forEach(run::show);
        run.end();
        return run.whole;
    }

    private static LongFunction<List<Double>> prices(List<Shown> shown) {
        Map<Long, List<Double>> prices = new TreeMap<>();
        for (Shown each : shown) {
            Tick tick = each instanceof Shown.InOrder inOrder
                    ? inOrder.tick()
                    : each instanceof Shown.Late late ? late.tick() : null;
            if (tick != null) {
                prices.computeIfAbsent(tick.time(), any -> new ArrayList<>()).add(tick.priceNearest());
            }
        }
        return time -> prices.getOrDefault(time, List.of());
    }
}
