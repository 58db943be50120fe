package io.tapewatch.operators;

import io.tapewatch.domain.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.function.SerializableFunction;

/**
 * Holds event time back until the rules, or the instruments, that were there when the job started have arrived, and never
 * again.
 *
 * <p>The first input is what a job without a savepoint finds there, and ends; the second is what comes later, and waits
 * for that end, so that the order of the topic is kept. A job that starts from a savepoint has read the first to its end
 * long ago: what came to the topic while it was down is on the second, so that must have got to the last record that was
 * there. Until then no watermark leaves here and so none passes the tape, and no tick is checked. From then on this
 * stream is idle for good: it must not slow the prices' event time, and must not claim to be at its end either, which
 * would carry the tape to the end of time as soon as all prices are idle.
 *
 * <p>Flink shows the least watermark of all inputs as that of an operator, also when an input is idle. So a gate
 * can emit the end of time, for an operator that does not take it for its event time: see {@link #tellingEndOfTime}.
 */
public final class StartGate<T> extends AbstractStreamOperator<T>
        implements TwoInputStreamOperator<T, T, T>, BoundedMultiInput {

    private static final int AT_START = 1;
    private static final long NOTHING = -1;

    private final TypeInformation<T> type;
    private final SerializableFunction<T, Origin> origins;
    private final Map<Integer, Long> last;
    private final boolean tellsEndOfTime;

    private transient List<T> waiting;
    private transient ListState<T> waitingState;

    /** The offset of the last record that has passed, by partition. */
    private transient List<Long> passed;

    private transient ListState<Long> passedState;
    private transient boolean atStartHasEnded;
    private transient boolean laterHasEnded;
    private transient boolean open;

    /**
     * @param type the type of what passes
     * @param origins the records that it came in
     * @param last the offset of the last record that was there when the job started, of each partition that had one
     */
    public StartGate(TypeInformation<T> type, SerializableFunction<T, Origin> origins, Map<Integer, Long> last) {
        this(type, origins, last, false);
    }

    private StartGate(
            TypeInformation<T> type,
            SerializableFunction<T, Origin> origins,
            Map<Integer, Long> last,
            boolean tellsEndOfTime) {
        this.type = type;
        this.origins = origins;
        this.last = new HashMap<>(last);
        this.tellsEndOfTime = tellsEndOfTime;
    }

    /**
     * The same gate, which emits the watermark of the end of time before it is idle. It is for an operator that does not take
     * that for its event time: the watermark that Flink shows of the operator is then that of its other input.
     */
    public StartGate<T> tellingEndOfTime() {
        return new StartGate<>(type, origins, last, true);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        waitingState = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("waiting", type));
        waiting = new ArrayList<>();
        waitingState.get().forEach(waiting::add);
        passedState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("passed", LongSerializer.INSTANCE));
        passed = new ArrayList<>();
        passedState.get().forEach(passed::add);
    }

    @Override
    public void processElement1(StreamRecord<T> element) {
        pass(element);
    }

    @Override
    public void processElement2(StreamRecord<T> element) {
        if (atStartHasEnded) {
            pass(element);
            openIfAllHasPassed();
        } else {
            waiting.add(element.getValue());
        }
    }

    private void pass(StreamRecord<T> element) {
        Origin origin = origins.apply(element.getValue());
        while (passed.size() <= origin.partition()) {
            passed.add(NOTHING);
        }
        passed.set(origin.partition(), origin.offset());
        output.collect(element);
    }

    @Override
    public void endInput(int input) {
        if (input == AT_START) {
            atStartHasEnded = true;
            waiting.forEach(request -> pass(new StreamRecord<>(request)));
            waiting.clear();
        } else {
            laterHasEnded = true;
        }
        openIfAllHasPassed();
    }

    private void openIfAllHasPassed() {
        if (!open && atStartHasEnded && (laterHasEnded || lastHasPassed())) {
            open = true;
            if (tellsEndOfTime) {
                output.emitWatermark(Watermark.MAX_WATERMARK);
            }
            output.emitWatermarkStatus(WatermarkStatus.IDLE);
        }
    }

    private boolean lastHasPassed() {
        return last.entrySet().stream()
                .allMatch(each -> each.getKey() < passed.size() && passed.get(each.getKey()) >= each.getValue());
    }

    @Override
    public void processWatermark(Watermark mark) {
        // See above.
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        // See above.
    }

    @Override
    protected void processWatermarkStatus(WatermarkStatus status, int index) {
        // See above.
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        waitingState.update(waiting);
        passedState.update(passed);
    }
}
