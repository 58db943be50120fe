package io.tapewatch.cli;

import static io.tapewatch.domain.check.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapewatch.cli.FlinkRest.Figures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/**
 * What a status says, and how it is shown. It is two o'clock on 2023-11-15; event time is noon.
 */
class StatusTest {

    private static final long NOON = 1_700_049_600_000L; // 2023-11-15T12:00:00Z
    private static final long NOW = NOON + 2 * 60 * 60 * 1000;
    private static final long MINUTE = 60_000;
    private static final URI REST = URI.create("http://localhost:8081");
    private static final Status.Limits LIMITS = new Status.Limits(null, MINUTE, null);

    /** How long to wait for Kafka, in seconds. */
    private static final String PATIENCE = "tapewatch.kafka.patience-seconds";

    private final Map<String, Figures> metrics = new HashMap<>();
    private String state = "RUNNING";
    private int runningTasks = 15;
    private long checkpointAt = NOW - 8_000;
    private JobOnFlink.Failed failure;
    private final List<String> wrong = new ArrayList<>();

    StatusTest() {
        metric("tape.currentOutputWatermark", NOON);
    }

    @Test
    void aJobThatRunsIsHealthyAlsoWhenAPartitionIsBehind() {
        partition("prices", 0, NOON + 10 * MINUTE, NOW - 1_000, false);
        partition("prices", 1, NOON, NOW - 9_000, false);
        assertThat(status().health()).isEqualTo(Health.OK);
        assertThat(status().health().exitCode()).isZero();
        assertThat(shown())
                .contains(
                        "job          tapewatch: RUNNING for 3h 0m on Flink 2.2.1 at http://localhost:8081, no restart")
                .contains("health       OK")
                .contains("event time   2023-11-15T12:00:00Z, that of partition 1 of prices, which moves on")
                .contains("checkpoint   17, complete 8s ago, took 41 ms, 0.6 MB; one is due every 10s")
                .contains("prices  1          2023-11-15T12:00:00Z  10m 0s  just now  3        the others wait for it");
    }

    @Test
    void aPartitionWithoutAnEventTimeIsNotSaidToMoveOn() {
        metric("tape.currentOutputWatermark", Long.MIN_VALUE);
        partition("prices", 0, Long.MIN_VALUE, NOW - 1_000, false);
        partition("prices", 1, NOON, NOW - 1_000, false);
        assertThat(shown()).contains("event time   none so far: partition 0 of prices has none yet");
    }

    @Test
    void aPartitionThatStandsWhileOthersGoOnIsNamedWithTheTimeSinceWhen() {
        partition("prices", 0, NOON + 10 * MINUTE, NOW - 1_000, false);
        partition("quotes", 1, NOON, NOW - 250_000, false);
        assertThat(status().health()).isEqualTo(Health.WARNING);
        assertThat(status().health().exitCode()).isEqualTo(1);
        assertThat(shown())
                .contains("event time   2023-11-15T12:00:00Z, held by partition 1 of quotes since"
                        + " 2023-11-15T13:55:50Z (4m 10s)");
        assertThat(status().problems())
                .singleElement()
                .extracting(Status.Problem::text)
                .asString()
                .startsWith("partition 1 of quotes holds event time back since 2023-11-15T13:55:50Z (4m 10s),"
                        + " 10m 0s behind the furthest");
    }

    @Test
    void anIdlePartitionHoldsNobodyBack() {
        partition("prices", 0, NOON + 10 * MINUTE, NOW - 1_000, false);
        partition("prices", 1, NOON, NOW - 250_000, true);
        assertThat(status().health()).isEqualTo(Health.OK);
        assertThat(shown()).anyMatch(line -> line.startsWith("prices  1 ") && line.endsWith("  idle"));
    }

    @Test
    void aPartitionWithoutAnyTimeHoldsEventTimeBackUntilItIsIdle() {
        partition("prices", 0, NOON + 10 * MINUTE, NOW - 1_000, false);
        metric("Source__prices.split.prices-1.watermark.currentWatermark", Long.MIN_VALUE);
        metric("Source__prices.split.prices-1.watermark.idleTimeMsPerSecond", 0);
        assertThat(status().problems())
                .singleElement()
                .extracting(Status.Problem::text)
                .asString()
                .contains("partition 1 of prices holds event time back since 2023-11-15T11:00:00Z")
                .contains("with no time so far");
        metric("Source__prices.split.prices-1.watermark.idleTimeMsPerSecond", 600);
        assertThat(status().health()).isEqualTo(Health.OK);
    }

    @Test
    void whenAllStandNoneIsHeldBack() {
        partition("prices", 0, NOON, NOW - 250_000, false);
        partition("prices", 1, NOON, NOW - 250_000, false);
        assertThat(status().health()).isEqualTo(Health.OK);
    }

    @Test
    void aJobThatDoesNotRunIsCriticalAndSaysWhy() {
        state = "FAILED";
        failure = new JobOnFlink.Failed(NOW - MINUTE, "java.lang.IllegalStateException: gone");
        assertThat(status().health()).isEqualTo(Health.CRITICAL);
        assertThat(status().health().exitCode()).isEqualTo(1);
        assertThat(status().problems())
                .containsExactly(new Status.Problem(
                        Health.CRITICAL,
                        "the job is FAILED since 2023-11-15T11:00:00Z (3h 0m):"
                                + " java.lang.IllegalStateException: gone"));
        assertThat(shown()).anyMatch(line -> line.startsWith("health       CRITICAL: the job is FAILED since "));
    }

    @Test
    void tasksThatDoNotRunAndAnOldCheckpointAreWarnings() {
        runningTasks = 14;
        checkpointAt = NOW - 121_000;
        assertThat(status().problems())
                .extracting(Status.Problem::text)
                .containsExactlyInAnyOrder(
                        "1 of 15 tasks do not run; has Flink as many slots as the job needs?",
                        "no checkpoint was completed for 2m 1s, and one is due every 10s");
        checkpointAt = NOW - 119_000;
        assertThat(status().problems()).hasSize(1);
    }

    @Test
    void whatWouldStopTheJobIsAWarningAndWhatIsNotKnownIsSaid() {
        wrong.add("records were deleted before they were read");
        assertThat(status().health().exitCode()).isEqualTo(1);
        wrong.clear();
        assertThat(Status.of("tapewatch", NOW, REST, found(job(), 1), null, null, "Kafka is silent", LIMITS)
                        .health()
                        .exitCode())
                .isEqualTo(3);
        assertThat(Status.of("tapewatch", NOW, REST, null, "Flink is silent", kafka(2, 1), null, LIMITS)
                        .health()
                        .exitCode())
                .isEqualTo(3);
    }

    @Test
    void noJobOfTheNameIsCriticalAndTheOthersAreNamed() {
        assertThat(Status.of("tapewatch", NOW, REST, found(null, 0), null, kafka(1, 1), null, LIMITS)
                        .problems())
                .singleElement()
                .isEqualTo(new Status.Problem(
                        Health.CRITICAL,
                        "there is no job 'tapewatch' on Flink at http://localhost:8081; there is: other (RUNNING);"
                                + " a job's name is its --prices.group-id"));
    }

    @Test
    void twoJobsOfOneNameAreAWarning() {
        assertThat(Status.of("tapewatch", NOW, REST, found(job(), 2), null, kafka(1, 1), null, LIMITS)
                        .problems())
                .singleElement()
                .extracting(Status.Problem::text)
                .asString()
                .startsWith("2 jobs are called 'tapewatch', and two jobs must not share --prices.group-id");
    }

    @Test
    void recordsAreShownByWhatBecameOfThemFromTheAccount() {
        metric("decode.tapewatch.records", 7);
        metric("decode.tapewatch.account.records", 1_234_567);
        metric("decode.tapewatch.account.rejected", 12);
        metric("decode.tapewatch.account.reason.bad-price.rejectedBy", 5);
        metric("decode.tapewatch.account.reason.malformed-json.rejectedBy", 7);
        metric("decode.tapewatch.account.reason.empty.rejectedBy", 0);
        metric("Source__prices.deserializer.tapewatch.field.timestamp.unknownFields", 99);
        metric("tape.tapewatch.account.late", 3);
        metric("tape.tapewatch.account.lateMissed", 2);
        metric("tape.tapewatch.account.tooLate", 1);
        metric("tape.tapewatch.rule.my_rule.flagged", 4);
        assertThat(shown())
                .contains("prices       1,234,567 read, 12 rejected")
                .contains("late         3 late, 2 missed a window, 1 too late for every window")
                .contains("rejected     malformed-json 7, bad-price 5")
                .contains("not read     timestamp 99");
        assertThat(status().job().metrics().flagsOf("my.rule")).hasValue(4);
        assertThat(StatusJson.of(status()))
                .contains("\"rejectedBy\":{\"bad-price\":5,\"malformed-json\":7}")
                .contains("\"unknownFields\":{\"timestamp\":99}")
                .contains("\"lateMissed\":2");
    }

    @Test
    void numbersThatAreMissingAreShownWhereTheFeedNumbersItsTicks() {
        assertThat(shown()).doesNotContain("numbers");
        metric("tape.tapewatch.account.missingNumbers", 1_204);
        metric("tape.tapewatch.account.filledNumbers", 7);
        metric("tape.tapewatch.account.sequenceRestarts", 2);
        metrics.put("tape.tapewatch.lastGap", new Figures(0, NOON, 2 * NOON));
        assertThat(shown())
                .contains(
                        "numbers      1,204 missing, 7 came late, 2 times begun anew, last gap at 2023-11-15T12:00:00Z")
                .doesNotContain("by partition");
        metric("decode.tapewatch.partition.3.missingInPartition", 1_200);
        metric("decode.tapewatch.partition.4.missingInPartition", 0);
        assertThat(shown()).contains("by partition 3 1,200");
        assertThat(StatusJson.of(status()))
                .contains("\"missingInPartition\":{\"3\":1200}")
                .contains("\"lastGap\":\"2023-11-15T12:00:00.000Z\"");
    }

    @Test
    void manyUnknownSaleConditionsAreAWarning() {
        metric("tape.tapewatch.account.withConditions", 1_000);
        metric("tape.tapewatch.account.ineligible", 250);
        metric("tape.tapewatch.account.unknownConditions", 50);
        assertThat(status().health()).isEqualTo(Health.OK);
        metric("tape.tapewatch.account.unknownConditions", 51);
        assertThat(status().problems())
                .containsExactly(new Status.Problem(
                        Health.WARNING,
                        "5.1 % of the prints with sale conditions carry a code that --conditions.table does not know, and"
                                + " that allows everything; does --conditions.alphabet fit the feed? The log of the task"
                                + " managers names the codes"));
        assertThat(shown()).contains("conditions   1,000 prints, 250 set no price, 51 with an unknown code");
        metric("tape.tapewatch.account.withConditions", 999);
        metric("tape.tapewatch.account.unknownConditions", 999);
        assertThat(status().health()).as("too few to tell").isEqualTo(Health.OK);
    }

    @Test
    void theExampleOnThePageIsWhatIsShown() throws IOException {
        partition("prices", 0, NOON + 10 * MINUTE, NOW - 1_000, false);
        partition("prices", 1, NOON, NOW - 250_000, false);
        partition("prices", 2, NOON - 30 * MINUTE, NOW - 70 * MINUTE, true);
        metric("decode.tapewatch.account.records", 1_234_567);
        metric("decode.tapewatch.account.heartbeats", 1_200);
        metric("decode.tapewatch.account.unwatched", 0);
        metric("decode.tapewatch.account.rejected", 12);
        metric("decode.tapewatch.account.reason.bad-price.rejectedBy", 5);
        metric("decode.tapewatch.account.reason.malformed-json.rejectedBy", 7);
        metric("Source__prices.deserializer.tapewatch.field.timestamp.unknownFields", 99);
        metric("tape.tapewatch.account.counted", 1_233_001);
        metric("tape.tapewatch.account.waiting", 351);
        metric("tape.tapewatch.account.late", 40);
        metric("tape.tapewatch.account.lateMissed", 2);
        metric("tape.tapewatch.account.tooLate", 3);
        metric("tape.tapewatch.account.correctedWindows", 17);
        metric("tape.tapewatch.rule.pump.flagged", 4);
        metric("tape.tapewatch.rule.dear.flagged", 0);
        Status status = Status.of(
                "tapewatch",
                NOW,
                URI.create("http://jobmanager:8081"),
                found(job(), 1),
                null,
                new JobOnKafka(
                        kafka(3, 0).offsets(),
                        List.of(
                                rule("dear: price > 1100, version 3, severity LOW"),
                                rule("pump: changePct over 5m > 4, severity HIGH")),
                        Map.of("pump", new LastFlags.Flagged(NOON - 5 * MINUTE, NOW - 5 * MINUTE)),
                        true,
                        List.of(),
                        List.of()),
                null,
                LIMITS);
        String page = Files.readString(Path.of("docs", "status.md"));
        assertThat(page.lines().toList()).containsSequence(lines(status));
    }

    @Test
    void itFitsOnAScreenHoweverMuchThereIs() {
        for (int i = 0; i < 64; i++) {
            partition("prices", i, NOON + i * MINUTE, NOW - 1_000, false);
            metric("decode.tapewatch.account.reason.reason-number-" + i + ".rejectedBy", 1_000_000 + i);
            metric(
                    "Source__prices.deserializer.tapewatch.field.a_field_with_a_long_name_" + i + ".unknownFields",
                    1_000_000 + i);
            wrong.add("something is wrong, and it takes a long sentence to say what that is and what to do about it,"
                    + " number " + i);
        }
        partition("prices", 40, NOON - MINUTE, NOW - 250_000, false);
        failure = new JobOnFlink.Failed(NOW - MINUTE, "a failure with a long message, ".repeat(40));
        Status status = Status.of("tapewatch", NOW, REST, found(job(), 3), null, kafka(64, 1_000), null, LIMITS);
        List<String> lines = lines(status);
        assertThat(lines).hasSizeLessThanOrEqualTo(StatusScreen.HEIGHT).allSatisfy(line -> assertThat(line)
                .hasSizeLessThanOrEqualTo(StatusScreen.WIDTH)
                .isEqualTo(line.stripTrailing()));
        assertThat(lines)
                .filteredOn(line -> line.matches("and \\d+ more, which --json shows"))
                .hasSize(2);
        assertThat(lines).anyMatch(line -> line.startsWith("prices  40 ") && line.endsWith("  the others wait for it"));
    }

    @Test
    void topicsWithDotsAreToldApartByPartition() {
        metric("Source__prices.split.market_prices_v-2-11.watermark.currentWatermark", NOON);
        metric("Source__prices.KafkaSourceReader.topic.market_prices_v-2.partition.11.currentOffset", 41);
        assertThat(status().job().metrics().partitions())
                .containsExactly(new FlinkMetrics.Partition(
                        "prices", 11, OptionalLong.of(NOON), OptionalLong.empty(), false, OptionalLong.of(42)));
    }

    private void partition(String input, int number, long watermark, long movedAt, boolean idle) {
        String source = "Source__" + input;
        metric(source + ".split." + input + "-" + number + ".watermark.currentWatermark", watermark);
        metric(source + ".tapewatch.partition." + number + ".movedAt", movedAt);
        metric(source + ".tapewatch.partition." + number + ".idle", idle ? 1 : 0);
        metric(source + ".KafkaSourceReader.topic." + input + ".partition." + number + ".currentOffset", 96);
    }

    private void metric(String name, long value) {
        assertThat(FlinkMetrics.isWanted(name)).as(name).isTrue();
        metrics.put(name, new Figures(value, value, value));
    }

    private JobOnFlink job() {
        boolean running = state.equals("RUNNING");
        return new JobOnFlink(
                "87d28b6d",
                state,
                NOW - 180 * MINUTE,
                runningTasks,
                15,
                failure == null ? 0 : 1,
                failure,
                new JobOnFlink.Checkpoint(17, checkpointAt, 41, 597_000),
                0,
                10_000,
                FlinkMetrics.of(running ? metrics : Map.of()));
    }

    private static JobOnFlink.Found found(JobOnFlink job, long alive) {
        return new JobOnFlink.Found("2.2.1", job, alive, List.of("other (RUNNING)"));
    }

    private JobOnKafka kafka(int partitions, int rules) {
        Map<Integer, JobOnKafka.Offsets> offsets = new TreeMap<>();
        for (int i = 0; i < partitions; i++) {
            offsets.put(i, new JobOnKafka.Offsets(100, OptionalLong.of(90)));
        }
        return new JobOnKafka(
                Map.of("prices", offsets),
                IntStream.range(0, rules)
                        .mapToObj(
                                i -> rule("a-rule-with-a-name-that-is-as-long-as-can-be-expected-" + i + ": price > 5"))
                        .toList(),
                Map.of(),
                true,
                List.of(),
                wrong);
    }

    @Test
    void figuresAreWrittenTheSameWhateverTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            Status status = Status.of(
                    "tapewatch",
                    NOW,
                    REST,
                    found(job(), 1),
                    null,
                    kafka(200, 0),
                    null,
                    new Status.Limits(null, MINUTE, 5L));
            assertThat(status.problems())
                    .extracting(Status.Problem::text)
                    .containsExactly("2,000 records wait to be read, more than --max-lag");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void jsonSaysAlsoThatNeitherFlinkNorKafkaAnswers() throws Exception {
        System.setProperty(PATIENCE, "1");
        try {
            ToolInProcess.Said said = ToolInProcess.run(List.of(
                    "status", "--json", "--rest", "http://localhost:1", "--kafka.bootstrap-servers", "localhost:1"));
            assertThat(said.exitCode()).isEqualTo(3);
            JsonNode json = new JsonMapper().readTree(String.join("\n", said.out()));
            assertThat(json.path("health").asText()).isEqualTo("unknown");
            assertThat(json.path("problems").findValuesAsText("text"))
                    .hasSize(2)
                    .anySatisfy(text -> assertThat(text)
                            .startsWith("Flink at http://localhost:1 does not answer")
                            .doesNotContain("Kafka alone"))
                    .anySatisfy(text -> assertThat(text).startsWith("Kafka at localhost:1 does not answer"));
        } finally {
            System.clearProperty(PATIENCE);
        }
    }

    private Status status() {
        return Status.of("tapewatch", NOW, REST, found(job(), 1), null, kafka(2, 1), null, LIMITS);
    }

    private List<String> shown() {
        return lines(status());
    }

    private static List<String> lines(Status status) {
        StringWriter out = new StringWriter();
        new StatusScreen(status).printTo(new PrintWriter(out), Ansi.OFF);
        return out.toString().lines().toList();
    }
}
