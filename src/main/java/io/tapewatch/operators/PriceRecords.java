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
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Counts what the decoder read, passes the ticks of the symbols on that are watched, and the rejections aside. A heartbeat
 * has done its work by now.
 */
public final class PriceRecords extends ProcessFunction<Decoded, Tick> {

    public static final OutputTag<Rejection> REJECTED = new OutputTag<>("rejected") {};

    private final List<String> watchedSymbols;
    private transient SymbolPattern watched;

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
    public void open(OpenContext context) {
        watched = watchedSymbols.isEmpty() ? null : new SymbolPattern(watchedSymbols);
        MetricGroup metrics = TapewatchMetrics.of(getRuntimeContext().getMetricGroup());
        records = metrics.counter("records");
        heartbeats = metrics.counter("heartbeats");
        unwatched = metrics.counter("unwatched");
        rejected = metrics.counter("rejected");
        rejectedBy = new EnumMap<>(Rejection.Reason.class);
        for (Rejection.Reason reason : Rejection.Reason.values()) {
            if (reason != Rejection.Reason.TOO_LATE) {
                rejectedBy.put(
                        reason, metrics.addGroup("reason", reason.label()).counter("rejectedBy"));
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
}
