package io.tapewatch.io.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

/**
 * Bound 2 s, idle after 30 s. What the partition gives is told as a list: its watermarks in seconds of event time, "idle"
 * and "active". Its clocks move with {@link #after}.
 */
class PartitionTimeTest {

    private static final long NOON = 1_700_049_600_000L;

    private long millis;
    private final PartitionTime.Task task = new PartitionTime.Task();

    @Test
    void theWatermarkFollowsTheLatestTimeABoundBehind() {
        Partition partition = new Partition(false);
        partition.says(10);
        partition.says(7);
        assertThat(partition.given).as("before the next period").isEmpty();
        after(200);
        partition.period();
        assertThat(partition.given).containsExactly("8");
        partition.says(8);
        partition.period();
        assertThat(partition.given).as("never back").containsExactly("8", "8");
    }

    @Test
    void aQuietPartitionIsIdleAndActiveAgainWhenItSaysATime() {
        Partition partition = new Partition(false);
        partition.says(0);
        partition.period();
        after(29_999);
        partition.period();
        assertThat(partition.given).doesNotContain("idle");
        after(1);
        partition.period();
        assertThat(partition.given).endsWith("idle");

        partition.given.clear();
        after(10_000);
        partition.says(40);
        partition.period();
        assertThat(partition.given).as("a fresh time holds nobody back").containsExactly("active", "38");
    }

    @Test
    void aPartitionThatHasSaidNothingYetIsIdle() {
        Partition partition = new Partition(false);
        after(30_000);
        partition.period();
        assertThat(partition.given).containsExactly("idle");
    }

    @Test
    void recordsWithoutATimeDoNotKeepAPartitionFromBeingIdle() {
        Partition partition = new Partition(false);
        for (int i = 0; i < 31; i++) {
            after(1_000);
            partition.saysNothing();
            partition.period();
        }
        assertThat(partition.given).containsExactly("idle");
        partition.saysNothing();
        assertThat(partition.given).containsExactly("idle");
    }

    @Test
    void aPartitionThatComesBackWithABacklogWaitsForTheOthersToComeBack() {
        Partition partition = new Partition(false);
        Partition other = new Partition(false);
        partition.says(0);
        other.says(0.3);
        partition.period();
        other.period();
        after(60_000);
        partition.period();
        other.period();
        partition.given.clear();
        other.given.clear();

        // What was produced in the minute of the outage: first one partition's, then the other's.
        partition.says(0.2);
        assertThat(partition.given).as("not yet above what the task has given").containsExactly("active");
        partition.says(1);
        partition.says(60);
        partition.period();
        assertThat(partition.given)
                .as("the least that shows the task is not idle, and not more")
                .containsExactly("active", "-1.699");
        after(1_000);
        other.says(1);
        other.period();
        assertThat(other.given).containsExactly("active", "-1.698");
        after(4_000);
        partition.says(61);
        partition.period();
        assertThat(partition.given).endsWith("59");
        other.says(2);
        other.period();
        assertThat(other.given).as("its moment is not over").containsExactly("active", "-1.698");
        after(1_000);
        other.period();
        assertThat(other.given).endsWith("0");
    }

    @Test
    void aPartitionIsIdleOnceMoreWhenItComesBackForAMomentOnly() {
        Partition partition = new Partition(false);
        partition.says(0);
        partition.period();
        after(60_000);
        partition.period();
        partition.says(10);
        partition.period();
        after(30_000);
        partition.period();
        assertThat(partition.given).endsWith("8", "idle");
    }

    @Test
    void withQuietAdvanceAQuietPartitionFollowsTheWallClock() {
        Partition partition = new Partition(true);
        partition.says(0);
        partition.period();
        after(29_999);
        partition.period();
        assertThat(partition.given).containsExactly("-2", "-2");
        after(1);
        partition.period();
        after(5_000);
        partition.period();
        assertThat(partition.given).containsExactly("-2", "-2", "28", "33");
        partition.says(35);
        partition.period();
        assertThat(partition.given).endsWith("33");
    }

    @Test
    void withQuietAdvanceAPartitionThatHasSaidNothingYetIsIdle() {
        Partition partition = new Partition(true);
        after(30_000);
        partition.period();
        assertThat(partition.given).containsExactly("idle");
    }

    @Test
    void itTellsWhenItsWatermarkMovedLastAndWhetherItIsIdle() {
        Partition partition = new Partition(false);
        assertThat(partition.gauges.values).as("before its first time").isEmpty();
        partition.says(10);
        after(200);
        partition.period();
        assertThat(partition.gauges.values.keySet())
                .containsExactly("tapewatch.partition.7.idle", "tapewatch.partition.7.movedAt");
        assertThat(partition.gauges.of("movedAt")).isEqualTo(NOON + 200);
        assertThat(partition.gauges.of("idle")).isZero();

        after(5_000);
        partition.says(9);
        partition.period();
        assertThat(partition.gauges.of("movedAt"))
                .as("an earlier time moves nothing")
                .isEqualTo(NOON + 200);
        after(30_000);
        partition.period();
        assertThat(partition.gauges.of("idle")).isEqualTo(1);

        partition.says(50);
        partition.period();
        assertThat(partition.gauges.of("idle")).isZero();
        assertThat(partition.gauges.of("movedAt")).isEqualTo(NOON + 35_200);
    }

    /** Keeps the gauges that are added to it, by their full names. */
    private static final class Gauges extends UnregisteredMetricsGroup {
        private final String group;
        private final Map<String, Gauge<?>> values;

        Gauges(String group, Map<String, Gauge<?>> values) {
            this.group = group;
            this.values = values;
        }

        long of(String name) {
            return ((Number) values.get("tapewatch.partition.7." + name).getValue()).longValue();
        }

        @Override
        public MetricGroup addGroup(String name) {
            return new Gauges(group + name + ".", values);
        }

        @Override
        public MetricGroup addGroup(String key, String value) {
            return new Gauges(group + key + "." + value + ".", values);
        }

        @Override
        public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
            values.put(group + name, gauge);
            return gauge;
        }
    }

    private void after(long passed) {
        millis += passed;
    }

    private final class Partition implements WatermarkOutput, RelativeClock {
        private final List<String> given = new ArrayList<>();
        private final PartitionTime time;
        private final Gauges gauges = new Gauges("", new TreeMap<>());

        Partition(boolean quietAdvance) {
            time = new PartitionTime(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(30),
                    quietAdvance,
                    this,
                    () -> NOON + millis,
                    task,
                    new PartitionGauges(gauges));
        }

        /** A heartbeat of so many seconds after noon. */
        void says(double seconds) {
            Heartbeat heartbeat = new Heartbeat(NOON + Math.round(seconds * 1000), 7);
            time.onEvent(heartbeat, heartbeat.time(), this);
        }

        void saysNothing() {
            time.onEvent(null, Decoded.NO_TIME, this);
        }

        void period() {
            time.onPeriodicEmit(this);
        }

        @Override
        public void emitWatermark(Watermark watermark) {
            // A watermark is the last millisecond that is over: one before the time it stands for.
            double seconds = (watermark.getTimestamp() + 1 - NOON) / 1000.0;
            given.add(seconds == Math.rint(seconds) ? Long.toString((long) seconds) : Double.toString(seconds));
        }

        @Override
        public void markIdle() {
            given.add("idle");
        }

        @Override
        public void markActive() {
            given.add("active");
        }

        @Override
        public long relativeTimeMillis() {
            return millis;
        }

        @Override
        public long relativeTimeNanos() {
            return millis * 1_000_000;
        }
    }
}
