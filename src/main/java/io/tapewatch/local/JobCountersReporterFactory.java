package io.tapewatch.local;

import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * Makes the reporter that fills a {@link JobCounters} of this JVM. Flink makes it by its name; the settings say whose
 * counters it fills.
 */
public final class JobCountersReporterFactory implements MetricReporterFactory {

    private static final String RUN = "run";
    private static final Map<String, JobCounters> RUNS = new ConcurrentHashMap<>();

    /** Settings that let a Flink cluster of this JVM report to these counters. */
    static Configuration reportTo(JobCounters counters) {
        String run = UUID.randomUUID().toString();
        RUNS.put(run, counters);
        Configuration settings = new Configuration();
        settings.setString("metrics.reporters", "counters");
        settings.setString("metrics.reporter.counters.factory.class", JobCountersReporterFactory.class.getName());
        settings.setString("metrics.reporter.counters." + RUN, run);
        return settings;
    }

    @Override
    public MetricReporter createMetricReporter(Properties properties) {
        String run = properties.getProperty(RUN);
        JobCounters counters = RUNS.get(run);
        if (counters == null) {
            throw new IllegalArgumentException("no run " + run + " in this JVM");
        }
        return new Reporter(run, counters);
    }

    private record Reporter(String run, JobCounters counters) implements MetricReporter {

        @Override
        public void open(MetricConfig config) {}

        @Override
        public void close() {
            RUNS.remove(run);
        }

        @Override
        public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
            counters.added(metric, name, group);
        }

        @Override
        public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
            counters.removed(metric);
        }
    }
}
