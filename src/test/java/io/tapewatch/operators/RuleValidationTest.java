package io.tapewatch.operators;

import static io.tapewatch.domain.check.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Origin;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.RuleRequest;
import io.tapewatch.domain.rule.Verdict;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
class RuleValidationTest {

    private static final Origin AT_7 = new Origin(0, 1, 7, Origin.Stamp.CREATE_TIME);
    private static final TapeSettings ONE_RULE =
            TestSettings.ofWindows("1m").maxRules(1).maxRuleWindows(1).tape();

    private static OneInputStreamOperatorTestHarness<RuleRequest, RuleChange> validation() throws Exception {
        return new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(new RuleValidation(ONE_RULE)));
    }

    private static RuleRequest request(String line) {
        Rule rule = rule(line);
        return new RuleRequest(new RuleChange(rule.id(), rule), null, AT_7);
    }

    private static RuleRequest deletion(String id) {
        return new RuleRequest(new RuleChange(id, null), null, AT_7);
    }

    @Test
    void whatMakesSensePassesAndEveryRecordIsAnswered() throws Exception {
        try (var validation = validation()) {
            validation.open();
            Verdict refusal = new Verdict("x", null, Verdict.Outcome.REJECTED, "no JSON", 3);
            RuleRequest[] requests = {
                request("a: price > 1"),
                request("a: price > 2"),
                new RuleRequest(null, refusal, AT_7),
                request("a: price > 2, version 2"),
                request("b: price > 1"),
                deletion("a"),
                deletion("a"),
                request("b: price > 1"),
            };
            for (RuleRequest request : requests) {
                validation.processElement(request, 0);
            }
            assertThat(validation.extractOutputValues())
                    .containsExactly(
                            requests[0].change(), requests[3].change(), requests[5].change(), requests[7].change());
            assertThat(validation.getSideOutput(RuleValidation.VERDICTS))
                    .extracting(verdict -> verdict.getValue().ruleId() + " "
                            + verdict.getValue().outcome().word())
                    .containsExactly(
                            "a accepted",
                            "a rejected",
                            "x rejected",
                            "a accepted",
                            "b rejected",
                            "a deleted",
                            "a rejected",
                            "b accepted");
        }
    }

    @Test
    void theRulesInForceAreKnownAfterARestart() throws Exception {
        OperatorSubtaskState state;
        try (var validation = validation()) {
            validation.open();
            validation.processElement(request("a: price > 1, version 5, paused"), 0);
            state = validation.snapshot(1, 1);
        }
        try (var validation = validation()) {
            validation.initializeState(state);
            validation.open();
            validation.processElement(request("a: price > 1, version 4"), 0);
            validation.processElement(request("b: price > 1"), 0);
            assertThat(validation.extractOutputValues()).isEmpty();
            validation.processElement(request("a: price > 1, version 6"), 0);
            assertThat(validation.extractOutputValues()).hasSize(1);
        }
    }
}
