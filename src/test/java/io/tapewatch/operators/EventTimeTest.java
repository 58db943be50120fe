package io.tapewatch.operators;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The bound is 2 s: a partition whose latest time is 10 s is due at 7,999 ms. */
@SuppressWarnings("try") // Flink's harnesses throw any Exception when they are closed.
class EventTimeTest {

    @Test
    void recordsAndWatermarksPass() throws Exception {
        try (Task task = new Task()) {
            Tick tick = tick("X").at(10_000).tick();
            task.harness.processElement(tick, 10_000);
            task.watermark(7_999);
            assertThat(task.harness.extractOutputValues()).containsExactly(tick);
            assertThat(task.watermarks()).containsExactly(7_999L);
        }
    }

    /** What has ended must not carry the tape to the end of time while others are only idle. */
    @Test
    void atTheEndEventTimeComesToWhatWasSaidAndTheTaskIsIdle() throws Exception {
        try (Task task = new Task()) {
            task.says(0, 10);
            task.says(1, 70);
            task.watermark(7_999);
            task.watermark(Long.MAX_VALUE);
            assertThat(task.watermarks()).containsExactly(7_999L, 67_999L);
            assertThat(task.harness.getOutput()).last().isEqualTo(WatermarkStatus.IDLE);
        }
        try (Task task = new Task()) {
            task.watermark(Long.MAX_VALUE);
            assertThat(task.watermarks()).as("where nothing was said").isEmpty();
            assertThat(task.harness.getOutput()).containsExactly(WatermarkStatus.IDLE);
        }
        try (Task task = new Task()) {
            task.says(0, 10);
            task.watermark(7_999);
            task.watermark(Long.MAX_VALUE);
            assertThat(task.watermarks()).as("nothing twice").containsExactly(7_999L);
        }
    }

    @Test
    void aTaskThatHasEndedSaysNothingAfterARestart() throws Exception {
        OperatorSubtaskState checkpoint;
        try (Task task = new Task()) {
            task.says(0, 10);
            task.watermark(Long.MAX_VALUE);
            checkpoint = task.checkpoint();
        }
        try (Task task = new Task(checkpoint)) {
            assertThat(task.watermarks()).isEmpty();
        }
    }

    @Test
    void whatWasDueAtTheCheckpointIsGivenAfterARestart() throws Exception {
        OperatorSubtaskState checkpoint;
        try (Task task = new Task()) {
            task.says(0, 10);
            task.says(1, 11);
            task.watermark(7_999);
            task.says(0, 70);
            task.says(1, 65);
            checkpoint = task.checkpoint();
        }
        try (Task task = new Task(checkpoint)) {
            assertThat(task.watermarks())
                    .as("of the partition that is further behind")
                    .containsExactly(62_999L);
            task.says(0, 71);
            task.watermark(60_000);
            assertThat(task.watermarks()).as("nothing that is behind it").containsExactly(62_999L);
            task.watermark(63_000);
            assertThat(task.watermarks()).containsExactly(62_999L, 63_000L);
        }
    }

    @Test
    void aPartitionThatIsIdleHoldsNothingBack() throws Exception {
        OperatorSubtaskState checkpoint;
        try (Task task = new Task()) {
            task.says(0, 10);
            task.says(1, 5);
            task.watermark(2_999);
            // Partition 1 has become idle.
            task.watermark(7_999);
            task.says(0, 20);
            checkpoint = task.checkpoint();
        }
        try (Task task = new Task(checkpoint)) {
            assertThat(task.watermarks()).containsExactly(17_999L);
        }
    }

    @Test
    void aPartitionThatHasNotSaidATimeYetHoldsEverythingBack() throws Exception {
        OperatorSubtaskState checkpoint;
        try (Task task = new Task()) {
            task.says(0, 10);
            checkpoint = task.checkpoint();
        }
        try (Task task = new Task(checkpoint)) {
            assertThat(task.watermarks()).isEmpty();
        }
    }

    @Test
    void aRestartSoonAfterARestartForgetsNothing() throws Exception {
        OperatorSubtaskState checkpoint;
        try (Task task = new Task()) {
            task.says(0, 10);
            task.watermark(7_999);
            checkpoint = task.checkpoint();
        }
        try (Task task = new Task(checkpoint)) {
            // Another partition of this task has not said anything since the restart.
            task.says(0, 50);
            checkpoint = task.checkpoint();
        }
        try (Task task = new Task(checkpoint)) {
            assertThat(task.watermarks()).containsExactly(7_999L);
        }
    }

    @Test
    void eachTaskBeginsWithItsOwnUnlessItWasIdle() throws Exception {
        OperatorSubtaskState both;
        try (Task ahead = new Task(0, 2);
                Task behind = new Task(1, 2)) {
            ahead.says(0, 100);
            ahead.watermark(0);
            behind.says(1, 50);
            behind.watermark(0);
            both = AbstractStreamOperatorTestHarness.repackageState(ahead.checkpoint(), behind.checkpoint());
            behind.harness.processWatermarkStatus(WatermarkStatus.IDLE);
            OperatorSubtaskState idle = behind.checkpoint();
            try (Task task = new Task(idle, 1, 2)) {
                assertThat(task.watermarks()).isEmpty();
            }
        }
        try (Task ahead =
                        new Task(AbstractStreamOperatorTestHarness.repartitionOperatorState(both, 128, 2, 2, 0), 0, 2);
                Task behind = new Task(
                        AbstractStreamOperatorTestHarness.repartitionOperatorState(both, 128, 2, 2, 1), 1, 2)) {
            assertThat(ahead.watermarks()).containsExactly(97_999L);
            assertThat(behind.watermarks()).containsExactly(47_999L);
        }
    }

    @Test
    void afterARescalingNothingIsGiven() throws Exception {
        try (Task one = new Task(0, 2);
                Task two = new Task(1, 2)) {
            one.says(0, 100);
            one.watermark(0);
            two.says(1, 50);
            two.watermark(0);
            OperatorSubtaskState both =
                    AbstractStreamOperatorTestHarness.repackageState(one.checkpoint(), two.checkpoint());
            try (Task task = new Task(both, 0, 1)) {
                assertThat(task.watermarks())
                        .as("a partition that moved may be further behind")
                        .isEmpty();
            }
        }
    }

    private static final class Task implements AutoCloseable {
        private final OneInputStreamOperatorTestHarness<Decoded, Decoded> harness;
        private long checkpoints;

        Task() throws Exception {
            this(0, 1);
        }

        Task(int index, int tasks) throws Exception {
            this(null, index, tasks);
        }

        Task(OperatorSubtaskState checkpoint) throws Exception {
            this(checkpoint, 0, 1);
        }

        Task(OperatorSubtaskState checkpoint, int index, int tasks) throws Exception {
            harness = new OneInputStreamOperatorTestHarness<>(new EventTime(Duration.ofSeconds(2)), 128, tasks, index);
            harness.setup(DecodedSerializer.INSTANCE);
            if (checkpoint != null) {
                harness.initializeState(checkpoint);
            }
            harness.open();
        }

        void says(int partition, int seconds) throws Exception {
            Heartbeat heartbeat = new Heartbeat(seconds * 1000L, partition);
            harness.processElement(heartbeat, heartbeat.time());
        }

        void watermark(long time) throws Exception {
            harness.processWatermark(time);
        }

        List<Long> watermarks() {
            List<Long> watermarks = new ArrayList<>();
            for (Object each : harness.getOutput()) {
                if (each instanceof Watermark watermark) {
                    watermarks.add(watermark.getTimestamp());
                }
            }
            return watermarks;
        }

        OperatorSubtaskState checkpoint() throws Exception {
            return harness.snapshot(++checkpoints, 1);
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }
}
