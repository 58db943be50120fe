package io.tapewatch.io.source;

import io.tapewatch.domain.Decoded;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.RelativeClock;
import org.jspecify.annotations.Nullable;

/**
 * The event time of one partition: its watermark follows the latest time it has said, a bound behind. Only ticks and
 * heartbeats say one; a partition that holds nothing else is as quiet as an empty one.
 *
 * <p>A partition that has been quiet for a while is idle, and no longer holds the others back. When it comes back with
 * old times, so may others: after an outage one partition's backlog is read before another's. So it first stands where it
 * stood, for a moment in which the others can come back, too, and none is overtaken. With {@code quiet-advance} a quiet
 * partition's watermark follows the wall clock instead, for feeds without heartbeats.
 */
public final class PartitionTime implements WatermarkGenerator<Decoded> {

    /** How long a partition that comes back with old times waits for others at most: a client reconnects within a second. */
    private static final long LONGEST_WAIT = 5_000;

    private final long outOfOrderness;
    private final long idleTimeout;
    private final boolean quietAdvance;
    private final RelativeClock clock;
    private final LongSupplier wallClock;
    private final Task task;
    private final PartitionGauges gauges;

    /** The latest time that was said; {@link Decoded#NO_TIME} before the first. */
    private long latest = Decoded.NO_TIME;

    private boolean said;
    private boolean idle;
    private boolean waiting;
    private boolean announced;
    private long saidAt;
    private long waitingSince;

    /** What the partitions of one task know of each other. */
    static final class Task {
        /** The highest watermark that any of them has given: the task's own is not above it. */
        private long highest = Long.MIN_VALUE;
    }

    /**
     * @param clock the time that passes while input is awaited
     * @param wallClock the time in epoch milliseconds
     * @param gauges what the job tells of the partition
     */
    PartitionTime(
            Duration outOfOrderness,
            Duration idleTimeout,
            boolean quietAdvance,
            RelativeClock clock,
            LongSupplier wallClock,
            Task task,
            PartitionGauges gauges) {
        this.outOfOrderness = outOfOrderness.toMillis();
        this.idleTimeout = idleTimeout.toMillis();
        this.quietAdvance = quietAdvance;
        this.clock = clock;
        this.wallClock = wallClock;
        this.task = task;
        this.gauges = gauges;
        this.saidAt = clock.relativeTimeMillis();
    }

    @Override
    public void onEvent(Decoded decoded, long time, WatermarkOutput output) {
        if (time == Decoded.NO_TIME) {
            return;
        }
        said = true;
        if (latest == Decoded.NO_TIME) {
            gauges.of(decoded.partition());
        }
        latest = Math.max(latest, time);
        if (idle) {
            comeBack(time, output);
        }
        if (waiting && !announced && watermark() > task.highest) {
            // Flink takes a task for idle until its watermark moves: the least that moves it says that it is not.
            announced = true;
            emit(task.highest + 1, output);
        }
    }

    private void comeBack(long time, WatermarkOutput output) {
        idle = false;
        gauges.idle(false);
        output.markActive();
        if (time < wallClock.getAsLong() - outOfOrderness) {
            waiting = true;
            announced = false;
            waitingSince = clock.relativeTimeMillis();
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        long now = clock.relativeTimeMillis();
        if (said) {
            said = false;
            saidAt = now;
        }
        if (idle || waiting && now - waitingSince < Math.min(idleTimeout, LONGEST_WAIT)) {
            return;
        }
        waiting = false;
        boolean quiet = now - saidAt >= idleTimeout;
        if (latest != Decoded.NO_TIME) {
            emit(quiet && quietAdvance ? Math.max(watermark(), behind(wallClock.getAsLong())) : watermark(), output);
        }
        if (quiet && !(quietAdvance && latest != Decoded.NO_TIME)) {
            idle = true;
            gauges.idle(true);
            output.markIdle();
        }
    }

    private long watermark() {
        return behind(latest);
    }

    /** What is over when this time is reached. */
    private long behind(long time) {
        return time - outOfOrderness - 1;
    }

    private void emit(long watermark, WatermarkOutput output) {
        task.highest = Math.max(task.highest, watermark);
        gauges.watermark(watermark, wallClock);
        output.emitWatermark(new Watermark(watermark));
    }

    /**
     * How a source tells event time.
     *
     * @param outOfOrderness how far behind the latest time of its partition a tick may be and not be late
     * @param idleTimeout after how long without a time a partition is quiet
     * @param quietAdvance whether a quiet partition follows the wall clock, and is not idle
     */
    public static WatermarkStrategy<Decoded> strategy(
            Duration outOfOrderness, Duration idleTimeout, boolean quietAdvance) {
        return WatermarkStrategy.<Decoded>forGenerator(new Supplier(outOfOrderness, idleTimeout, quietAdvance))
                .withTimestampAssigner((decoded, kafkaTimestamp) -> decoded.time());
    }

    /** Makes the generators of one task: each task has a copy of its own. */
    private static final class Supplier implements WatermarkGeneratorSupplier<Decoded> {

        private final Duration outOfOrderness;
        private final Duration idleTimeout;
        private final boolean quietAdvance;
        private transient @Nullable Task task;

        Supplier(Duration outOfOrderness, Duration idleTimeout, boolean quietAdvance) {
            this.outOfOrderness = outOfOrderness;
            this.idleTimeout = idleTimeout;
            this.quietAdvance = quietAdvance;
        }

        @Override
        public WatermarkGenerator<Decoded> createWatermarkGenerator(Context context) {
            if (task == null) {
                task = new Task();
            }
            return new PartitionTime(
                    outOfOrderness,
                    idleTimeout,
                    quietAdvance,
                    context.getInputActivityClock(),
                    System::currentTimeMillis,
                    task,
                    new PartitionGauges(context.getMetricGroup()));
        }
    }
}
