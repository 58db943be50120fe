package io.tapewatch;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Sees in Flink's own metrics which partitions no longer hold event time back. */
public final class IdlePartitions implements MetricReporter {

    private static final Map<Metric, Gauge<?>> IDLE_TIMES = new ConcurrentHashMap<>();

    /** Found by Flink through the class path. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new IdlePartitions();
        }
    }

    static void reportTo(Configuration flink) {
        flink.setString("metrics.reporter.idle-partitions.factory.class", Factory.class.getName());
    }

    /** Waits until this many partitions have been idle since the call. */
    static void await(int partitions) {
        Map<Metric, Long> before = new ConcurrentHashMap<>();
        IDLE_TIMES.forEach((metric, gauge) -> before.put(metric, millis(gauge)));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < deadline) {
            long idle = before.entrySet().stream()
                    .filter(each -> IDLE_TIMES.containsKey(each.getKey())
                            && millis(IDLE_TIMES.get(each.getKey())) > each.getValue())
                    .count();
            if (idle >= partitions) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        throw new AssertionError("fewer than " + partitions + " partitions were idle");
    }

    private static long millis(Gauge<?> gauge) {
        return ((Number) gauge.getValue()).longValue();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        if (name.equals("accumulatedIdleTimeMs") && metric instanceof Gauge<?> gauge) {
            IDLE_TIMES.put(metric, gauge);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        IDLE_TIMES.remove(metric);
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}
}
