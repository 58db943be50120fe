package io.tapewatch.operators;

import static io.tapewatch.domain.check.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Origin;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.RuleRequest;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
class StartGateTest {

    private static final StreamRecord<RuleRequest> A = request("a", 0);
    private static final StreamRecord<RuleRequest> B = request("b", 1);
    private static final StreamRecord<RuleRequest> C = request("c", 2);
    private static final StreamRecord<RuleRequest> D = request("d", 3);

    private static StreamRecord<RuleRequest> request(String id, long offset) {
        Rule rule = rule(id + ": price > 1");
        return new StreamRecord<>(
                new RuleRequest(new RuleChange(id, rule), null, new Origin(0, offset, 7, Origin.Stamp.NONE)));
    }

    private static TwoInputStreamOperatorTestHarness<RuleRequest, RuleRequest, RuleRequest> gate() throws Exception {
        return gate(Map.of());
    }

    private static TwoInputStreamOperatorTestHarness<RuleRequest, RuleRequest, RuleRequest> gate(
            Map<Integer, Long> last) throws Exception {
        return new TwoInputStreamOperatorTestHarness<>(
                new StartGate<>(RuleRequestSerializer.TYPE, RuleRequest::origin, last));
    }

    private static List<Object> outOf(TwoInputStreamOperatorTestHarness<?, ?, RuleRequest> gate) {
        return List.copyOf(gate.getOutput());
    }

    @Test
    void whatComesLaterWaitsForTheEndOfWhatWasThere() throws Exception {
        try (var gate = gate()) {
            gate.open();
            gate.processElement2(C);
            gate.processElement1(A);
            gate.processElement2(D);
            gate.processElement1(B);
            assertThat(outOf(gate)).isEqualTo(List.of(A, B));
            gate.endInput1();
            assertThat(outOf(gate)).isEqualTo(List.of(A, B, C, D, WatermarkStatus.IDLE));
        }
    }

    @Test
    void onceOpenItLetsEverythingThroughAtOnce() throws Exception {
        try (var gate = gate()) {
            gate.open();
            gate.endInput1();
            gate.processElement2(A);
            gate.processElement2(B);
            assertThat(outOf(gate)).isEqualTo(List.of(WatermarkStatus.IDLE, A, B));
        }
    }

    @Test
    void noWatermarkPassesAndItIsIdleOnceAndForGood() throws Exception {
        try (var gate = gate()) {
            gate.open();
            gate.processWatermarkStatus2(WatermarkStatus.IDLE);
            gate.processWatermarkStatus1(WatermarkStatus.IDLE);
            gate.processWatermarkStatus1(WatermarkStatus.ACTIVE);
            gate.processWatermark1(new Watermark(1));
            gate.processWatermark2(new Watermark(2));
            gate.processWatermark1(Watermark.MAX_WATERMARK);
            assertThat(outOf(gate)).as("while it is closed").isEmpty();
            gate.endInput1();
            gate.processWatermarkStatus2(WatermarkStatus.ACTIVE);
            gate.processWatermark2(new Watermark(3));
            gate.processWatermarkStatus2(WatermarkStatus.IDLE);
            gate.processWatermarkStatus2(WatermarkStatus.ACTIVE);
            gate.processWatermark2(Watermark.MAX_WATERMARK);
            gate.endInput2();
            assertThat(outOf(gate)).isEqualTo(List.of(WatermarkStatus.IDLE));
        }
    }

    @Test
    void whereItIsWantedItTellsTheEndOfTimeOnceItIsOpen() throws Exception {
        StartGate<RuleRequest> telling =
                new StartGate<>(RuleRequestSerializer.TYPE, RuleRequest::origin, Map.of()).tellingEndOfTime();
        try (var gate = new TwoInputStreamOperatorTestHarness<>(telling)) {
            gate.open();
            gate.processElement1(A);
            assertThat(outOf(gate)).isEqualTo(List.of(A));
            gate.endInput1();
            assertThat(outOf(gate)).isEqualTo(List.of(A, Watermark.MAX_WATERMARK, WatermarkStatus.IDLE));
        }
    }

    @Test
    void theEndOfWhatComesLaterDoesNotOpenIt() throws Exception {
        try (var gate = gate()) {
            gate.open();
            gate.processElement2(B);
            gate.endInput2();
            assertThat(outOf(gate)).isEmpty();
            gate.processElement1(A);
            gate.endInput1();
            assertThat(outOf(gate)).isEqualTo(List.of(A, B, WatermarkStatus.IDLE));
        }
    }

    @Test
    void whatWaitsWaitsOverARestart() throws Exception {
        OperatorSubtaskState state;
        try (var gate = gate()) {
            gate.open();
            gate.processElement1(A);
            gate.processElement2(C);
            state = gate.snapshot(1, 1);
        }
        try (var gate = gate()) {
            gate.initializeState(state);
            gate.open();
            gate.processElement2(D);
            gate.processElement1(B);
            assertThat(outOf(gate)).isEqualTo(List.of(B));
            gate.endInput1();
            assertThat(outOf(gate)).isEqualTo(List.of(B, C, D, WatermarkStatus.IDLE));
            state = gate.snapshot(2, 2);
        }
        try (var gate = gate()) {
            gate.initializeState(state);
            gate.open();
            gate.endInput1();
            assertThat(outOf(gate)).as("nothing comes twice").isEqualTo(List.of(WatermarkStatus.IDLE));
        }
    }

    @Test
    void fromASavepointWhatCameMeanwhilePassesAtOnceAndOpensItWithItsLast() throws Exception {
        OperatorSubtaskState state = afterAAndB();
        try (var gate = gate(Map.of(0, 3L))) {
            gate.initializeState(state);
            gate.open();
            gate.endInput1();
            gate.processElement2(C);
            assertThat(outOf(gate)).as("in force, while no time passes").isEqualTo(List.of(C));
            gate.processElement2(D);
            assertThat(outOf(gate)).isEqualTo(List.of(C, D, WatermarkStatus.IDLE));
            state = gate.snapshot(2, 2);
        }
        try (var gate = gate(Map.of(0, 3L))) {
            gate.initializeState(state);
            gate.open();
            gate.endInput1();
            assertThat(outOf(gate)).as("restarted").isEqualTo(List.of(WatermarkStatus.IDLE));
        }
    }

    @Test
    void fromASavepointAfterWhichNothingCameItOpensAtOnce() throws Exception {
        try (var gate = gate(Map.of(0, 1L))) {
            gate.initializeState(afterAAndB());
            gate.open();
            gate.endInput1();
            assertThat(outOf(gate)).isEqualTo(List.of(WatermarkStatus.IDLE));
        }
    }

    @Test
    void itWaitsForTheLastOfEachPartition() throws Exception {
        try (var gate = gate(Map.of(0, 3L, 2, 5L))) {
            gate.initializeState(afterAAndB());
            gate.open();
            gate.endInput1();
            gate.processElement2(D);
            assertThat(outOf(gate)).isEqualTo(List.of(D));
            RuleRequest other = new RuleRequest(A.getValue().change(), null, new Origin(2, 5, 7, Origin.Stamp.NONE));
            gate.processElement2(new StreamRecord<>(other));
            assertThat(outOf(gate)).isEqualTo(List.of(D, new StreamRecord<>(other), WatermarkStatus.IDLE));
        }
    }

    @Test
    void itOpensWhenNothingMoreCanCome() throws Exception {
        try (var gate = gate(Map.of(0, 9L))) {
            gate.open();
            gate.endInput1();
            assertThat(outOf(gate)).isEmpty();
            gate.endInput2();
            assertThat(outOf(gate)).isEqualTo(List.of(WatermarkStatus.IDLE));
        }
    }

    /** The state of a gate through which two have passed. */
    private static OperatorSubtaskState afterAAndB() throws Exception {
        try (var gate = gate(Map.of(0, 1L))) {
            gate.open();
            gate.processElement1(A);
            gate.processElement1(B);
            gate.endInput1();
            return gate.snapshot(1, 1);
        }
    }
}
