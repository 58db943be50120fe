package io.tapewatch.io.kafka;

import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells which verdict is on which of the records that were sent to the topic of rules: the job's verdict carries the rule's
 * id and the record's Kafka timestamp, and verdicts come in the order of the records.
 */
final class AwaitedVerdicts {

    private final List<String> ruleIds;
    private final List<Long> times;
    private final List<@Nullable Verdict> verdicts = new ArrayList<>();
    private int missing;

    /**
     * @param ruleIds of the records, in the order in which they were sent
     * @param times their Kafka timestamps in epoch milliseconds
     */
    AwaitedVerdicts(List<String> ruleIds, List<Long> times) {
        this.ruleIds = ruleIds;
        this.times = times;
        this.missing = ruleIds.size();
        for (int i = 0; i < missing; i++) {
            verdicts.add(null);
        }
    }

    /** Takes a verdict, if it is on one of the records that have none yet. */
    void take(Verdict verdict) {
        for (int i = 0; i < ruleIds.size(); i++) {
            if (verdicts.get(i) == null && verdict.time() == times.get(i) && isOn(ruleIds.get(i), verdict)) {
                verdicts.set(i, verdict);
                missing--;
                return;
            }
        }
    }

    /** Of a record whose id cannot be one, the job does not know the id. */
    private static boolean isOn(String ruleId, Verdict verdict) {
        return verdict.ruleId() == null ? !isId(ruleId) : verdict.ruleId().equals(ruleId);
    }

    private static boolean isId(String text) {
        try {
            Rule.requireId(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    boolean areComplete() {
        return missing == 0;
    }

    /** The verdict on each record, in the order in which they were sent; null where there is none yet. */
    List<@Nullable Verdict> verdicts() {
        return new ArrayList<>(verdicts);
    }
}
