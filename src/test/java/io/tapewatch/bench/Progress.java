package io.tapewatch.bench;

import io.tapewatch.domain.window.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How far the sinks of a run have come. The clock starts when event time has passed the start-up of the job in all of
 * them, and stops when it has passed the last tick: by then everything before it is published.
 */
final class Progress {

    /** The run that is under way: a sink finds it here, because Flink copies sinks. */
    private static volatile Progress current;

    private final long startAt;
    private final long endAt;
    private final String sampled;
    private final long[] watermarks;
    private int writers;

    private long startWatermark = Load.START;
    private long startNanos;
    private long endWatermark;
    private long endNanos;
    private boolean started;
    private boolean ended;
    private long summaries;
    private final List<Summary> samples = new ArrayList<>();

    private Progress(int writers, long startAt, long endAt, String sampled) {
        this.watermarks = new long[writers];
        Arrays.fill(watermarks, Long.MIN_VALUE);
        this.startAt = startAt;
        this.endAt = endAt;
        this.sampled = sampled;
    }

    /**
     * Begins a run.
     *
     * @param writers how many writers its sinks have in all
     * @param startAt the watermark at which the clock starts
     * @param endAt the watermark at which it stops
     * @param sampled the symbol whose summaries are kept
     */
    static Progress begin(int writers, long startAt, long endAt, String sampled) {
        current = new Progress(writers, startAt, endAt, sampled);
        return current;
    }

    static Progress current() {
        return current;
    }

    String sampled() {
        return sampled;
    }

    /** Registers a writer, which is given a number. */
    synchronized int join() {
        if (writers == watermarks.length) {
            throw new IllegalStateException("more writers than the " + writers + " that were expected");
        }
        // Of a run so short that no watermark comes before the last, the start-up is measured, too.
        startNanos = System.nanoTime();
        return writers++;
    }

    synchronized void reached(int writer, long watermark) {
        watermarks[writer] = watermark;
        long lowest = Arrays.stream(watermarks).min().orElseThrow();
        if (!started && lowest >= startAt && lowest < endAt) {
            started = true;
            startWatermark = lowest;
            startNanos = System.nanoTime();
        }
        if (!ended && lowest >= endAt) {
            ended = true;
            endWatermark = lowest;
            endNanos = System.nanoTime();
            notifyAll();
        }
    }

    synchronized void published(long count, List<Summary> sample) {
        summaries += count;
        samples.addAll(sample);
    }

    /** Waits a moment for the end of the run. */
    synchronized boolean awaitEnd(long millis) throws InterruptedException {
        if (!ended) {
            wait(millis);
        }
        return ended;
    }

    synchronized double ticksPerSecond(Load load) {
        return load.ticksBetween(startWatermark, endWatermark) / seconds();
    }

    synchronized double seconds() {
        return (endNanos - startNanos) / 1e9;
    }

    synchronized long summaries() {
        return summaries;
    }

    synchronized List<Summary> samples() {
        return List.copyOf(samples);
    }
}
