package io.tapewatch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/**
 * The job's own metrics, as Flink reports them: each by its operator, its subtask and its name after {@code tapewatch.},
 * such as {@code account.records}. A metric whose task has ended keeps its last value until the task is there again.
 */
public final class JobMetrics implements MetricReporter {

    private static final String GROUP = "tapewatch.";
    private static final String RESTARTS_NAME = "numRestarts";
    private static final Map<Metric, Id> LIVE = new ConcurrentHashMap<>();
    private static final Map<Id, Number> ENDED = new ConcurrentHashMap<>();
    private static final Map<String, Long> RESTARTS = new ConcurrentHashMap<>();
    private static final Map<String, Metric> RESTARTS_SO_FAR = new ConcurrentHashMap<>();
    private static final Map<Metric, String> TASKS = new ConcurrentHashMap<>();
    private static final Set<String> STARTED = ConcurrentHashMap.newKeySet();

    private record Id(String job, String operator, String subtask, String name) {}

    /** Found by Flink through the class path. */
    public static final class Factory implements MetricReporterFactory {
        @Override
        public MetricReporter createMetricReporter(Properties properties) {
            return new JobMetrics();
        }
    }

    /** What all records had become when a checkpoint was taken, by the names of the metrics, summed over the subtasks. */
    record Account(long checkpoint, Map<String, Long> sums) {
        long of(String name) {
            return sums.getOrDefault(name, 0L);
        }

        /** Those of this name, by the value of their label. */
        Map<String, Long> by(String name) {
            Map<String, Long> some = new TreeMap<>();
            sums.forEach((each, sum) -> {
                if (each.endsWith("." + name) && sum != 0) {
                    String[] parts = each.split("\\.");
                    some.put(parts[parts.length - 2], sum);
                }
            });
            return some;
        }

        long deadLetters() {
            return of("rejected") + of("tooLate");
        }

        /** What came in and is nowhere. */
        long difference() {
            return of("records") - of("heartbeats") - of("unwatched") - of("counted") - of("waiting") - deadLetters();
        }
    }

    static void reportTo(Configuration flink) {
        flink.setString("metrics.reporter.job.factory.class", Factory.class.getName());
    }

    /** How often Flink has restarted a job. */
    static long restarts(JobID job) {
        Metric soFar = RESTARTS_SO_FAR.get(job.toString());
        return soFar == null ? RESTARTS.get(job.toString()) : value(soFar).longValue();
    }

    /** Whether a task of this name runs. */
    private static boolean runs(JobID job, String task) {
        return TASKS.containsValue(job + " " + task);
    }

    /** Whether a task of this name has run, and runs no more. */
    static boolean hasEnded(JobID job, String task) {
        return STARTED.contains(job + " " + task) && !runs(job, task);
    }

    /** The names of all metrics of a job. */
    static Set<String> names(JobID job) {
        Set<String> names = new TreeSet<>();
        values(job, id -> true).keySet().forEach(id -> names.add(id.name()));
        return names;
    }

    /** The sum over the subtasks of a counter or gauge. */
    static long sum(JobID job, String name) {
        return values(job, id -> id.name().equals(name)).values().stream()
                .mapToLong(Number::longValue)
                .sum();
    }

    /**
     * The account of the last checkpoint that all subtasks know to be complete; empty while they differ. Those that have
     * come to their end count nothing more: their last account is that of every later checkpoint.
     */
    static Optional<Account> account(JobID job) {
        Set<Long> before = checkpoints(job);
        Map<String, Long> sums = new HashMap<>();
        values(job, id -> id.name().startsWith("account."))
                .forEach((id, value) ->
                        sums.merge(id.name().substring("account.".length()), value.longValue(), Long::sum));
        if (before.size() > 1 || !before.equals(checkpoints(job)) || sums.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Account(
                before.isEmpty() ? Long.MAX_VALUE : before.iterator().next(), sums));
    }

    /** The checkpoints that the accounts are of, of subtasks that run. */
    private static Set<Long> checkpoints(JobID job) {
        Set<Long> checkpoints = new HashSet<>();
        LIVE.forEach((metric, id) -> {
            if (id.job().equals(job.toString()) && id.name().equals("account.checkpoint")) {
                checkpoints.add(value(metric).longValue());
            }
        });
        return checkpoints;
    }

    private static Map<Id, Number> values(JobID job, Predicate<Id> which) {
        Predicate<Id> ours = id -> id.job().equals(job.toString()) && which.test(id);
        Map<Id, Number> values = new HashMap<>();
        // First: a metric whose task ends meanwhile is found in one of the two, or in both.
        LIVE.forEach((metric, id) -> {
            if (ours.test(id)) {
                values.put(id, value(metric));
            }
        });
        ENDED.forEach((id, value) -> {
            if (ours.test(id)) {
                values.putIfAbsent(id, value);
            }
        });
        return values;
    }

    private static Number value(Metric metric) {
        if (metric instanceof Counter counter) {
            return counter.getCount();
        }
        if (metric instanceof Histogram histogram) {
            return histogram.getCount();
        }
        return (Number) ((Gauge<?>) metric).getValue();
    }

    @Override
    public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
        String task = group.getAllVariables().get("<job_id>") + " "
                + group.getAllVariables().get("<task_name>");
        TASKS.put(metric, task);
        STARTED.add(task);
        if (name.equals(RESTARTS_NAME)) {
            RESTARTS_SO_FAR.put(group.getAllVariables().get("<job_id>"), metric);
        }
        String full = group.getMetricIdentifier(name);
        int ours = full.indexOf(GROUP);
        if (ours >= 0) {
            Map<String, String> scope = group.getAllVariables();
            LIVE.put(
                    metric,
                    new Id(
                            scope.get("<job_id>"),
                            scope.get("<operator_name>"),
                            scope.get("<subtask_index>"),
                            full.substring(ours + GROUP.length())));
        }
    }

    @Override
    public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
        TASKS.remove(metric);
        if (name.equals(RESTARTS_NAME)) {
            String job = group.getAllVariables().get("<job_id>");
            RESTARTS.put(job, value(metric).longValue());
            RESTARTS_SO_FAR.remove(job);
        }
        Id ended = LIVE.get(metric);
        if (ended != null) {
            ENDED.put(ended, value(metric));
            LIVE.remove(metric);
        }
    }

    @Override
    public void open(MetricConfig config) {}

    @Override
    public void close() {}
}
