package io.tapewatch.operators;

import io.tapewatch.domain.check.RuleBook;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.RuleRequest;
import io.tapewatch.domain.rule.Verdict;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Passes on the changes of rules that make sense, and answers each record of the rules topic with a verdict. */
public final class RuleValidation extends ProcessFunction<RuleRequest, RuleChange> implements CheckpointedFunction {

    public static final OutputTag<Verdict> VERDICTS = new OutputTag<>("verdicts", TypeInformation.of(Verdict.class));

    private final TapeSettings settings;
    private transient RuleBook book;
    private transient ListState<Rule> inForce;

    public RuleValidation(TapeSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        book = settings.newRuleBook();
        inForce = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("rules", RuleSerializer.TYPE));
        for (Rule rule : inForce.get()) {
            book.restore(rule);
        }
    }

    @Override
    public void open(OpenContext context) {
        MetricGroup metrics = TapewatchMetrics.of(getRuntimeContext().getMetricGroup());
        metrics.gauge("rulesInForce", book::size);
    }

    @Override
    public void processElement(RuleRequest request, Context context, Collector<RuleChange> out) {
        if (request.refusal() != null) {
            context.output(VERDICTS, request.refusal());
            return;
        }
        RuleChange change = Objects.requireNonNull(request.change(), "change");
        Verdict verdict = book.apply(change, request.origin().timestamp());
        if (verdict.outcome() != Verdict.Outcome.REJECTED) {
            out.collect(change);
        }
        context.output(VERDICTS, verdict);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        inForce.update(List.copyOf(book.rules()));
    }
}
