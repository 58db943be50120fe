package io.tapewatch.operators;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.window.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointOptions;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.CheckpointStorageLocationReference;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.memory.MemCheckpointStreamFactory;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFinalizer;
import org.apache.flink.streaming.api.operators.OperatorSnapshotFutures;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** A tape of one or more tasks, and all that came out of it. Its rules input is idle unless it is told otherwise. */
@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
final class TapeRun implements AutoCloseable {

    private static final int MAX_PARALLELISM = 128;

    final List<Summary> summaries = new ArrayList<>();
    final List<Flag> flags = new ArrayList<>();
    final List<Flag> shadowFlags = new ArrayList<>();
    final List<QuotedTrade> quotedTrades = new ArrayList<>();
    final List<TapeRecord> tooLate = new ArrayList<>();
    final List<Refused> refused = new ArrayList<>();
    final List<Long> watermarks = new ArrayList<>();

    private long checkpoints;
    private final TapeSettings settings;
    private final Backend backend;
    private final long wholeFrom;
    private final List<KeyedTwoInputStreamOperatorTestHarness<String, TapeRecord, RuleChange, Summary>> tasks =
            new ArrayList<>();

    private TapeRun(TapeSettings settings, Backend backend, long wholeFrom) {
        this.settings = settings;
        this.backend = backend;
        this.wholeFrom = wholeFrom;
    }

    /** Of a job that lacks ticks of before a time. */
    static TapeRun startedInMidstream(TapeSettings settings, Backend backend, long wholeFrom) throws Exception {
        TapeRun run = new TapeRun(settings, backend, wholeFrom);
        run.start(1, 1, null);
        run.rulesAreIdle();
        return run;
    }

    static TapeRun started(TapeSettings settings, Backend backend) throws Exception {
        TapeRun run = withRulesPending(settings, backend);
        run.rulesAreIdle();
        return run;
    }

    /** One that waits for the rules that were there at the start. */
    static TapeRun withRulesPending(TapeSettings settings, Backend backend) throws Exception {
        TapeRun run = new TapeRun(settings, backend, EventTimes.BEGINNING);
        run.start(1, 1, null);
        return run;
    }

    static TapeRun restored(TapeSettings settings, Backend backend, OperatorSubtaskState state) throws Exception {
        return restored(settings, backend, state, EventTimes.BEGINNING);
    }

    /** @param wholeFrom what a job without this state would be told */
    static TapeRun restored(TapeSettings settings, Backend backend, OperatorSubtaskState state, long wholeFrom)
            throws Exception {
        TapeRun run = new TapeRun(settings, backend, wholeFrom);
        run.start(1, 1, state);
        run.rulesAreIdle();
        return run;
    }

    private void start(int oldTasks, int newTasks, OperatorSubtaskState state) throws Exception {
        for (int i = 0; i < newTasks; i++) {
            KeyedTwoInputStreamOperatorTestHarness<String, TapeRecord, RuleChange, Summary> task =
                    new KeyedTwoInputStreamOperatorTestHarness<>(
                            new Tape(settings, wholeFrom),
                            TapeRecord::symbol,
                            null,
                            Types.STRING,
                            MAX_PARALLELISM,
                            newTasks,
                            i);
            task.setStateBackend(backend.stateBackend());
            task.setup(TypeInformation.of(Summary.class).createSerializer(new SerializerConfigImpl()));
            if (state != null) {
                task.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        state, MAX_PARALLELISM, oldTasks, newTasks, i));
            }
            task.open();
            tasks.add(task);
        }
    }

    void rulesAreIdle() throws Exception {
        for (var task : tasks) {
            task.processWatermarkStatus2(WatermarkStatus.IDLE);
        }
        collect();
    }

    void tick(Tick tick) throws Exception {
        record(tick);
    }

    void record(TapeRecord record) throws Exception {
        taskOf(record.symbol()).processElement1(record, record.time());
        collect();
    }

    private KeyedTwoInputStreamOperatorTestHarness<String, TapeRecord, RuleChange, Summary> taskOf(String symbol) {
        return tasks.get(KeyGroupRangeAssignment.assignKeyToParallelOperator(symbol, MAX_PARALLELISM, tasks.size()));
    }

    void change(RuleChange change) throws Exception {
        for (var task : tasks) {
            task.processElement2(new StreamRecord<>(change));
        }
        collect();
    }

    /** The watermark of the prices; the end of time comes with their end. */
    void advanceTo(long watermark) throws Exception {
        if (watermark == Long.MAX_VALUE) {
            pricesEnd();
        } else {
            pricesSay(watermark);
        }
    }

    /** A watermark on the input of prices. */
    void pricesSay(long watermark) throws Exception {
        for (var task : tasks) {
            task.processWatermark1(new Watermark(watermark));
        }
        collect();
    }

    void pricesAreIdle() throws Exception {
        for (var task : tasks) {
            task.processWatermarkStatus1(WatermarkStatus.IDLE);
        }
        collect();
    }

    void pricesAreActive() throws Exception {
        for (var task : tasks) {
            task.processWatermarkStatus1(WatermarkStatus.ACTIVE);
        }
        collect();
    }

    /** The prices are at their end. */
    void pricesEnd() throws Exception {
        for (var task : tasks) {
            task.endInput1();
        }
        collect();
    }

    /** The watermark of the prices, at the one task that has this symbol. */
    void advanceTaskOf(String symbol, long watermark) throws Exception {
        taskOf(symbol).processWatermark1(new Watermark(watermark));
        collect();
    }

    void rulesAdvanceTo(long watermark) throws Exception {
        for (var task : tasks) {
            task.processWatermark2(new Watermark(watermark));
        }
        collect();
    }

    /** A checkpoint of all tasks. */
    OperatorSubtaskState checkpoint() throws Exception {
        checkpoints++;
        OperatorSubtaskState[] states = new OperatorSubtaskState[tasks.size()];
        for (int i = 0; i < states.length; i++) {
            tasks.get(i).prepareSnapshotPreBarrier(checkpoints);
            states[i] = tasks.get(i).snapshot(checkpoints, 1);
        }
        collect();
        return AbstractStreamOperatorTestHarness.repackageState(states);
    }

    /** A checkpoint of the one task there is, written in the background while something else goes on. */
    OperatorSubtaskState checkpointDuring(Step meanwhile) throws Exception {
        checkpoints++;
        tasks.get(0).prepareSnapshotPreBarrier(checkpoints);
        OperatorSnapshotFutures inBackground = tasks.get(0)
                .getOperator()
                .snapshotState(
                        checkpoints,
                        1,
                        CheckpointOptions.forCheckpointWithDefaultLocation(),
                        new MemCheckpointStreamFactory(10_000_000));
        meanwhile.run();
        return OperatorSnapshotFinalizer.create(inBackground).getJobManagerOwnedState();
    }

    /** Something to do that may fail. */
    interface Step {
        void run() throws Exception;
    }

    /** Stops with a checkpoint and goes on from it with so many tasks. */
    void restart(int newTasks) throws Exception {
        int oldTasks = tasks.size();
        OperatorSubtaskState state = checkpoint();
        close();
        start(oldTasks, newTasks, state);
        rulesAreIdle();
    }

    /** The number of tasks. */
    int tasks() {
        return tasks.size();
    }

    /** Fails, and goes on from a checkpoint that so many tasks took with so many. What came out stays out. */
    void fail(OperatorSubtaskState checkpoint, int oldTasks, int newTasks) throws Exception {
        close();
        start(oldTasks, newTasks, checkpoint);
        rulesAreIdle();
    }

    /** The number of timers and of keys with state, once what is hot has been written back. */
    int timersAndKeys() throws Exception {
        int count = 0;
        for (var task : tasks) {
            task.prepareSnapshotPreBarrier(checkpoints + 1);
            count += task.numEventTimeTimers();
            for (String state : List.of("symbol", "slices", "held", "trades", "trade-times")) {
                count += (int) task.getOperator()
                        .getKeyedStateBackend()
                        .getKeys(state, VoidNamespace.INSTANCE)
                        .count();
            }
        }
        return count;
    }

    /** What a counter of the account stood at when the last checkpoint was taken, over all tasks. */
    long counted(String counter) throws Exception {
        long sum = 0;
        for (var task : tasks) {
            for (Count count : task.getOperator()
                    .getOperatorStateBackend()
                    .getListState(new ListStateDescriptor<>("account", TypeInformation.of(Count.class)))
                    .get()) {
                sum += count.of().equals(counter) ? count.number() : 0;
            }
        }
        return sum;
    }

    /** How many bytes of keyed state a savepoint of the one task there is holds: what is there, without what was. */
    long keyedStateBytes() throws Exception {
        checkpoints++;
        tasks.get(0).prepareSnapshotPreBarrier(checkpoints);
        OperatorSnapshotFutures snapshot = tasks.get(0)
                .getOperator()
                .snapshotState(
                        checkpoints,
                        1,
                        new CheckpointOptions(
                                SavepointType.savepoint(SavepointFormatType.CANONICAL),
                                CheckpointStorageLocationReference.getDefault()),
                        new MemCheckpointStreamFactory(200_000_000));
        collect();
        return OperatorSnapshotFinalizer.create(snapshot).getJobManagerOwnedState().getManagedKeyedState().stream()
                .mapToLong(KeyedStateHandle::getStateSize)
                .sum();
    }

    private void collect() {
        for (var task : tasks) {
            for (Object each = task.getOutput().poll();
                    each != null;
                    each = task.getOutput().poll()) {
                if (each instanceof StreamRecord<?> element) {
                    summaries.add((Summary) element.getValue());
                } else if (each instanceof Watermark watermark) {
                    watermarks.add(watermark.getTimestamp());
                }
            }
            drain(task, Tape.FLAGS, flags);
            drain(task, Tape.SHADOW_FLAGS, shadowFlags);
            drain(task, Tape.QUOTED_TRADES, quotedTrades);
            drain(task, Tape.TOO_LATE, tooLate);
            drain(task, Tape.REFUSED, refused);
        }
    }

    private static <T> void drain(
            AbstractStreamOperatorTestHarness<Summary> task, OutputTag<T> output, List<T> collected) {
        Queue<StreamRecord<T>> queue = task.getSideOutput(output);
        while (queue != null && !queue.isEmpty()) {
            collected.add(queue.poll().getValue());
        }
    }

    @Override
    public void close() throws Exception {
        for (var task : tasks) {
            task.close();
        }
        tasks.clear();
    }
}
