package io.tapewatch;

import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What a job has counted in all of its tasks, and how often Flink has restarted it, also when it has ended. */
public final class CountersOfJob implements MetricReporter {

    private static final String RESTARTS = "numRestarts";

    /** Counters keep their value when their task has ended. */
    private static final Map<Metric, Reported> COUNTERS = new ConcurrentHashMap<>();

    private static final Map<String, Gauge<?>> RESTARTS_OF_RUNNING = new ConcurrentHashMap<>();
    private static final Map<String, Long> RESTARTS_OF_ENDED = new ConcurrentHashMap<>();

    private record Reported(String job, String name) {}

    /** Found by Flink through the class path. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new CountersOfJob();
        }
    }

    static void reportedBy(StreamExecutionEnvironment env) {
        Configuration flink = new Configuration();
        flink.setString("metrics.reporter.counters-of-job.factory.class", Factory.class.getName());
        env.configure(flink);
    }

    /** The sum of the job's own counters of this name; of a rejection's reason, how often it was given. */
    static long sum(JobID job, String name) {
        Reported wanted = new Reported(job.toString(), name);
        return COUNTERS.entrySet().stream()
                .filter(each -> each.getValue().equals(wanted))
                .mapToLong(each -> ((Counter) each.getKey()).getCount())
                .sum();
    }

    /** How often a job was restarted. */
    static long restarts(JobID job) {
        Gauge<?> running = RESTARTS_OF_RUNNING.get(job.toString());
        return running != null ? value(running) : RESTARTS_OF_ENDED.get(job.toString());
    }

    private static long value(Gauge<?> gauge) {
        return ((Number) gauge.getValue()).longValue();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        Map<String, String> scope = group.getAllVariables();
        if (metric instanceof Counter && group.getMetricIdentifier(name).contains(".tapewatch.")) {
            COUNTERS.put(metric, new Reported(scope.get("<job_id>"), scope.getOrDefault("<reason>", name)));
        } else if (name.equals(RESTARTS) && metric instanceof Gauge<?> gauge) {
            RESTARTS_OF_RUNNING.put(scope.get("<job_id>"), gauge);
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        if (name.equals(RESTARTS) && metric instanceof Gauge<?> gauge) {
            String job = group.getAllVariables().get("<job_id>");
            RESTARTS_OF_ENDED.put(job, value(gauge));
            RESTARTS_OF_RUNNING.remove(job);
        }
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}
}
