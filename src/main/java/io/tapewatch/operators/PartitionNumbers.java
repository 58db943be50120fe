package io.tapewatch.operators;

import io.tapewatch.domain.Tick;
import io.tapewatch.domain.trade.MissingNumbers;
import io.tapewatch.domain.trade.NumberRuns;
import io.tapewatch.domain.trade.NumberSequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.metrics.MetricGroup;

/**
 * Looks at the numbers of a feed that numbers all ticks of a partition in one sequence, before the ticks are keyed by symbol: no
 * window can be told which of the symbols the missing ticks are of.
 *
 * <p>The numbers are kept over a restart, but not over a rescaling: then partitions move to other tasks, and each begins anew,
 * without a hole.
 */
final class PartitionNumbers {

    private final SequenceCounters counters;
    private final MetricGroup metrics;
    private final TaskInfo here;
    private final ListState<Kept> state;
    private final Map<Integer, Partition> partitions = new TreeMap<>();

    /**
     * The numbers of a partition, as state has them.
     *
     * @param task the task that had the partition
     * @param tasks how many tasks there were
     * @param partition the partition
     * @param numbers what {@link NumberRuns#writeTo} wrote
     */
    public record Kept(int task, int tasks, int partition, byte[] numbers) {}

    /** One partition: a gauge says how many numbers are missing in it since the task's start. */
    private final class Partition implements MissingNumbers {
        private final NumberRuns numbers;
        private volatile long missing;

        Partition(int number, NumberRuns numbers) {
            this.numbers = numbers;
            metrics.addGroup("partition", String.valueOf(number)).gauge("missingInPartition", () -> missing);
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes it.
        public void change(long time, long by) {
            missing += by;
            counters.change(time, by);
        }
    }

    PartitionNumbers(Ledger ledger, MetricGroup metrics, OperatorStateStore store, TaskInfo here) throws Exception {
        this.metrics = metrics;
        this.here = here;
        counters = new SequenceCounters(ledger, metrics);
        state = store.getListState(new ListStateDescriptor<>("numbers", TypeInformation.of(Kept.class)));
        for (Kept kept : state.get()) {
            if (kept.task() == here.getIndexOfThisSubtask() && kept.tasks() == here.getNumberOfParallelSubtasks()) {
                partitions.put(
                        kept.partition(),
                        new Partition(
                                kept.partition(), NumberRuns.readFrom(new DataInputDeserializer(kept.numbers()))));
            }
        }
    }

    void take(Tick tick) {
        long number = NumberSequence.of(tick);
        if (number != NumberSequence.NO_NUMBER) {
            Partition partition =
                    partitions.computeIfAbsent(tick.partition(), each -> new Partition(each, new NumberRuns()));
            counters.count(partition.numbers.take(number, tick.time(), partition), tick.time());
        }
    }

    /** Writes the numbers into the state of a checkpoint. */
    void snapshot() throws Exception {
        List<Kept> all = new ArrayList<>();
        for (Map.Entry<Integer, Partition> each : partitions.entrySet()) {
            all.add(new Kept(
                    here.getIndexOfThisSubtask(),
                    here.getNumberOfParallelSubtasks(),
                    each.getKey(),
                    written(each.getValue().numbers)));
        }
        state.update(all);
    }

    private static byte[] written(NumberRuns numbers) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        numbers.writeTo(out);
        return out.getCopyOfBuffer();
    }
}
