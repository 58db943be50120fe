package io.tapewatch.operators;

import io.tapewatch.domain.Decoded;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
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
 * watermark. So each task begins with the watermark that was due in it when the checkpoint was taken; not after a
 * rescaling, when the partitions it was due of have moved.
 *
 * <p>Its state is an ordinary list: with one that every task reads whole, no checkpoint would complete between the end
 * of one bounded partition and the end of the last.
 *
 * <p>And it has event time come to what was said before it ends. At the end of input the source leaves out the last
 * watermark that was due: whether one was given shortly before depends on the clock, and with it whether a symbol is
 * found to be silent. Then it is idle, and not at the end of time: what has ended must not carry the tape there while
 * another task, or the other kind of records, is only idle. When all are, event time comes to the furthest of them; the end
 * of time comes with the end of all input.
 *
 * <p>It follows the source, in the same task, and passes everything on.
 */
public final class EventTime extends AbstractStreamOperator<Decoded>
        implements OneInputStreamOperator<Decoded, Decoded> {

    /**
     * The watermark that was due in one task.
     *
     * @param task its number
     * @param tasks how many there were
     * @param watermark the watermark, in epoch milliseconds
     */
    public record Due(int task, int tasks, long watermark) {}

    private final long outOfOrderness;

    private transient ListState<Due> dueState;

    /** The watermark that was due in this task when the checkpoint was taken, or the least there is. */
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
        dueState = context.getOperatorStateStore()
                .getListState(new ListStateDescriptor<>("due", TypeInformation.of(Due.class)));
        restored = Long.MIN_VALUE;
        TaskInfo here = getRuntimeContext().getTaskInfo();
        for (Due due : dueState.get()) {
            if (due.task == here.getIndexOfThisSubtask() && due.tasks == here.getNumberOfParallelSubtasks()) {
                restored = due.watermark;
            }
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
            note(decoded.partition(), decoded.time());
        }
        output.collect(element);
    }

    private void note(int partition, long time) {
        if (partition >= latest.length) {
            int known = latest.length;
            latest = Arrays.copyOf(latest, partition + 1);
            Arrays.fill(latest, known, latest.length, Decoded.NO_TIME);
        }
        latest[partition] = Math.max(latest[partition], time);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.equals(Watermark.MAX_WATERMARK)) {
            end();
            return;
        }
        watermark = mark.getTimestamp();
        if (watermark > restored) {
            super.processWatermark(mark);
        }
    }

    private void end() throws Exception {
        if (furthest() > Math.max(watermark, restored)) {
            super.processWatermark(new Watermark(furthest()));
        }
        watermark = Long.MAX_VALUE;
        processWatermarkStatus(WatermarkStatus.IDLE);
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
        TaskInfo here = getRuntimeContext().getTaskInfo();
        dueState.update(
                idle
                        ? List.of()
                        : List.of(new Due(here.getIndexOfThisSubtask(), here.getNumberOfParallelSubtasks(), due())));
    }

    /** The watermark of the partition that is furthest ahead, or the least there is. */
    private long furthest() {
        long furthest = Long.MIN_VALUE;
        for (long each : latest) {
            furthest = each == Decoded.NO_TIME ? furthest : Math.max(furthest, each - outOfOrderness - 1);
        }
        return furthest;
    }

    /** The watermark that this task of the source would give now. */
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
