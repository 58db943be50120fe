package io.tapewatch.operators;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;

/**
 * What a task has counted, twice over. Its counters are Flink's, and begin at zero with the task: they are for rates. Beside
 * each of them, in the group {@value #GROUP}, a gauge holds the number since the job first started as of the last complete
 * checkpoint: it is part of the state, so a crash neither forgets a record nor counts one twice. Of one checkpoint, the
 * gauges of all tasks add up.
 */
final class Ledger {

    static final String GROUP = "account";

    /** The gauge that says which checkpoint the others are of; 0 before the first. */
    static final String CHECKPOINT = "checkpoint";

    private static final ListStateDescriptor<Count> STATE =
            new ListStateDescriptor<>("account", TypeInformation.of(Count.class));

    private final MetricGroup metrics;
    private final ListState<Count> state;
    private final Map<String, Long> restored = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final TreeMap<Long, long[]> unconfirmed = new TreeMap<>();

    /** What the gauges show. */
    private volatile Page confirmed;

    private record Entry(String name, long before, Counter since) {
        long total() {
            return before + since.getCount();
        }
    }

    private record Page(long checkpoint, long[] totals) {}

    /**
     * Opens the ledger where the checkpoint left it that the task is restored from, if any.
     *
     * @param checkpoint that checkpoint, or 0
     */
    Ledger(MetricGroup metrics, OperatorStateStore store, long checkpoint) throws Exception {
        this.metrics = metrics;
        this.state = store.getListState(STATE);
        for (Count count : state.get()) {
            // With another parallelism, a task gets what several have counted, or nothing.
            restored.merge(count.of(), count.number(), Long::sum);
        }
        this.confirmed = new Page(checkpoint, new long[0]);
        metrics.addGroup(GROUP).gauge(CHECKPOINT, () -> confirmed.checkpoint());
    }

    /** A counter of this name. */
    Counter counter(String name) {
        return keep(name, metrics.counter(name), metrics.addGroup(GROUP), name);
    }

    /** A counter of this name and label, such as {@code reason="bad-price"}. */
    Counter counter(String name, String label, String value) {
        return keep(
                name + " " + value,
                metrics.addGroup(label, value).counter(name),
                metrics.addGroup(GROUP).addGroup(label, value),
                name);
    }

    /** A number that goes up and down, and has no meaning since the task's start alone: it is only in the account. */
    Counter balance(String name) {
        return keep(name, new SimpleCounter(), metrics.addGroup(GROUP), name);
    }

    private Counter keep(String entryName, Counter since, MetricGroup account, String name) {
        int index = entries.size();
        long before = restored.getOrDefault(entryName, 0L);
        entries.add(new Entry(entryName, before, since));
        account.gauge(name, () -> {
            long[] totals = confirmed.totals();
            return index < totals.length ? totals[index] : before;
        });
        return since;
    }

    /** Writes the ledger into the state of this checkpoint. */
    void snapshot(long checkpoint) throws Exception {
        long[] totals = entries.stream().mapToLong(Entry::total).toArray();
        List<Count> counts = new ArrayList<>();
        for (int i = 0; i < totals.length; i++) {
            counts.add(new Count(entries.get(i).name(), totals[i]));
        }
        state.update(counts);
        unconfirmed.put(checkpoint, totals);
    }

    /** The checkpoint is complete. */
    void complete(long checkpoint) {
        long[] totals = unconfirmed.get(checkpoint);
        if (totals != null) {
            confirmed = new Page(checkpoint, totals);
        }
        unconfirmed.headMap(checkpoint, true).clear();
    }
}
