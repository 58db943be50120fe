package io.tapewatch.io.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.rule.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class AwaitedVerdictsTest {

    @Test
    void aVerdictBelongsToTheRecordOfItsRuleAndTime() {
        AwaitedVerdicts awaited = new AwaitedVerdicts(List.of("a", "b"), List.of(5L, 5L));
        awaited.take(on("a", 1, 4));
        awaited.take(on("c", 1, 5));
        assertThat(awaited.verdicts()).containsExactly(null, null);
        awaited.take(on("b", 2, 5));
        assertThat(awaited.areComplete()).isFalse();
        awaited.take(on("a", 3, 5));
        assertThat(awaited.verdicts()).containsExactly(on("a", 3, 5), on("b", 2, 5));
        assertThat(awaited.areComplete()).isTrue();
    }

    @Test
    void ofTwoRecordsOfARuleTheFirstIsAnsweredFirst() {
        AwaitedVerdicts awaited = new AwaitedVerdicts(List.of("a", "a"), List.of(5L, 5L));
        awaited.take(on("a", 1, 5));
        assertThat(awaited.verdicts()).containsExactly(on("a", 1, 5), null);
        awaited.take(on("a", 2, 5));
        assertThat(awaited.verdicts()).containsExactly(on("a", 1, 5), on("a", 2, 5));
        awaited.take(on("a", 3, 5));
        assertThat(awaited.verdicts()).containsExactly(on("a", 1, 5), on("a", 2, 5));
    }

    @Test
    void aVerdictWithoutAnIdIsOnARecordWhoseIdCannotBeOne() {
        AwaitedVerdicts awaited = new AwaitedVerdicts(List.of("a", "not an id"), List.of(5L, 5L));
        awaited.take(on(null, null, 5));
        assertThat(awaited.verdicts()).containsExactly(null, on(null, null, 5));
    }

    private static Verdict on(String ruleId, Integer version, long time) {
        return new Verdict(ruleId, version, Verdict.Outcome.REJECTED, "why", time);
    }
}
