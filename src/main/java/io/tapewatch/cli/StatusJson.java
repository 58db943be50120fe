package io.tapewatch.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapewatch.cli.Status.Partition;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.OptionalLong;

/** The status of a job as a JSON object, in ASCII, as nobody knows the encoding of a pipe. What is not known is left out. */
final class StatusJson {

    /** The metric of fields that the job does not read, by their names. */
    static final String UNKNOWN_FIELDS = "unknownFields";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private StatusJson() {}

    static String of(Status status) {
        ObjectNode json = JSON.createObjectNode();
        json.put("job", status.name());
        json.put("time", time(status.now()));
        json.put("health", status.health().word());
        ArrayNode problems = json.putArray("problems");
        status.problems().forEach(problem -> problems.addObject()
                .put("health", problem.health().word())
                .put("text", problem.text()));
        json.put("flinkAnswers", status.flink() != null);
        json.put("kafkaAnswers", status.kafka() != null);
        if (status.job() != null) {
            putJob(status, status.job(), json);
        }
        status.lag().ifPresent(lag -> json.put("lag", lag));
        ArrayNode partitions = json.putArray("partitions");
        status.partitions().forEach(partition -> put(status, partition, partitions.addObject()));
        ArrayNode rules = json.putArray("rules");
        status.rules().forEach(line -> {
            ObjectNode rule = rules.addObject()
                    .put("id", line.rule().id())
                    .put("version", line.rule().version())
                    .put("status", line.rule().status().word())
                    .put("severity", line.rule().severity().word());
            if (line.last() != null) {
                rule.put("lastFlag", time(line.last().time()));
                rule.put("lastFlagPublished", time(line.last().published()));
            }
            line.flags().ifPresent(flags -> rule.put("flags", flags));
        });
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object of texts and numbers is JSON", e);
        }
    }

    private static void putJob(Status status, JobOnFlink job, ObjectNode json) {
        json.put("state", job.state());
        json.put("since", time(job.since()));
        json.put("flinkId", job.id());
        json.put("tasks", job.tasks()).put("runningTasks", job.runningTasks());
        if (!job.isRunning()) {
            putFailure(job, json);
            return;
        }
        json.put("restarts", job.restarts());
        putFailure(job, json);
        FlinkMetrics metrics = job.metrics();
        putTime(json, "eventTime", metrics.eventTime());
        Partition holder = status.holder();
        if (holder != null) {
            ObjectNode heldBy = json.putObject("eventTimeOf").put("input", holder.input());
            heldBy.put("partition", holder.number());
            if (status.stillSince(holder) != 0) {
                heldBy.put("since", time(status.stillSince(holder)));
            }
        }
        ObjectNode checkpoint = json.putObject("checkpoint");
        if (job.checkpoint() != null) {
            checkpoint.put("number", job.checkpoint().number());
            checkpoint.put("time", time(job.checkpoint().at()));
            checkpoint.put(
                    "ageSeconds", Math.max(0, status.now() - job.checkpoint().at()) / 1000);
            checkpoint.put("durationMillis", job.checkpoint().millis());
            checkpoint.put("bytes", job.checkpoint().bytes());
        }
        checkpoint.put("failed", job.failedCheckpoints()).put("intervalMillis", job.checkpointInterval());
        ObjectNode counts = json.putObject("counts");
        metrics.counts().keySet().stream()
                .filter(name -> !name.equals("checkpoint") && !name.equals(FlinkMetrics.LAST_GAP))
                .sorted()
                .forEach(name -> counts.put(name, metrics.counts().get(name)));
        for (String name : new String[] {"rejectedBy", "quotesRejectedBy", "instrumentsRejectedBy", UNKNOWN_FIELDS}) {
            ObjectNode by = json.putObject(name);
            metrics.by(name).forEach(by::put);
        }
        // Most feeds do not number their ticks: then there is nothing to say.
        if (metrics.count(FlinkMetrics.LAST_GAP).orElse(0) > 0) {
            putTime(json, FlinkMetrics.LAST_GAP, metrics.count(FlinkMetrics.LAST_GAP));
        }
        if (!metrics.by(FlinkMetrics.MISSING_IN_PARTITION).isEmpty()) {
            ObjectNode by = json.putObject(FlinkMetrics.MISSING_IN_PARTITION);
            metrics.by(FlinkMetrics.MISSING_IN_PARTITION).forEach(by::put);
        }
    }

    private static void putFailure(JobOnFlink job, ObjectNode json) {
        if (job.failure() != null) {
            json.putObject("lastFailure")
                    .put("time", time(job.failure().at()))
                    .put("text", job.failure().why());
        }
    }

    private static void put(Status status, Partition partition, ObjectNode json) {
        json.put("input", partition.input()).put("partition", partition.number());
        if (partition.time() != null) {
            putTime(json, "eventTime", partition.time().eventTime());
            putTime(json, "movedAt", partition.time().movedAt());
            if (partition.time().eventTime().isPresent()) {
                json.put("behindMillis", status.behind(partition));
            }
            json.put("idle", partition.isIdle());
        }
        partition.lag().ifPresent(lag -> json.put("lag", lag));
    }

    private static void putTime(ObjectNode json, String field, OptionalLong time) {
        time.ifPresent(millis -> json.put(field, time(millis)));
    }

    private static String time(long epochMillis) {
        return TIME.format(Instant.ofEpochMilli(epochMillis));
    }
}
