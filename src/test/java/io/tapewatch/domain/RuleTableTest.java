package io.tapewatch.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.RuleCases.RuleCase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules and what they flag, worked out by hand. */
class RuleTableTest {

    @ParameterizedTest
    @MethodSource("io.tapewatch.domain.RuleCases#all")
    void aRuleFlagsWhatItShall(RuleCase each) {
        for (boolean whenDueAlone : new boolean[] {false, true}) {
            RuleRun run = new RuleRun(List.of(each.rule()), each.previousClose(), whenDueAlone);
            each.shown().forEach(run::show);
            run.end();
            assertThat(each.inWords(run.flags)).isEqualTo(each.expected());
        }
    }
}
