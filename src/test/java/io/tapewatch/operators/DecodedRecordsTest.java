package io.tapewatch.operators;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.io.json.MutatedRecords;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.RecordDecoder;
import io.tapewatch.io.json.RecordLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.clusterframework.types.ResourceID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphTestUtils;
import org.apache.flink.runtime.metrics.groups.TaskManagerMetricGroup;
import org.apache.flink.runtime.metrics.groups.TaskMetricGroup;
import org.apache.flink.runtime.metrics.util.TestingMetricRegistry;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
class DecodedRecordsTest {

    @Test
    void ticksGoOnRejectionsGoAsideAndHeartbeatsEndHere() throws Exception {
        Tick tick = tick("BTC-USD").at(1000).tick();
        Rejection rejection = new Rejection(
                Rejection.Reason.EMPTY,
                "",
                null,
                null,
                "prices",
                new Origin(0, 1, Origin.NO_TIMESTAMP, Origin.Stamp.NONE));
        try (OneInputStreamOperatorTestHarness<Decoded, TapeRecord> records = new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new DecodedRecords(DecodedRecords.Kind.PRICES, List.of(), false)))) {
            records.setup(TapeRecordSerializer.INSTANCE);
            records.open();
            records.processElement(new Heartbeat(900, 0), 900);
            records.processElement(rejection, Decoded.NO_TIME);
            records.processElement(tick, 1000);
            assertThat(records.extractOutputValues()).containsExactly(tick);
            assertThat(records.getSideOutput(DecodedRecords.REJECTED))
                    .extracting(each -> each.getValue().reason())
                    .containsExactly(Rejection.Reason.EMPTY);
        }
    }

    @Test
    void ticksOfOtherSymbolsAreLeftOut() throws Exception {
        Tick watched = tick("BTC-USD").at(1000).tick();
        try (OneInputStreamOperatorTestHarness<Decoded, TapeRecord> records =
                new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(
                        new DecodedRecords(DecodedRecords.Kind.PRICES, List.of("BTC-*", "AAPL"), false)))) {
            records.setup(TapeRecordSerializer.INSTANCE);
            records.open();
            records.processElement(watched, 1000);
            records.processElement(tick("ETH-USD").at(1000).tick(), 1000);
            assertThat(records.extractOutputValues()).containsExactly(watched);
        }
    }

    @Test
    void theAccountBalancesWhateverIsDoneToTheRecords() throws Exception {
        MutatedRecords prices = MutatedRecords.prices(19_870_219);
        RecordDecoder decoder = PriceDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false))
                .decoder("prices");
        Map<String, Counter> counters = new HashMap<>();
        Map<Class<?>, Long> decoded = new HashMap<>();
        Map<String, Long> decodedReasons = new TreeMap<>();
        try (MockEnvironment environment = new MockEnvironmentBuilder()
                        .setMetricGroup(reportingTo(counters))
                        .build();
                OneInputStreamOperatorTestHarness<Decoded, TapeRecord> records =
                        new OneInputStreamOperatorTestHarness<>(
                                new ProcessOperator<>(
                                        new DecodedRecords(DecodedRecords.Kind.PRICES, List.of("BTC-*", "KEY"), false)),
                                environment)) {
            records.setup(TapeRecordSerializer.INSTANCE);
            records.open();
            for (int record = 0; record < Rounds.of(100_000); record++) {
                MutatedRecords.Mutated price = prices.next();
                Origin origin = new Origin(0, record, price.timestamp(), Origin.Stamp.CREATE_TIME);
                Decoded each = decoder.decode(price.key(), price.value(), origin);
                decoded.merge(each.getClass(), 1L, Long::sum);
                if (each instanceof Rejection rejection) {
                    decodedReasons.merge(rejection.reason().label(), 1L, Long::sum);
                }
                records.processElement(each, each.time());
            }
            Map<String, Long> counted = new HashMap<>();
            counters.forEach((name, counter) -> counted.put(name, counter.getCount()));
            Map<String, Long> aside = new TreeMap<>();
            records.getSideOutput(DecodedRecords.REJECTED)
                    .forEach(each -> aside.merge(each.getValue().reason().label(), 1L, Long::sum));
            long passedOn = records.extractOutputValues().size();

            assertThat(counted.get("records")).as("%s", prices).isEqualTo(Rounds.of(100_000));
            assertThat(counted.get("heartbeats")).as("%s", prices).isEqualTo(decoded.get(Heartbeat.class));
            assertThat(counted.get("rejected")).as("%s", prices).isEqualTo(decoded.get(Rejection.class));
            assertThat(passedOn + counted.get("unwatched")).as("%s", prices).isEqualTo(decoded.get(Tick.class));
            assertThat(passedOn + counted.get("heartbeats") + counted.get("unwatched") + counted.get("rejected"))
                    .as("%s", prices)
                    .isEqualTo(counted.get("records"));
            assertThat(aside).as("%s", prices).isEqualTo(decodedReasons);
            for (Rejection.Reason reason : Rejection.Reason.values()) {
                assertThat(counted.getOrDefault(reason.label(), 0L))
                        .as("%s, %s", prices, reason)
                        .isEqualTo(aside.getOrDefault(reason.label(), 0L));
            }
            assertThat(List.of(passedOn, counted.get("unwatched"), counted.get("rejected")))
                    .as("%s: enough of each", prices)
                    .allMatch(count -> count > Rounds.of(5_000));
        }
    }

    /** A place for the metrics of a task; the counters found there by their name, those of reasons by the reason. */
    private static TaskMetricGroup reportingTo(Map<String, Counter> counters) {
        TestingMetricRegistry registry = TestingMetricRegistry.builder()
                .setRegisterConsumer((metric, name, group) -> {
                    if (metric instanceof Counter counter
                            && List.of(group.getScopeComponents()).contains(TapewatchMetrics.GROUP)) {
                        counters.put(group.getAllVariables().getOrDefault("<reason>", name), counter);
                    }
                })
                .build();
        return TaskManagerMetricGroup.createTaskManagerMetricGroup(registry, "host", ResourceID.generate())
                .addJob(new JobID(), "job")
                .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task");
    }

    /** Too late is judged by the tape; the decoder must not trip over any of its own. */
    @Test
    void everyReasonOfTheDecoderIsCounted() throws Exception {
        try (OneInputStreamOperatorTestHarness<Decoded, TapeRecord> records = new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new DecodedRecords(DecodedRecords.Kind.PRICES, List.of(), false)))) {
            records.setup(TapeRecordSerializer.INSTANCE);
            records.open();
            for (Rejection.Reason reason : Rejection.Reason.values()) {
                if (reason != Rejection.Reason.TOO_LATE) {
                    Origin origin = new Origin(0, 1, 2, Origin.Stamp.CREATE_TIME);
                    records.processElement(new Rejection(reason, "", null, null, "prices", origin), 0);
                }
            }
            assertThat(records.getSideOutput(DecodedRecords.REJECTED)).hasSize(Rejection.Reason.values().length - 1);
        }
    }
}
