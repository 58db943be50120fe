package io.tapewatch.local;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
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
    private static final String REJECTED_BY = "rejectedBy";
    private static final String QUOTES_REJECTED_BY = "quotesRejectedBy";
    private static final String INSTRUMENTS_REJECTED_BY = "instrumentsRejectedBy";
    private static final String RULE = "<rule>";
    private static final String CHECKED = "checked";
    private static final String FLAGGED = "flagged";
    private static final String SUPPRESSED = "suppressed";
    private static final String OPERATOR = "<operator_name>";
    private static final String TAPE = "tape";
    private static final String WATERMARK = "currentOutputWatermark";

    private record Live(LongSupplier count, Map<String, Long> retired, String key) {}

    private final IdentityHashMap<Metric, Live> live = new IdentityHashMap<>();
    private final Map<String, Long> retired = new HashMap<>();
    private final Map<String, Map<String, Long>> retiredByReason = Map.of(
            REJECTED_BY,
            new HashMap<>(),
            QUOTES_REJECTED_BY,
            new HashMap<>(),
            INSTRUMENTS_REJECTED_BY,
            new HashMap<>());
    private final Map<String, Map<String, Long>> retiredByRule =
            Map.of(CHECKED, new HashMap<>(), FLAGGED, new HashMap<>(), SUPPRESSED, new HashMap<>());
    private final IdentityHashMap<Metric, Gauge<?>> watermarks = new IdentityHashMap<>();
    private long lastWatermark = Long.MIN_VALUE;

    /** The sum of the counters of this name. */
    synchronized long sum(String name) {
        return sums(retired).getOrDefault(name, 0L);
    }

    /** What each rule did that has been in force, by id. */
    synchronized List<RuleTotals> rules() {
        Map<String, Long> checked = sums(of(retiredByRule, CHECKED));
        Map<String, Long> flagged = sums(of(retiredByRule, FLAGGED));
        Map<String, Long> suppressed = sums(of(retiredByRule, SUPPRESSED));
        List<RuleTotals> rules = new ArrayList<>();
        new TreeMap<>(checked)
                .forEach((id, count) -> rules.add(
                        new RuleTotals(id, count, flagged.getOrDefault(id, 0L), suppressed.getOrDefault(id, 0L))));
        return rules;
    }

    /** How many flags all rules raised; one that is updated counts once. */
    synchronized long flags() {
        return sums(of(retiredByRule, FLAGGED)).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Prices that came in, with what became of them. */
    synchronized Account account() {
        return new Account(
                Account.Kind.PRICES,
                sum("records") - sum("heartbeats"),
                sum("counted") + sum("cancels") + sum("corrections"),
                deadLetters(REJECTED_BY, sum("tooLate")),
                sum("unwatched"));
    }

    /** Prices that came late. */
    synchronized LateTicks late() {
        return new LateTicks(sum("late"), sum("lateMissed"), sum("tooLate"), sum("correctedWindows"));
    }

    /** Quotes that came in, likewise. */
    synchronized Account quotes() {
        return new Account(
                Account.Kind.QUOTES,
                sum("quotesRecords") - sum("quotesHeartbeats"),
                sum("quotesTaken"),
                deadLetters(QUOTES_REJECTED_BY, sum("quotesTooLate")),
                sum("quotesUnwatched"));
    }

    /** Instruments that came in, likewise. */
    synchronized Account instruments() {
        long in = sum("instrumentsRecords");
        return new Account(
                Account.Kind.INSTRUMENTS,
                in,
                in - sum("instrumentsRejected"),
                deadLetters(INSTRUMENTS_REJECTED_BY, 0),
                0);
    }

    /** All of these at one moment. */
    synchronized Counts counts() {
        return new Counts(account(), quotes(), instruments(), sum("summaries"), flags());
    }

    private SortedMap<String, Long> deadLetters(String rejectedBy, long tooLate) {
        SortedMap<String, Long> deadLetters = new TreeMap<>(sums(of(retiredByReason, rejectedBy)));
        deadLetters.merge("too-late", tooLate, Long::sum);
        return deadLetters;
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
        String rule = isOurs(group) ? group.getAllVariables().get(RULE) : null;
        if (metric instanceof Counter counter && isOurs(group)) {
            String reason = group.getAllVariables().get(REASON);
            if (reason == null) {
                live.put(metric, new Live(counter::getCount, retired, name));
            } else if (retiredByReason.containsKey(name)) {
                live.put(metric, new Live(counter::getCount, of(retiredByReason, name), reason));
            }
        } else if (metric instanceof Gauge<?> gauge && rule != null && retiredByRule.containsKey(name)) {
            live.put(metric, new Live(() -> value(gauge), of(retiredByRule, name), rule));
        } else if (metric instanceof Gauge<?> gauge
                && name.equals(WATERMARK)
                && TAPE.equals(group.getAllVariables().get(OPERATOR))) {
            watermarks.put(metric, gauge);
        }
    }

    synchronized void removed(Metric metric) {
        Live ended = live.remove(metric);
        if (ended != null) {
            ended.retired().merge(ended.key(), ended.count().getAsLong(), Long::sum);
        }
        watermarks.remove(metric);
    }

    private Map<String, Long> sums(Map<String, Long> ended) {
        Map<String, Long> sums = new HashMap<>(ended);
        for (Live counter : live.values()) {
            if (counter.retired() == ended) {
                sums.merge(counter.key(), counter.count().getAsLong(), Long::sum);
            }
        }
        return Collections.unmodifiableMap(sums);
    }

    private static Map<String, Long> of(Map<String, Map<String, Long>> counts, String name) {
        return Objects.requireNonNull(counts.get(name), name);
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
