package io.tapewatch.operators;

import io.tapewatch.domain.Decoded;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Keeps event time over a restart. Flink forgets its watermarks, and what was read before the checkpoint is not read
 * again: while nothing trades, a window whose ticks had all been read would stay open after a crash that came before its
 * watermark. So this begins with the watermark that was due when the checkpoint was taken.
 *
 * <p>It follows the source, in the same task, and passes everything on.
 */
public final class EventTime extends AbstractStreamOperator<Decoded>
        implements OneInputStreamOperator<Decoded, Decoded> {

    private final long outOfOrderness;

    private transient ListState<Long> dueState;

    /** The watermark that was due in all of the source when the checkpoint was taken. */
    private transient long restored;

    /** The source's watermark since the start. */
    private transient long watermark;

    private transient boolean idle;

    /** The latest time of each partition, in epoch milliseconds, or {@link Decoded#NO_TIME}. */
    private transient long[] latest;

    /** @param outOfOrderness how far the watermark of a partition is behind its latest time */
    public EventTime(Duration outOfOrderness) {
        this.outOfOrderness = outOfOrderness.toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        dueState = context.getOperatorStateStore().getUnionListState(new ListStateDescriptor<>("due", Types.LONG));
        restored = Long.MAX_VALUE;
        for (long due : dueState.get()) {
            restored = Math.min(restored, due);
        }
        if (restored == Long.MAX_VALUE) {
            restored = Long.MIN_VALUE;
        }
        watermark = Long.MIN_VALUE;
        latest = new long[0];
    }

    @Override
    public void open() throws Exception {
        super.open();
        if (restored != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(restored));
        }
    }

    @Override
    public void processElement(StreamRecord<Decoded> element) {
        Decoded decoded = element.getValue();
        if (decoded.time() != Decoded.NO_TIME) {
            said(decoded.partition(), decoded.time());
        }
        output.collect(element);
    }

    private void said(int partition, long time) {
        if (partition >= latest.length) {
            int known = latest.length;
            latest = Arrays.copyOf(latest, partition + 1);
            Arrays.fill(latest, known, latest.length, Decoded.NO_TIME);
        }
        latest[partition] = Math.max(latest[partition], time);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        watermark = mark.getTimestamp();
        if (watermark > restored) {
            super.processWatermark(mark);
        }
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        idle = status.isIdle();
        super.processWatermarkStatus(status);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        // An idle task holds nobody back; what was due of it had been passed on before it was idle.
        dueState.update(idle ? List.of() : List.of(due()));
    }

    /** The watermark that the source would give now. */
    private long due() {
        if (watermark == Long.MIN_VALUE) {
            // Some partition has not said a time since the start.
            return restored;
        }
        long due = Long.MAX_VALUE;
        for (long each : latest) {
            // What is behind the watermark did not hold it back: it is an idle partition.
            if (each != Decoded.NO_TIME && each - outOfOrderness - 1 >= watermark) {
                due = Math.min(due, each - outOfOrderness - 1);
            }
        }
        return Math.max(restored, due == Long.MAX_VALUE ? watermark : due);
    }
}
