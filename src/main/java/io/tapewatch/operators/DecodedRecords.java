package io.tapewatch.operators;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.SymbolPattern;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a decoder read, passes on what is of the symbols that are watched, and the rejections aside. A heartbeat has
 * done its work by now.
 */
public final class DecodedRecords extends ProcessFunction<Decoded, TapeRecord>
        implements CheckpointedFunction, CheckpointListener {

    public static final OutputTag<Rejection> REJECTED = new OutputTag<>("rejected") {};

    /** What was read: its counters are told apart by their names. */
    public enum Kind {
        PRICES(""),
        QUOTES("quotes"),
        INSTRUMENTS("instruments");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        private String counter(String name) {
            return prefix.isEmpty() ? name : prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
        }
    }

    private final Kind kind;
    private final List<String> watchedSymbols;
    private transient @Nullable SymbolPattern watched;

    private final boolean numbersPartitions;

    /** What the numbers of ticks say, or null: the ticks of a partition are not numbered without gaps. */
    private transient @Nullable PartitionNumbers numbers;

    private transient Ledger ledger;
    private transient Counter records;
    private transient Counter heartbeats;
    private transient Counter unwatched;
    private transient Counter rejected;
    private transient Map<Rejection.Reason, Counter> rejectedBy;

    /**
     * @param watchedSymbols names and patterns of the symbols that are watched; none for all
     * @param numbersPartitions whether the ticks of each partition are numbered without gaps
     */
    public DecodedRecords(Kind kind, List<String> watchedSymbols, boolean numbersPartitions) {
        this.kind = kind;
        this.watchedSymbols = new ArrayList<>(watchedSymbols);
        this.numbersPartitions = numbersPartitions;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        watched = watchedSymbols.isEmpty() ? null : new SymbolPattern(watchedSymbols);
        ledger = new Ledger(
                TapewatchMetrics.of(getRuntimeContext().getMetricGroup()),
                context.getOperatorStateStore(),
                context.getRestoredCheckpointId().orElse(0));
        numbers = numbersPartitions
                ? new PartitionNumbers(
                        ledger,
                        TapewatchMetrics.of(getRuntimeContext().getMetricGroup()),
                        context.getOperatorStateStore(),
                        getRuntimeContext().getTaskInfo())
                : null;
        records = ledger.counter(kind.counter("records"));
        heartbeats = ledger.counter(kind.counter("heartbeats"));
        unwatched = ledger.counter(kind.counter("unwatched"));
        rejected = ledger.counter(kind.counter("rejected"));
        rejectedBy = new EnumMap<>(Rejection.Reason.class);
        for (Rejection.Reason reason : Rejection.Reason.values()) {
            if (reason != Rejection.Reason.TOO_LATE) {
                rejectedBy.put(reason, ledger.counter(kind.counter("rejectedBy"), "reason", reason.label()));
            }
        }
    }

    @Override
    public void processElement(Decoded decoded, Context context, Collector<TapeRecord> out) {
        records.inc();
        if (numbers != null && decoded instanceof Tick tick) {
            numbers.take(tick);
        }
        if (decoded instanceof TapeRecord record) {
            if (watched == null || watched.matches(record.symbol())) {
                out.collect(record);
            } else {
                unwatched.inc();
            }
        } else if (decoded instanceof Heartbeat) {
            heartbeats.inc();
        } else if (decoded instanceof Rejection rejection) {
            rejected.inc();
            Objects.requireNonNull(rejectedBy.get(rejection.reason()), "counter")
                    .inc();
            context.output(REJECTED, rejection);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        ledger.snapshot(context.getCheckpointId());
        if (numbers != null) {
            numbers.snapshot();
        }
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) {
        ledger.complete(checkpointId);
    }
}
