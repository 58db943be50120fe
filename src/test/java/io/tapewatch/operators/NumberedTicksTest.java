package io.tapewatch.operators;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.trade.NumberSequence;
import io.tapewatch.domain.window.Summary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
class NumberedTicksTest {

    private static final long MINUTE = 60_000;

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aHoleIsRememberedOverARestartAndRevisesItsWindowWhenItIsFilled(Backend backend) throws Exception {
        TapeSettings settings =
                TestSettings.ofWindows("1m").sequence(NumberSequence.SYMBOL).tape();
        try (TapeRun run = TapeRun.started(settings, backend)) {
            run.tick(tick("BTC-USD").at(1).seq(7).tick());
            run.tick(tick("BTC-USD").at(MINUTE + 1).seq(9).tick());
            run.tick(tick("ETH-USD").at(MINUTE + 1).seq(30).tick());
            run.advanceTo(2 * MINUTE);
            assertThat(run.summaries).extracting(Summary::revision).containsExactly(0, 0, 0);
            run.restart(1);
            run.tick(tick("BTC-USD").at(2).seq(8).tick());
            run.advanceTo(3 * MINUTE);
            assertThat(run.summaries.subList(3, run.summaries.size()))
                    .as("the minute of number 8, and the minute that lacked it")
                    .extracting(Summary::start, Summary::revision)
                    .containsExactlyInAnyOrder(tuple(0L, 1), tuple(MINUTE, 1));
        }
    }

    @Test
    void withoutTheSettingNumbersSayNothing() throws Exception {
        try (TapeRun run = TapeRun.started(TestSettings.ofWindows("1m").tape(), Backend.HASHMAP)) {
            run.tick(tick("BTC-USD").at(1).seq(7).tick());
            run.tick(tick("BTC-USD").at(MINUTE + 1).seq(9).tick());
            run.advanceTo(2 * MINUTE);
            run.tick(tick("BTC-USD").at(2).seq(8).tick());
            run.advanceTo(3 * MINUTE);
            assertThat(run.summaries)
                    .extracting(Summary::start, Summary::revision)
                    .containsExactly(tuple(0L, 0), tuple(MINUTE, 0), tuple(0L, 1));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aSymbolThatIsGoneLeavesNoNumbersBehind(Backend backend) throws Exception {
        TapeSettings settings =
                TestSettings.ofWindows("1m").sequence(NumberSequence.SYMBOL).tape();
        try (TapeRun run = TapeRun.started(settings, backend)) {
            run.tick(tick("BTC-USD").at(1).seq(7).tick());
            run.tick(tick("BTC-USD").at(2).seq(9).tick());
            run.advanceTo(MINUTE);
            assertThat(run.timersAndKeys()).isPositive();
            for (int day = 1; day <= 40; day++) {
                run.advanceTo(day * 24 * 60 * MINUTE);
            }
            assertThat(run.timersAndKeys()).isZero();
        }
    }

    @Test
    void thePartitionsOfAFeedAreNumberedEachOnItsOwnOverARestart() throws Exception {
        OperatorSubtaskState checkpoint;
        Map<String, Gauge<?>> gauges = new HashMap<>();
        try (MockEnvironment environment = new MockEnvironmentBuilder()
                        .setMetricGroup(reportingTo(gauges))
                        .build();
                OneInputStreamOperatorTestHarness<Decoded, TapeRecord> records = ofPartitions(environment)) {
            records.setup(TapeRecordSerializer.INSTANCE);
            records.open();
            for (long seq : List.of(1, 2, 5)) {
                records.processElement(
                        tick("A" + seq).partition(0).at(seq * 10).seq(seq).tick(), seq);
                records.processElement(
                        tick("B").partition(1).at(seq * 10).seq(100 * seq).tick(), seq);
            }
            checkpoint = records.snapshot(1, 1);
            records.notifyOfCompletedCheckpoint(1);
            assertThat(gauges.get("account missingNumbers").getValue()).isEqualTo(2 + 99 + 299L);
            assertThat(gauges.get("missingInPartition 0").getValue()).isEqualTo(2L);
            assertThat(gauges.get("missingInPartition 1").getValue()).isEqualTo(99 + 299L);
            assertThat(gauges.get("lastGap").getValue()).isEqualTo(50L);
        }
        gauges.clear();
        try (MockEnvironment environment = new MockEnvironmentBuilder()
                        .setMetricGroup(reportingTo(gauges))
                        .build();
                OneInputStreamOperatorTestHarness<Decoded, TapeRecord> records = ofPartitions(environment)) {
            records.setup(TapeRecordSerializer.INSTANCE);
            records.initializeState(checkpoint);
            records.open();
            records.processElement(tick("A3").partition(0).at(30).seq(3).tick(), 30);
            records.processElement(tick("A8").partition(0).at(80).seq(8).tick(), 80);
            records.snapshot(2, 2);
            records.notifyOfCompletedCheckpoint(2);
            assertThat(gauges.get("account missingNumbers").getValue()).isEqualTo(2 + 99 + 299 - 1 + 2L);
            assertThat(gauges.get("account filledNumbers").getValue()).isEqualTo(1L);
            assertThat(gauges.get("missingInPartition 0").getValue()).isEqualTo(1L);
        }
    }

    private static OneInputStreamOperatorTestHarness<Decoded, TapeRecord> ofPartitions(MockEnvironment environment)
            throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new ProcessOperator<>(new DecodedRecords(DecodedRecords.Kind.PRICES, List.of("A*"), true)),
                environment);
    }

    /** A place for the metrics of a task; the gauges found there by their name, those of partitions with the partition. */
    private static TaskMetricGroup reportingTo(Map<String, Gauge<?>> gauges) {
        TestingMetricRegistry registry = TestingMetricRegistry.builder()
                .setRegisterConsumer((metric, name, group) -> {
                    List<String> scope = List.of(group.getScopeComponents());
                    if (metric instanceof Gauge<?> gauge && scope.contains(TapewatchMetrics.GROUP)) {
                        String partition = group.getAllVariables().get("<partition>");
                        gauges.put(
                                (scope.contains(Ledger.GROUP) ? "account " : "")
                                        + name
                                        + (partition == null ? "" : " " + partition),
                                gauge);
                    }
                })
                .build();
        return TaskManagerMetricGroup.createTaskManagerMetricGroup(registry, "host", ResourceID.generate())
                .addJob(new JobID(), "job")
                .addTask(ExecutionGraphTestUtils.createExecutionAttemptId(), "task");
    }
}
