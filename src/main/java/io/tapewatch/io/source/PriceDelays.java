package io.tapewatch.io.source;

import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Tick;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * How long prices take: from the event to the broker ({@code eventToAppendMillis}), from there to this task
 * ({@code appendToReadMillis}), and for how long none has come ({@code secondsSinceLastTick}). The first two need the
 * broker's stamps; they are sampled, a tick a millisecond at most. Clocks of three machines are compared, so a delay can be
 * negative.
 */
final class PriceDelays {

    /** The group of all of the job's own metrics. */
    static final String GROUP = "tapewatch";

    /** How many delays the percentiles are of. */
    private static final int KEPT = 1_000;

    private final LongSupplier clock;
    private final Histogram eventToAppend = new DescriptiveStatisticsHistogram(KEPT);
    private final Histogram appendToRead = new DescriptiveStatisticsHistogram(KEPT);
    private final AtomicLong lastRead;
    private long lastSampled;

    /** @param clock the time in epoch milliseconds */
    PriceDelays(MetricGroup metrics, LongSupplier clock) {
        this.clock = clock;
        lastRead = new AtomicLong(clock.getAsLong());
        MetricGroup group = metrics.addGroup(GROUP);
        group.histogram("eventToAppendMillis", eventToAppend);
        group.histogram("appendToReadMillis", appendToRead);
        group.gauge("secondsSinceLastTick", () -> (clock.getAsLong() - lastRead.get()) / 1000.0);
    }

    /** A tick was read. */
    void read(Tick tick) {
        long now = clock.getAsLong();
        lastRead.setRelease(now);
        Origin origin = tick.origin();
        if (now != lastSampled && origin.stamp() == Origin.Stamp.LOG_APPEND_TIME) {
            lastSampled = now;
            eventToAppend.update(origin.timestamp() - tick.time());
            appendToRead.update(now - origin.timestamp());
        }
    }
}
