package io.tapewatch;

import io.tapewatch.FailingSink.Moment;

/**
 * A way for a job to read a log that is there: whichever partition is slow, however often the watermark comes.
 *
 * @param parallelism how many tasks each operator has
 * @param backend where state is kept
 * @param poll how many records the job gets at a time
 * @param slowPartition after which partition's records it waits, or {@link PacedKafka#ALL}
 * @param pauseMillis how long it waits
 * @param watermarkEvery the time between two watermarks in milliseconds; with 0 the only one comes at the end
 * @param maxBuffered how many ticks of a task wait on the heap
 * @param crash when one of its tasks fails, or null
 */
record WayToRead(
        int parallelism,
        String backend,
        int poll,
        int slowPartition,
        int pauseMillis,
        int watermarkEvery,
        int maxBuffered,
        Moment crash) {

    WayToRead(int parallelism, String backend, int poll, int slowPartition, int pauseMillis, int watermarkEvery) {
        this(parallelism, backend, poll, slowPartition, pauseMillis, watermarkEvery, 1_000_000, null);
    }

    WayToRead crashing(Moment moment) {
        return new WayToRead(
                parallelism, backend, poll, slowPartition, pauseMillis, watermarkEvery, maxBuffered, moment);
    }

    WayToRead buffering(int ticks) {
        return new WayToRead(parallelism, backend, poll, slowPartition, pauseMillis, watermarkEvery, ticks, crash);
    }
}
