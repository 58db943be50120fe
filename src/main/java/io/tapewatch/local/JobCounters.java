package io.tapewatch.local;

import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricGroup;

/**
 * What the job has counted so far, summed over its subtasks. A counter whose task has ended keeps its last value.
 *
 * <p>It is right while no task is restarted: the local run does not restart any.
 */
final class JobCounters {

    private static final String GROUP = "tapewatch";
    private static final String REASON = "<reason>";
    private static final String OPERATOR = "<operator_name>";
    private static final String TAPE = "tape";
    private static final String WATERMARK = "currentOutputWatermark";

    private record Live(Counter counter, Map<String, Long> retired, String key) {}

    private final Map<Metric, Live> live = new IdentityHashMap<>();
    private final Map<String, Long> retired = new HashMap<>();
    private final Map<String, Long> retiredByReason = new HashMap<>();
    private final Map<Metric, Gauge<?>> watermarks = new IdentityHashMap<>();
    private long lastWatermark = Long.MIN_VALUE;

    /** The sum of the counters of this name. */
    synchronized long sum(String name) {
        return sums(retired).getOrDefault(name, 0L);
    }

    /** How many prices the decoder rejected, by reason. */
    synchronized SortedMap<String, Long> rejectedByReason() {
        return new TreeMap<>(sums(retiredByReason));
    }

    /** Prices that came in, with what became of them. */
    synchronized Account account() {
        SortedMap<String, Long> deadLetters = rejectedByReason();
        deadLetters.merge("too-late", sum("tooLate"), Long::sum);
        return new Account(sum("records") - sum("heartbeats"), sum("counted"), deadLetters, sum("unwatched"));
    }

    /** The event time, in epoch milliseconds, that all of the tape has reached; empty before it has reached any. */
    synchronized OptionalLong eventTime() {
        long lowest =
                watermarks.values().stream().mapToLong(JobCounters::value).min().orElse(Long.MIN_VALUE);
        if (lowest != Long.MIN_VALUE && lowest != Long.MAX_VALUE) {
            lastWatermark = Math.max(lastWatermark, lowest);
        }
        return lastWatermark == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(lastWatermark);
    }

    synchronized void added(Metric metric, String name, MetricGroup group) {
        if (metric instanceof Counter counter && isOurs(group)) {
            String reason = group.getAllVariables().get(REASON);
            live.put(
                    metric,
                    reason == null ? new Live(counter, retired, name) : new Live(counter, retiredByReason, reason));
        } else if (metric instanceof Gauge<?> gauge
                && name.equals(WATERMARK)
                && TAPE.equals(group.getAllVariables().get(OPERATOR))) {
            watermarks.put(metric, gauge);
        }
    }

    synchronized void removed(Metric metric) {
        Live ended = live.remove(metric);
        if (ended != null) {
            ended.retired().merge(ended.key(), ended.counter().getCount(), Long::sum);
        }
        watermarks.remove(metric);
    }

    private Map<String, Long> sums(Map<String, Long> ended) {
        Map<String, Long> sums = new HashMap<>(ended);
        for (Live counter : live.values()) {
            if (counter.retired() == ended) {
                sums.merge(counter.key(), counter.counter().getCount(), Long::sum);
            }
        }
        return Collections.unmodifiableMap(sums);
    }

    private static boolean isOurs(MetricGroup group) {
        for (String component : group.getScopeComponents()) {
            if (component.equals(GROUP)) {
                return true;
            }
        }
        return false;
    }

    private static long value(Gauge<?> gauge) {
        return gauge.getValue() instanceof Long value ? value : Long.MIN_VALUE;
    }
}
