package io.tapewatch.operators;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedMultiInput;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Holds event time back until the rules, or the instruments, that were there when the job started have arrived, and never
 * again.
 *
 * <p>The first input is those, and ends; the second is what comes later, and waits for that end, so that the order
 * of the topic is kept. Until then no watermark leaves here and so none passes the tape, and no tick is checked. From
 * then on this stream is idle for good: it must not slow the prices' event time, and must not claim to be at its end
 * either, which would carry the tape to the end of time as soon as all prices are idle.
 */
public final class StartGate<T> extends AbstractStreamOperator<T>
        implements TwoInputStreamOperator<T, T, T>, BoundedMultiInput {

    private static final int AT_START = 1;

    private final TypeInformation<T> type;

    private transient List<T> waiting;
    private transient ListState<T> waitingState;
    private transient boolean open;

    /** @param type the type of what passes */
    public StartGate(TypeInformation<T> type) {
        this.type = type;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        waitingState = context.getOperatorStateStore().getListState(new ListStateDescriptor<>("waiting", type));
        waiting = new ArrayList<>();
        waitingState.get().forEach(waiting::add);
    }

    @Override
    public void processElement1(StreamRecord<T> element) {
        output.collect(element);
    }

    @Override
    public void processElement2(StreamRecord<T> element) {
        if (open) {
            output.collect(element);
        } else {
            waiting.add(element.getValue());
        }
    }

    @Override
    public void endInput(int input) {
        if (input == AT_START) {
            open = true;
            waiting.forEach(request -> output.collect(new StreamRecord<>(request)));
            waiting.clear();
            output.emitWatermarkStatus(WatermarkStatus.IDLE);
        }
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
    }
}
