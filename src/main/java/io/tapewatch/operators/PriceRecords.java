package io.tapewatch.operators;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.SymbolPattern;
import io.tapewatch.domain.Tick;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Counts what the decoder read, passes the ticks of the symbols on that are watched, and the rejections aside. A heartbeat
 * has done its work by now.
 */
public final class PriceRecords extends ProcessFunction<Decoded, Tick>
        implements CheckpointedFunction, CheckpointListener {

    public static final OutputTag<Rejection> REJECTED = new OutputTag<>("rejected") {};

    private final List<String> watchedSymbols;
    private transient SymbolPattern watched;

    private transient Ledger ledger;
    private transient Counter records;
    private transient Counter heartbeats;
    private transient Counter unwatched;
    private transient Counter rejected;
    private transient Map<Rejection.Reason, Counter> rejectedBy;

    /** @param watchedSymbols names and patterns of the symbols that are watched; none for all */
    public PriceRecords(List<String> watchedSymbols) {
        this.watchedSymbols = new ArrayList<>(watchedSymbols);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        watched = watchedSymbols.isEmpty() ? null : new SymbolPattern(watchedSymbols);
        ledger = new Ledger(
                TapewatchMetrics.of(getRuntimeContext().getMetricGroup()),
                context.getOperatorStateStore(),
                context.getRestoredCheckpointId().orElse(0));
        records = ledger.counter("records");
        heartbeats = ledger.counter("heartbeats");
        unwatched = ledger.counter("unwatched");
        rejected = ledger.counter("rejected");
        rejectedBy = new EnumMap<>(Rejection.Reason.class);
        for (Rejection.Reason reason : Rejection.Reason.values()) {
            if (reason != Rejection.Reason.TOO_LATE) {
                rejectedBy.put(reason, ledger.counter("rejectedBy", "reason", reason.label()));
            }
        }
    }

    @Override
    public void processElement(Decoded decoded, Context context, Collector<Tick> out) {
        records.inc();
        if (decoded instanceof Tick tick) {
            if (watched == null || watched.matches(tick.symbol())) {
                out.collect(tick);
            } else {
                unwatched.inc();
            }
        } else if (decoded instanceof Heartbeat) {
            heartbeats.inc();
        } else if (decoded instanceof Rejection rejection) {
            rejected.inc();
            rejectedBy.get(rejection.reason()).inc();
            context.output(REJECTED, rejection);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        ledger.snapshot(context.getCheckpointId());
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        ledger.complete(checkpointId);
    }
}
