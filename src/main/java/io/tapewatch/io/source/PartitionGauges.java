package io.tapewatch.io.source;

import java.util.function.LongSupplier;
import org.apache.flink.metrics.MetricGroup;

/**
 * The metrics of one partition's event time: {@code movedAt}, the moment at which its watermark moved last, and {@code
 * idle}, which is 1 while it holds nobody back. A partition that has not said a time yet has none. Flink itself tells the
 * watermark.
 */
final class PartitionGauges {

    private final MetricGroup source;
    private long highest = Long.MIN_VALUE;
    private volatile long movedAt;
    private volatile int idle;

    /** @param source the group of the operator that reads the partition */
    PartitionGauges(MetricGroup source) {
        this.source = source;
    }

    /** Which partition it is turns out with its first time. */
    void of(int partition) {
        MetricGroup group = source.addGroup(PriceDelays.GROUP).addGroup("partition", String.valueOf(partition));
        group.gauge("movedAt", () -> movedAt);
        group.gauge("idle", () -> idle);
    }

    void watermark(long watermark, LongSupplier wallClock) {
        if (watermark > highest) {
            highest = watermark;
            movedAt = wallClock.getAsLong();
        }
    }

    void idle(boolean isIdle) {
        idle = isIdle ? 1 : 0;
    }
}
