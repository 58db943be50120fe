package io.tapewatch.operators;

import io.tapewatch.domain.mover.Movers;
import io.tapewatch.domain.window.Summary;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/**
 * Both phases of the movers, and the channels to and between their tasks: from each tape to each ranking task, and from
 * each of these to the last. A channel keeps its order; which of them is read next is as the dice say. As in Flink, a
 * task's watermark is the least of its channels.
 */
@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
final class MoversRun implements AutoCloseable {

    private static final int MAX_PARALLELISM = 128;

    final List<Movers> published = new ArrayList<>();

    private MoversSettings settings;
    private final Backend backend;
    private final int tapes;
    private final Random dice;
    private final List<Task<Summary, ShortLists>> rankers = new ArrayList<>();
    private Task<ShortLists, Movers> last;
    private long checkpoints;

    /** A task and the channels it reads: records and watermarks. */
    private static final class Task<I, O> {
        final OneInputStreamOperatorTestHarness<I, O> harness;
        final List<Deque<Object>> channels = new ArrayList<>();
        final long[] watermarks;
        long watermark = Long.MIN_VALUE;

        Task(OneInputStreamOperatorTestHarness<I, O> harness, int channels) {
            this.harness = harness;
            this.watermarks = new long[channels];
            Arrays.fill(watermarks, Long.MIN_VALUE);
            for (int i = 0; i < channels; i++) {
                this.channels.add(new ArrayDeque<>());
            }
        }

        @SuppressWarnings("unchecked")
        void read(int channel) throws Exception {
            Object next = channels.get(channel).remove();
            if (next instanceof Watermark mark) {
                watermarks[channel] = mark.getTimestamp();
                long least = Arrays.stream(watermarks).min().getAsLong();
                if (least > watermark) {
                    watermark = least;
                    harness.processWatermark(least);
                }
            } else {
                harness.processElement(new StreamRecord<>((I) next));
            }
        }
    }

    /**
     * @param tapes from how many tasks the summaries come
     * @param tasks how many tasks rank buckets
     */
    MoversRun(MoversSettings settings, Backend backend, int tapes, int tasks, Random dice) throws Exception {
        this.settings = settings;
        this.backend = backend;
        this.tapes = tapes;
        this.dice = dice;
        start(0, tasks, null, null);
    }

    private void start(int oldTasks, int tasks, OperatorSubtaskState ranked, OperatorSubtaskState merged)
            throws Exception {
        rankers.clear();
        for (int i = 0; i < tasks; i++) {
            var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                    new KeyedProcessOperator<>(new RankInBuckets(settings)),
                    RankInBuckets::bucketOfDay,
                    Types.LONG,
                    MAX_PARALLELISM,
                    tasks,
                    i);
            harness.setStateBackend(backend.stateBackend());
            harness.setup(TypeInformation.of(ShortLists.class).createSerializer(new SerializerConfigImpl()));
            if (ranked != null) {
                harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        ranked, MAX_PARALLELISM, oldTasks, tasks, i));
            }
            harness.open();
            rankers.add(new Task<>(harness, tapes));
        }
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new RankAll(settings)), ShortLists::start, Types.LONG, 1, 1, 0);
        harness.setStateBackend(backend.stateBackend());
        harness.setup(TypeInformation.of(Movers.class).createSerializer(new SerializerConfigImpl()));
        if (merged != null) {
            harness.initializeState(merged);
        }
        harness.open();
        last = new Task<>(harness, tasks);
    }

    /** A tape publishes a summary; it has not arrived yet. */
    void summary(int tape, Summary summary) {
        int task = KeyGroupRangeAssignment.assignKeyToParallelOperator(
                RankInBuckets.bucketOfDay(summary), MAX_PARALLELISM, rankers.size());
        rankers.get(task).channels.get(tape).add(summary);
    }

    /** A tape passes its watermark on; it has not arrived yet. */
    void watermark(int tape, long watermark) {
        rankers.forEach(task -> task.channels.get(tape).add(new Watermark(watermark)));
    }

    /** Reads channels, one record of one of them at a time, until {@code left} records are left in all. */
    void deliver(int left) throws Exception {
        for (List<Runnable> ready = ready(); ready.size() > 0 && onTheWay() > left; ready = ready()) {
            ready.get(dice.nextInt(ready.size())).run();
        }
    }

    private List<Runnable> ready() {
        List<Runnable> ready = new ArrayList<>();
        for (int i = 0; i < rankers.size(); i++) {
            int task = i;
            for (int channel = 0; channel < tapes; channel++) {
                int from = channel;
                if (!rankers.get(task).channels.get(from).isEmpty()) {
                    ready.add(() -> step(() -> {
                        rankers.get(task).read(from);
                        pass(rankers.get(task), last.channels.get(task));
                    }));
                }
            }
            if (!last.channels.get(task).isEmpty()) {
                ready.add(() -> step(() -> {
                    last.read(task);
                    collect();
                }));
            }
        }
        return ready;
    }

    int onTheWay() {
        int number = last.channels.stream().mapToInt(Deque::size).sum();
        for (var task : rankers) {
            number += task.channels.stream().mapToInt(Deque::size).sum();
        }
        return number;
    }

    private static void pass(Task<Summary, ShortLists> from, Deque<Object> to) {
        for (Object each = from.harness.getOutput().poll();
                each != null;
                each = from.harness.getOutput().poll()) {
            to.add(each instanceof StreamRecord<?> element ? element.getValue() : each);
        }
    }

    private void collect() {
        for (Object each = last.harness.getOutput().poll();
                each != null;
                each = last.harness.getOutput().poll()) {
            if (each instanceof StreamRecord<?> element) {
                published.add((Movers) element.getValue());
            }
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void step(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The watermark of the last task. */
    long watermark() {
        return last.watermark;
    }

    /** Delivers all, stops with a checkpoint and goes on from it with so many tasks, and without a watermark. */
    void restart(int tasks) throws Exception {
        restart(tasks, settings);
    }

    void restart(int tasks, MoversSettings settingsThen) throws Exception {
        deliver(0);
        checkpoints++;
        OperatorSubtaskState[] states = new OperatorSubtaskState[rankers.size()];
        for (int i = 0; i < states.length; i++) {
            states[i] = rankers.get(i).harness.snapshot(checkpoints, 1);
        }
        OperatorSubtaskState ranked = AbstractStreamOperatorTestHarness.repackageState(states);
        OperatorSubtaskState merged = last.harness.snapshot(checkpoints, 1);
        int oldTasks = rankers.size();
        close();
        settings = settingsThen;
        start(oldTasks, tasks, ranked, merged);
    }

    /** The number of timers and of keys with state. */
    int timersAndKeys() {
        int count = last.harness.numEventTimeTimers() + keys(last);
        for (var task : rankers) {
            count += task.harness.numEventTimeTimers() + keys(task);
        }
        return count;
    }

    private static int keys(Task<?, ?> task) {
        int keys = 0;
        for (String state : List.of("day", "waiting", "latest")) {
            keys += (int) ((AbstractStreamOperator<?>) task.harness.getOperator())
                    .getKeyedStateBackend()
                    .getKeys(state, VoidNamespace.INSTANCE)
                    .count();
        }
        return keys;
    }

    @Override
    public void close() throws Exception {
        for (var task : rankers) {
            task.harness.close();
        }
        last.harness.close();
    }
}
