package io.tapewatch.cli;

import io.tapewatch.cli.FlinkRest.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics of the job by which a person judges it, out of all that Flink tells.
 *
 * @param eventTime the event time that all of the tape has reached, in epoch milliseconds
 * @param partitions the event time of each partition of prices and quotes
 * @param counts what was counted since the job first started, by the names of the metrics; since its tasks started where
 *     there is no account
 * @param labelled the same of metrics with a label, by name and label
 * @param flagged how many flags each rule raised since the tasks started, by its id as Flink writes it
 */
record FlinkMetrics(
        OptionalLong eventTime,
        List<Partition> partitions,
        Map<String, Long> counts,
        Map<String, SortedMap<String, Long>> labelled,
        Map<String, Long> flagged) {

    /** What Flink says of a watermark before the first. */
    private static final long NONE = Long.MIN_VALUE;

    private static final Pattern WATERMARK = Pattern.compile(
            "Source__(prices|quotes)\\.split\\..*-(\\d+)\\.watermark\\.(currentWatermark|idleTimeMsPerSecond)");
    private static final Pattern GAUGE =
            Pattern.compile("Source__(prices|quotes)\\.tapewatch\\.partition\\.(\\d+)\\.(movedAt|idle)");
    private static final Pattern OFFSET = Pattern.compile(
            "Source__(prices|quotes)\\.KafkaSourceReader\\.topic\\..*\\.partition\\.(\\d+)\\.(currentOffset)");
    private static final Pattern OURS =
            Pattern.compile(".*\\.tapewatch\\.(account\\.)?(?:(?:reason|field|rule|partition)\\.(.+)\\.)?(\\w+)");
    private static final String EVENT_TIME = "tape.currentOutputWatermark";
    private static final String FLAGGED = "flagged";

    /** The event time of the last gap among the numbers of ticks: of all tasks, the latest counts. */
    static final String LAST_GAP = "lastGap";

    /** How many numbers are missing in each partition. */
    static final String MISSING_IN_PARTITION = "missingInPartition";

    /**
     * The event time of a partition.
     *
     * @param input {@code prices} or {@code quotes}
     * @param partition its number
     * @param eventTime its watermark in epoch milliseconds; empty before the first
     * @param movedAt when its watermark moved last, in epoch milliseconds; empty before it did
     * @param idle whether it holds nobody back
     * @param nextOffset the offset of the record that is read next; empty when none was read yet
     */
    record Partition(
            String input,
            int partition,
            OptionalLong eventTime,
            OptionalLong movedAt,
            boolean idle,
            OptionalLong nextOffset) {}

    /** Whether a metric tells something here. */
    static boolean isWanted(String name) {
        if (name.equals(EVENT_TIME)
                || WATERMARK.matcher(name).matches()
                || GAUGE.matcher(name).matches()
                || OFFSET.matcher(name).matches()) {
            return true;
        }
        Matcher ours = OURS.matcher(name);
        return ours.matches()
                && (!name.contains(".deserializer.") || ours.group(3).equals(StatusJson.UNKNOWN_FIELDS))
                && !List.of("checked", "suppressed", "lastTick").contains(ours.group(3));
    }

    static FlinkMetrics of(Map<String, Figures> metrics) {
        Map<String, Long> counts = new HashMap<>();
        Map<String, SortedMap<String, Long>> labelled = new HashMap<>();
        add(metrics, false, counts, labelled);
        // The account knows what was counted before the tasks started, too: it replaces what was counted since.
        Map<String, Long> account = new HashMap<>();
        add(metrics, true, account, labelled);
        counts.putAll(account);
        SortedMap<String, Long> flagged = labelled.remove(FLAGGED);
        return new FlinkMetrics(
                time(
                        metrics.get(EVENT_TIME) == null
                                ? NONE
                                : metrics.get(EVENT_TIME).min()),
                partitions(metrics),
                Map.copyOf(counts),
                Map.copyOf(labelled),
                flagged == null ? Map.of() : flagged);
    }

    private static void add(
            Map<String, Figures> metrics,
            boolean ofAccount,
            Map<String, Long> counts,
            Map<String, SortedMap<String, Long>> labelled) {
        Map<String, SortedMap<String, Long>> found = new HashMap<>();
        metrics.forEach((name, figures) -> {
            Matcher ours = OURS.matcher(name);
            if (GAUGE.matcher(name).matches() || !ours.matches() || ofAccount != (ours.group(1) != null)) {
                return;
            }
            String label = ours.group(2);
            if (label == null) {
                if (ours.group(3).equals(LAST_GAP)) {
                    counts.merge(LAST_GAP, figures.max(), Math::max);
                } else {
                    counts.merge(ours.group(3), figures.sum(), Long::sum);
                }
            } else {
                found.computeIfAbsent(ours.group(3), any -> new TreeMap<>()).merge(label, figures.sum(), Long::sum);
            }
        });
        labelled.putAll(found);
    }

    private static List<Partition> partitions(Map<String, Figures> metrics) {
        SortedMap<String, Map<Integer, Map<String, Long>>> found = new TreeMap<>();
        metrics.forEach((name, figures) -> {
            for (Pattern pattern : List.of(WATERMARK, GAUGE, OFFSET)) {
                Matcher matcher = pattern.matcher(name);
                if (matcher.matches()) {
                    found.computeIfAbsent(matcher.group(1), any -> new TreeMap<>())
                            .computeIfAbsent(Integer.valueOf(matcher.group(2)), any -> new HashMap<>())
                            .put(matcher.group(3), figures.max());
                }
            }
        });
        List<Partition> partitions = new ArrayList<>();
        found.forEach((input, numbers) -> numbers.forEach((number, of) -> {
            OptionalLong eventTime = time(of.getOrDefault("currentWatermark", NONE));
            // Before its first time a partition has no gauges of its own; Flink tells how much of the last minute it
            // was idle.
            boolean idle = of.containsKey("idle")
                    ? of.get("idle") == 1
                    : eventTime.isEmpty() && of.getOrDefault("idleTimeMsPerSecond", 0L) > 0;
            long movedAt = of.getOrDefault("movedAt", 0L);
            long offset = of.getOrDefault("currentOffset", -1L);
            partitions.add(new Partition(
                    input,
                    number,
                    eventTime,
                    movedAt > 0 ? OptionalLong.of(movedAt) : OptionalLong.empty(),
                    idle,
                    offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset + 1)));
        }));
        return partitions;
    }

    private static OptionalLong time(long watermark) {
        return watermark == NONE || watermark == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(watermark);
    }

    /** The partition that has got least far of those that others wait for; empty if they wait for none. */
    Optional<Partition> lowest() {
        return partitions.stream()
                .filter(partition -> !partition.idle())
                .min(Comparator.comparingLong(partition -> partition.eventTime().orElse(NONE)));
    }

    /** The event time of the partition that has got furthest. */
    OptionalLong furthest() {
        return partitions.stream()
                .filter(partition -> partition.eventTime().isPresent())
                .mapToLong(partition -> partition.eventTime().getAsLong())
                .max();
    }

    /** A count, if the job has it. */
    OptionalLong count(String name) {
        return counts.containsKey(name) ? OptionalLong.of(counts.get(name)) : OptionalLong.empty();
    }

    /** The counts above zero of a metric with a label, by the label. */
    SortedMap<String, Long> by(String name) {
        SortedMap<String, Long> counted = new TreeMap<>(labelled.getOrDefault(name, new TreeMap<>()));
        counted.values().removeIf(count -> count == 0);
        return counted;
    }

    /** How many flags a rule raised since the tasks started, if Flink knows the rule. */
    OptionalLong flagsOf(String rule) {
        Long flags = flagged.get(rule.replace('.', '_'));
        return flags == null ? OptionalLong.empty() : OptionalLong.of(flags);
    }
}
