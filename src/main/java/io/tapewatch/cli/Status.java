package io.tapewatch.cli;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.io.json.IsoTime;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a job at a moment, and what is wrong with it.
 *
 * @param name the job's name, which is its group
 * @param now the moment, in epoch milliseconds
 * @param rest where Flink was asked
 * @param flink what Flink tells, or null: it does not answer
 * @param kafka what Kafka tells, or null: it does not answer
 * @param problems what is wrong, the worst first
 * @param moving for how many milliseconds a watermark that moves may seem to stand
 */
record Status(
        String name,
        long now,
        URI rest,
        JobOnFlink.@Nullable Found flink,
        @Nullable JobOnKafka kafka,
        List<Problem> problems,
        long moving) {

    /** A watermark that moves is told as much as this later: Flink keeps metrics for 10 s, and its tasks tell it every 200 ms. */
    private static final long MOVING_MILLIS = 15_000;

    /** From so many prints with sale conditions on, the share of unknown codes says something. */
    private static final int ENOUGH_PRINTS = 1_000;

    /** More than one such print in so many with an unknown code is told. */
    private static final int ONE_IN = 20;

    /** What is wrong, in a sentence. */
    record Problem(Health health, String text) {}

    /**
     * From when on something is wrong.
     *
     * @param checkpointAge the age of the last checkpoint in milliseconds, or null: three intervals, and at least 2 min
     * @param standstill for how many milliseconds a partition may hold event time where it is
     * @param lag how many records may wait to be read, or null: any number
     */
    record Limits(
            @Nullable Long checkpointAge,
            long standstill,
            @Nullable Long lag) {}

    /**
     * A partition of an input.
     *
     * @param input {@code prices} or {@code quotes}
     * @param number its number
     * @param time its event time, or null: Flink does not tell
     * @param lag how many records wait to be read; empty when it is not known
     */
    record Partition(String input, int number, FlinkMetrics.@Nullable Partition time, OptionalLong lag) {

        long eventTime() {
            return time == null ? Long.MIN_VALUE : time.eventTime().orElse(Long.MIN_VALUE);
        }

        boolean isIdle() {
            return time != null && time.idle();
        }

        String inWords() {
            return "partition " + number + " of " + input;
        }
    }

    /** A rule in force, its last flag, where there is one to be found, and its flags since the tasks started. */
    record RuleLine(Rule rule, LastFlags.@Nullable Flagged last, OptionalLong flags) {}

    /**
     * @param flinkProblem why Flink does not answer
     * @param kafkaProblem why Kafka does not answer
     */
    static Status of(
            String name,
            long now,
            URI rest,
            JobOnFlink.@Nullable Found flink,
            @Nullable String flinkProblem,
            @Nullable JobOnKafka kafka,
            @Nullable String kafkaProblem,
            Limits limits) {
        List<Problem> problems = new ArrayList<>();
        Status status =
                new Status(name, now, rest, flink, kafka, problems, Math.min(MOVING_MILLIS, limits.standstill()));
        if (flinkProblem != null) {
            problems.add(new Problem(
                    Health.UNKNOWN, flinkProblem + (kafka == null ? "" : "; this is what Kafka alone tells")));
        }
        if (kafkaProblem != null) {
            problems.add(new Problem(Health.UNKNOWN, kafkaProblem));
        }
        if (flink != null) {
            status.judgeJob(flink, problems);
        }
        JobOnFlink job = status.job();
        if (job != null && job.isRunning()) {
            status.judgeCheckpoint(job, limits, problems);
            status.judgeEventTime(limits, problems);
            judgeConditions(job.metrics(), problems);
        }
        if (kafka != null) {
            kafka.wrong().forEach(wrong -> problems.add(new Problem(Health.WARNING, wrong)));
            kafka.notKnown().forEach(what -> problems.add(new Problem(Health.UNKNOWN, what)));
            status.judgeLag(limits, problems);
        }
        problems.sort(Comparator.comparing(Problem::health).reversed());
        return status;
    }

    Health health() {
        return problems.stream().map(Problem::health).reduce(Health.OK, Health::and);
    }

    /** The job, or null: Flink has none of this name, or does not answer. */
    @Nullable
    JobOnFlink job() {
        return flink == null ? null : flink.job();
    }

    private void judgeJob(JobOnFlink.Found flink, List<Problem> problems) {
        JobOnFlink job = flink.job();
        if (job == null) {
            problems.add(new Problem(
                    Health.CRITICAL,
                    "there is no job '" + name + "' on Flink at " + rest + "; "
                            + (flink.others().isEmpty()
                                    ? "there is none at all"
                                    : "there is: " + String.join(", ", flink.others())
                                            + "; a job's name is its --prices.group-id")));
            return;
        }
        if (flink.alive() > 1) {
            problems.add(new Problem(
                    Health.WARNING,
                    flink.alive() + " jobs are called '" + name + "', and two jobs must not share --prices.group-id;"
                            + " this is the newest"));
        }
        if (!job.isRunning()) {
            problems.add(new Problem(
                    Health.CRITICAL,
                    "the job is " + job.state() + since(job.since())
                            + (job.failure() == null ? "" : ": " + job.failure().why())));
        } else if (job.runningTasks() < job.tasks()) {
            problems.add(new Problem(
                    Health.WARNING,
                    job.tasks() - job.runningTasks() + " of " + job.tasks()
                            + " tasks do not run; has Flink as many slots as the job needs?"));
        }
    }

    private void judgeCheckpoint(JobOnFlink job, Limits limits, List<Problem> problems) {
        long interval = job.checkpointInterval();
        if (interval == 0) {
            problems.add(new Problem(
                    Health.WARNING,
                    "the job takes no checkpoints, so nothing is published exactly once; set"
                            + " execution.checkpointing.interval"));
            return;
        }
        long oldest = limits.checkpointAge() == null ? Math.max(3 * interval, 120_000) : limits.checkpointAge();
        long last = job.checkpoint() == null ? job.since() : job.checkpoint().at();
        if (now - last > oldest) {
            problems.add(new Problem(
                    Health.WARNING,
                    "no checkpoint was completed for " + Ages.inWords(now - last) + ", and one is due every "
                            + Durations.format(interval)));
        }
    }

    private void judgeEventTime(Limits limits, List<Problem> problems) {
        Partition holder = holder();
        if (holder != null && stillFor(holder) > limits.standstill() && behind(holder) > 0) {
            problems.add(new Problem(
                    Health.WARNING,
                    holder.inWords() + " holds event time back" + since(stillSince(holder)) + ", "
                            + (holder.eventTime() != Long.MIN_VALUE
                                    ? Ages.inWords(behind(holder)) + " behind the furthest"
                                    : "with no time so far")
                            + "; does its producer send, and are its times right?"));
        }
    }

    private static void judgeConditions(FlinkMetrics metrics, List<Problem> problems) {
        long prints = metrics.count("withConditions").orElse(0);
        long unknown = metrics.count("unknownConditions").orElse(0);
        if (prints >= ENOUGH_PRINTS && unknown * ONE_IN > prints) {
            problems.add(new Problem(
                    Health.WARNING,
                    String.format(
                            Locale.ROOT,
                            "%.1f %% of the prints with sale conditions carry a code that --conditions.table does not"
                                    + " know, and that allows everything; does --conditions.alphabet fit the feed? The"
                                    + " log of the task managers names the codes",
                            100.0 * unknown / prints)));
        }
    }

    private void judgeLag(Limits limits, List<Problem> problems) {
        long lag = lag().orElse(0);
        if (limits.lag() != null && lag > limits.lag()) {
            problems.add(new Problem(
                    Health.WARNING,
                    String.format(Locale.ROOT, "%,d records wait to be read, more than --max-lag", lag)));
        }
    }

    /** {@code  since 2023-11-15T12:00:00Z (4m 10s)}. */
    private String since(long time) {
        return time <= 0 ? "" : " since " + IsoTime.toSecond(time) + " (" + Ages.inWords(now - time) + ")";
    }

    /** The partition that has got least far of those that others wait for, if there is one. */
    @Nullable
    Partition holder() {
        FlinkMetrics.Partition lowest =
                job() == null ? null : job().metrics().lowest().orElse(null);
        return lowest == null
                ? null
                : partitions().stream()
                        .filter(each -> lowest.equals(each.time()))
                        .findFirst()
                        .orElseThrow();
    }

    /** How far a partition is behind the one that has got furthest, in milliseconds of event time. */
    long behind(Partition partition) {
        JobOnFlink job = job();
        OptionalLong furthest =
                job == null ? OptionalLong.empty() : job.metrics().furthest();
        if (furthest.isEmpty()) {
            return 0;
        }
        return partition.eventTime() == Long.MIN_VALUE ? Long.MAX_VALUE : furthest.getAsLong() - partition.eventTime();
    }

    /** Since when the event time of a partition has not moved, in epoch milliseconds; 0 when it moves. */
    long stillSince(Partition partition) {
        FlinkMetrics.Partition time = partition.time();
        JobOnFlink job = job();
        // One that has not had a time yet stands where it stood when the job began.
        long moved = time == null || job == null ? now : time.movedAt().orElse(job.since());
        return now - moved > moving ? moved : 0;
    }

    private long stillFor(Partition partition) {
        long since = stillSince(partition);
        return since == 0 ? 0 : now - since;
    }

    /** All partitions of the inputs, as far as Flink or Kafka tells of them. */
    List<Partition> partitions() {
        Map<String, Map<Integer, Partition>> partitions = new TreeMap<>();
        if (kafka != null) {
            kafka.offsets()
                    .forEach((input, numbers) -> numbers.forEach((number, offsets) -> partitions
                            .computeIfAbsent(input, any -> new TreeMap<>())
                            .put(number, new Partition(input, number, null, lag(offsets.committed(), offsets)))));
        }
        if (job() != null) {
            for (FlinkMetrics.Partition time : job().metrics().partitions()) {
                JobOnKafka.Offsets offsets = kafka == null
                        ? null
                        : kafka.offsets().getOrDefault(time.input(), Map.of()).get(time.partition());
                OptionalLong lag = offsets == null
                        ? OptionalLong.empty()
                        : lag(time.nextOffset().isPresent() ? time.nextOffset() : offsets.committed(), offsets);
                partitions
                        .computeIfAbsent(time.input(), any -> new TreeMap<>())
                        .put(time.partition(), new Partition(time.input(), time.partition(), time, lag));
            }
        }
        return partitions.values().stream()
                .flatMap(each -> each.values().stream())
                .toList();
    }

    private static OptionalLong lag(OptionalLong next, JobOnKafka.Offsets offsets) {
        return next.isEmpty() ? next : OptionalLong.of(Math.max(0, offsets.end() - next.getAsLong()));
    }

    /** How many records of all partitions wait to be read; empty when it is not known. */
    OptionalLong lag() {
        List<OptionalLong> known = partitions().stream()
                .map(Partition::lag)
                .filter(OptionalLong::isPresent)
                .toList();
        return known.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        known.stream().mapToLong(OptionalLong::getAsLong).sum());
    }

    /** The rules in force, those first that flagged last; none when Kafka does not tell. */
    List<RuleLine> rules() {
        if (kafka == null || kafka.rules() == null) {
            return List.of();
        }
        return kafka.rules().stream()
                .map(rule -> new RuleLine(
                        rule,
                        kafka.flags().get(rule.id()),
                        job() == null ? OptionalLong.empty() : job().metrics().flagsOf(rule.id())))
                .sorted(Comparator.comparingLong((RuleLine line) -> line.last() == null
                                ? Long.MIN_VALUE
                                : line.last().time())
                        .reversed()
                        .thenComparing(line -> line.rule().id()))
                .toList();
    }
}
