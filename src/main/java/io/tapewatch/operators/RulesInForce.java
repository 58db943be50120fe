package io.tapewatch.operators;

import io.tapewatch.domain.Origin;
import io.tapewatch.domain.check.RuleBook;
import io.tapewatch.domain.check.RuleCounts;
import io.tapewatch.domain.check.RuleInForce;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.MetricGroup;

/** The rules in force, the same in all tasks: the book of them, its copy in state, and what is counted of each. */
final class RulesInForce {

    /** The one key of what is counted over all rules. */
    private static final String ALL = "all";

    private final RuleBook book;
    private final BroadcastState<String, RuleInForce> state;

    /** The number of changes that came. */
    private final BroadcastState<String, Long> changes;

    private final MetricGroup metrics;

    /** Those whose counts there are metrics of: those in force, and those that were. */
    private final Set<String> measured = new HashSet<>();

    /** @param book an empty one, which gets the rules that were in force */
    RulesInForce(RuleBook book, OperatorStateStore store, MetricGroup metrics) throws Exception {
        this.book = book;
        this.metrics = metrics;
        state = store.getBroadcastState(new MapStateDescriptor<>("rules", Types.STRING, RuleInForceSerializer.TYPE));
        changes = store.getBroadcastState(new MapStateDescriptor<>("rule-changes", Types.STRING, Types.LONG));
        for (Map.Entry<String, RuleInForce> rule : state.immutableEntries()) {
            put(rule.getValue());
        }
    }

    RuleBook book() {
        return book;
    }

    /** Makes a change that was accepted; the windows of a new rule are known from this watermark on. */
    void apply(RuleChange change, long watermark) throws Exception {
        long number = changes.contains(ALL) ? changes.get(ALL) + 1 : 1;
        changes.put(ALL, number);
        RuleInForce known = state.get(change.ruleId());
        Rule changed = change.rule();
        if (changed == null) {
            book.apply(change, Origin.NO_TIMESTAMP);
            state.remove(change.ruleId());
        } else if (known == null || !known.rule().equals(changed)) {
            RuleInForce rule = RuleInForce.coming(changed, known, watermark, number);
            put(rule);
            state.put(change.ruleId(), rule);
        }
    }

    private void put(RuleInForce rule) {
        book.put(rule);
        String id = rule.rule().id();
        if (measured.add(id)) {
            RuleCounts counts = book.counts(id);
            MetricGroup group = metrics.addGroup("rule", id);
            group.gauge("checked", counts::checked);
            group.gauge("flagged", counts::flagged);
            group.gauge("suppressed", counts::suppressed);
            group.gauge("lastTick", counts::lastTick);
        }
    }
}
