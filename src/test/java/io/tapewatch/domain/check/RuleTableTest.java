package io.tapewatch.domain.check;

import static io.tapewatch.domain.check.RuleCases.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.check.RuleCases.RuleCase;
import io.tapewatch.domain.quote.QuoteSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules and what they flag, worked out by hand. */
class RuleTableTest {

    @ParameterizedTest
    @MethodSource("io.tapewatch.domain.check.RuleCases#all")
    void aRuleFlagsWhatItShall(RuleCase each) {
        for (boolean whenDueAlone : new boolean[] {false, true}) {
            RuleRun run = new RuleRun(List.of(each.rule()), each.previousClose(), each.settings(), whenDueAlone);
            each.shown().forEach(run::show);
            run.end();
            assertThat(each.inWords(run.flags)).isEqualTo(each.expected());
        }
    }

    @Test
    void aSilenceIsRaisedByTheWatermarkThatReachesIt() {
        RuleRun run = run("it: silenceSeconds > 10");
        run.show(new Shown.InOrder(tick(0)));
        run.show(new Shown.Watermark(NOON + 10_000));
        assertThat(run.flags).isEmpty();
        run.show(new Shown.Watermark(NOON + 10_001));
        assertThat(run.flags).hasSize(1);
    }

    @Test
    void aFlagIsPublishedAgainByTheWatermarkThatNoTickOfTheCooldownIsAfter() {
        RuleRun run = run("it: price > 1, cooldown 10s");
        run.show(new Shown.InOrder(tick(0)));
        run.show(new Shown.InOrder(tick(5_000)));
        run.show(new Shown.Watermark(NOON + 9_998));
        assertThat(run.flags).hasSize(1);
        run.show(new Shown.Watermark(NOON + 9_999));
        assertThat(run.flags).extracting(NaiveFlag::revision).containsExactly(0, 1);
    }

    @Test
    void aFlagIsPublishedAgainByATickAfterTheCooldown() {
        RuleRun run = run("it: all(price > 1; price < 200), cooldown 10s");
        run.show(new Shown.InOrder(tick(0)));
        run.show(new Shown.InOrder(tick(5_000)));
        run.show(new Shown.InOrder(
                Ticks.tick(RuleCases.SYMBOL).at(NOON + 9_999).price(300).tick()));
        assertThat(run.flags).hasSize(1);
        run.show(new Shown.InOrder(
                Ticks.tick(RuleCases.SYMBOL).at(NOON + 10_000).price(300).tick()));
        assertThat(run.flags).extracting(NaiveFlag::revision).containsExactly(0, 1);
    }

    private static RuleRun run(String line) {
        return new RuleRun(
                List.of(Rules.rule(line)), Rules.NO_CLOSES, new QuoteSettings(5000, TapeOrder.QUOTES_AFTER), true);
    }

    private static Tick tick(long afterNoon) {
        return Ticks.tick(RuleCases.SYMBOL).at(NOON + afterNoon).tick();
    }
}
