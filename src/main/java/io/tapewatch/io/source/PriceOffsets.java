package io.tapewatch.io.source;

import java.util.Arrays;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts the offsets that held no record between those that did ({@code offsetsSkipped}): what producers' transactions
 * leave behind, what compaction took, or, where the job was told to go on without them, records that retention deleted
 * before they were read.
 */
final class PriceOffsets {

    private static final long NOT_READ = -1;

    private final Counter skipped;

    /** The offset that comes next, by partition. */
    private long[] next = new long[0];

    PriceOffsets(MetricGroup metrics) {
        skipped = metrics.addGroup(PriceDelays.GROUP).counter("offsetsSkipped");
    }

    /** A record was read. */
    void read(int partition, long offset) {
        if (partition >= next.length) {
            int known = next.length;
            next = Arrays.copyOf(next, partition + 1);
            Arrays.fill(next, known, next.length, NOT_READ);
        }
        if (next[partition] != NOT_READ && offset > next[partition]) {
            skipped.inc(offset - next[partition]);
        }
        next[partition] = offset + 1;
    }
}
