package io.tapewatch.cli;

import io.tapewatch.cli.Status.Partition;
import io.tapewatch.cli.Status.RuleLine;
import io.tapewatch.domain.Durations;
import io.tapewatch.domain.Printable;
import io.tapewatch.io.json.IsoTime;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** The status of a job on one screen: 100 columns and 40 lines with that of the prompt, however many partitions and rules there are. */
final class StatusScreen {

    static final int WIDTH = 100;
    static final int HEIGHT = 39;

    private static final int LABEL = 13;
    private static final int MOST_PROBLEMS = 3;
    private static final int MOST_LABELS = 8;

    /** The blank line before a table, its heading, and the line that says how much was left out. */
    private static final int BESIDE_ROWS = 3;

    private static final int LONGEST_VALUE = 3 * (WIDTH - LABEL) - LABEL;
    private static final int LONGEST_RULE = 30;
    private static final String UNKNOWN = "?";

    private final Status status;

    StatusScreen(Status status) {
        this.status = status;
    }

    void printTo(PrintWriter out, Ansi ansi) {
        List<String> facts = facts();
        facts.forEach(out::println);
        List<Partition> partitions = status.partitions();
        List<RuleLine> rules = status.rules();
        int room = HEIGHT - facts.size() - 2 * BESIDE_ROWS;
        int partitionRows = Math.min(partitions.size(), Math.max(room / 2, room - rules.size()));
        int ruleRows = Math.min(rules.size(), room - partitionRows);
        if (!partitions.isEmpty()) {
            out.println();
            partitions(partitions, partitionRows).printTo(out, ansi);
            more(partitions.size() - partitionRows, out);
        }
        if (!rules.isEmpty()) {
            out.println();
            rules(rules, ruleRows).printTo(out, ansi);
            more(rules.size() - ruleRows, out);
        }
        out.flush();
    }

    private static void more(int left, PrintWriter out) {
        if (left > 0) {
            out.println("and " + left + " more, which --json shows");
        }
    }

    private List<String> facts() {
        List<String> lines = new ArrayList<>();
        add(lines, "job", cut(status.name() + ": " + running(), LONGEST_VALUE));
        String label = "health";
        for (Status.Problem problem : problems()) {
            add(lines, label, cut(problem.health().name() + ": " + problem.text(), LONGEST_VALUE));
            label = "";
        }
        if (status.problems().isEmpty()) {
            add(lines, label, Health.OK.name());
        }
        JobOnFlink job = status.job();
        if (job != null && job.isRunning()) {
            add(lines, "event time", eventTime(job.metrics()));
            add(lines, "checkpoint", checkpoint(job));
        }
        add(lines, "lag", lag());
        if (job != null && job.isRunning()) {
            counts(lines, job.metrics());
        }
        return lines;
    }

    /** Adds a label and its text, which goes on below itself where the line ends. */
    private static void add(List<String> lines, String label, String text) {
        StringBuilder line = new StringBuilder(String.format("%-" + LABEL + "s", label));
        for (String word : Printable.printable(text).split(" ")) {
            if (line.length() > LABEL && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(LABEL));
            }
            line.append(line.length() > LABEL ? " " : "").append(word);
            while (line.length() > WIDTH) {
                lines.add(line.substring(0, WIDTH));
                line = new StringBuilder(" ".repeat(LABEL)).append(line.substring(WIDTH));
            }
        }
        lines.add(line.toString());
    }

    private List<Status.Problem> problems() {
        return status.problems().stream().limit(MOST_PROBLEMS).toList();
    }

    private String running() {
        JobOnFlink job = status.job();
        if (status.flink() == null) {
            return "Flink does not answer at " + status.rest();
        }
        String where = " on Flink " + status.flink().version() + " at " + status.rest();
        if (job == null) {
            return "not there" + where;
        }
        return job.state() + " for " + Ages.inWords(status.now() - job.since()) + where
                + (job.isRunning() ? ", " + (job.restarts() == 0 ? "no restart" : restarts(job)) : "");
    }

    private String restarts(JobOnFlink job) {
        String restarts = job.restarts() + (job.restarts() == 1 ? " restart" : " restarts");
        return job.failure() == null
                ? restarts
                : restarts + ", the last "
                        + Ages.inWords(status.now() - job.failure().at()) + " ago: "
                        + job.failure().why();
    }

    private String eventTime(FlinkMetrics metrics) {
        OptionalLong time = metrics.eventTime();
        String shown = time.isEmpty() ? "none so far" : IsoTime.toSecond(time.getAsLong());
        Partition holder = status.holder();
        if (holder == null) {
            return shown + (metrics.partitions().isEmpty() ? "" : "; every partition is idle");
        }
        if (status.partitions().size() == 1) {
            return shown;
        }
        long since = status.stillSince(holder);
        if (since == 0 && time.isEmpty()) {
            return shown + ": " + holder.inWords() + " has none yet";
        }
        return since == 0
                ? shown + ", that of " + holder.inWords() + ", which moves on"
                : shown + ", held by " + holder.inWords() + " since " + IsoTime.toSecond(since) + " ("
                        + Ages.inWords(status.now() - since) + ")";
    }

    private String checkpoint(JobOnFlink job) {
        JobOnFlink.Checkpoint last = job.checkpoint();
        String every = job.checkpointInterval() == 0
                ? "; none is due"
                : "; one is due every " + Durations.format(job.checkpointInterval());
        String failed = job.failedCheckpoints() == 0 ? "" : ", " + job.failedCheckpoints() + " failed";
        return last == null
                ? "none so far" + every + failed
                : String.format(
                        Locale.ROOT,
                        "%d, complete %s ago, took %,d ms, %.1f MB%s%s",
                        last.number(),
                        Ages.inWords(status.now() - last.at()),
                        last.millis(),
                        last.bytes() / 1e6,
                        every,
                        failed);
    }

    private String lag() {
        OptionalLong lag = status.lag();
        String from = status.job() != null && status.job().isRunning() ? "" : ", from the last checkpoint on";
        return lag.isEmpty()
                ? "not known"
                : grouped(lag.getAsLong()) + (lag.getAsLong() == 1 ? " record waits" : " records wait") + " to be read"
                        + from;
    }

    private static void counts(List<String> lines, FlinkMetrics metrics) {
        List<String> records = new ArrayList<>();
        add(records, metrics, "records", "read");
        add(records, metrics, "heartbeats", "heartbeats");
        if (metrics.count("unwatched").orElse(0) > 0) {
            add(records, metrics, "unwatched", "unwatched");
        }
        add(records, metrics, "rejected", "rejected");
        add(records, metrics, "counted", "counted");
        add(records, metrics, "waiting", "waiting");
        add(lines, "prices", records.isEmpty() ? "no figures so far" : String.join(", ", records));
        List<String> late = new ArrayList<>();
        add(late, metrics, "late", "late");
        add(late, metrics, "lateMissed", "missed a window");
        add(late, metrics, "tooLate", "too late for every window");
        add(late, metrics, "correctedWindows", "windows corrected");
        add(lines, "late", late.isEmpty() ? "no figures so far" : String.join(", ", late));
        numbers(lines, metrics);
        if (metrics.count("withConditions").orElse(0) > 0) {
            List<String> conditions = new ArrayList<>();
            add(conditions, metrics, "withConditions", "prints");
            add(conditions, metrics, "ineligible", "set no price");
            add(conditions, metrics, "unknownConditions", "with an unknown code");
            add(lines, "conditions", String.join(", ", conditions));
        }
        rejected(lines, "rejected", metrics.by("rejectedBy"));
        rejected(lines, "of quotes", metrics.by("quotesRejectedBy"));
        rejected(lines, "instruments", metrics.by("instrumentsRejectedBy"));
        rejected(lines, "not read", metrics.by(StatusJson.UNKNOWN_FIELDS));
    }

    /** What the numbers of ticks say, where the feed numbers them. */
    private static void numbers(List<String> lines, FlinkMetrics metrics) {
        if (metrics.count("missingNumbers").isEmpty()) {
            return;
        }
        List<String> numbers = new ArrayList<>();
        add(numbers, metrics, "missingNumbers", "missing");
        add(numbers, metrics, "filledNumbers", "came late");
        add(numbers, metrics, "sequenceRestarts", "times begun anew");
        long lastGap = metrics.count(FlinkMetrics.LAST_GAP).orElse(0);
        if (lastGap > 0) {
            numbers.add("last gap at " + IsoTime.toSecond(lastGap));
        }
        add(lines, "numbers", String.join(", ", numbers));
        rejected(lines, "by partition", metrics.by(FlinkMetrics.MISSING_IN_PARTITION));
    }

    private static void add(List<String> words, FlinkMetrics metrics, String name, String word) {
        metrics.count(name).ifPresent(count -> words.add(grouped(count) + " " + word));
    }

    private static void rejected(List<String> lines, String label, Map<String, Long> by) {
        if (!by.isEmpty()) {
            String most = by.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .limit(MOST_LABELS)
                    .map(reason -> Printable.printable(reason.getKey()) + " " + grouped(reason.getValue()))
                    .collect(Collectors.joining(", "));
            add(
                    lines,
                    label,
                    cut(most + (by.size() > MOST_LABELS ? ", and " + (by.size() - MOST_LABELS) + " more" : ""), WIDTH));
        }
    }

    /** Those that hold event time back come first, then those with the most to read. */
    private Columns partitions(List<Partition> partitions, int rows) {
        Columns columns = new Columns("INPUT", "PARTITION", "EVENT TIME", "BEHIND", "MOVED", "TO READ", "");
        Partition holder = status.holder();
        partitions.stream()
                .sorted(
                        partitions.size() <= rows
                                ? Comparator.comparing(Partition::input).thenComparingInt(Partition::number)
                                : Comparator.comparing(Partition::isIdle)
                                        .thenComparingLong(Partition::eventTime)
                                        .thenComparing(Comparator.comparingLong((Partition each) ->
                                                        each.lag().orElse(0))
                                                .reversed()))
                .limit(rows)
                .forEach(partition -> {
                    boolean known = partition.time() != null;
                    boolean hasTime = partition.eventTime() != Long.MIN_VALUE;
                    columns.add(
                            partition.input(),
                            String.valueOf(partition.number()),
                            hasTime ? IsoTime.toSecond(partition.eventTime()) : known ? "none so far" : UNKNOWN,
                            hasTime ? Ages.inWords(status.behind(partition)) : "",
                            hasTime ? moved(partition) : "",
                            partition.lag().isPresent()
                                    ? grouped(partition.lag().getAsLong())
                                    : UNKNOWN,
                            note(partition, holder, partitions.size()));
                });
        return columns;
    }

    private String moved(Partition partition) {
        long since = status.stillSince(partition);
        return since == 0 ? "just now" : Ages.inWords(status.now() - since) + " ago";
    }

    private static String note(Partition partition, @Nullable Partition holder, int partitions) {
        if (partition.isIdle()) {
            return "idle";
        }
        return partitions > 1 && holder != null && partition.inWords().equals(holder.inWords())
                ? "the others wait for it"
                : "";
    }

    private Columns rules(List<RuleLine> rules, int rows) {
        Columns columns = new Columns("LAST FLAG", "PUBLISHED", "FLAGS", "STATUS", "SEVERITY", "RULE");
        rules.stream()
                .limit(rows)
                .forEach(line -> columns.add(
                        line.last() != null
                                ? IsoTime.toSecond(line.last().time())
                                : status.kafka() != null && status.kafka().areAllFlags() ? "none" : "not lately",
                        line.last() == null
                                ? ""
                                : Ages.inWords(status.now() - line.last().published()) + " ago",
                        line.flags().isPresent() ? grouped(line.flags().getAsLong()) : UNKNOWN,
                        line.rule().status().word(),
                        line.rule().severity().word(),
                        cut(line.rule().id(), LONGEST_RULE) + ", version "
                                + line.rule().version()));
        return columns;
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
