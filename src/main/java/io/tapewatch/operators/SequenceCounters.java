package io.tapewatch.operators;

import io.tapewatch.domain.trade.MissingNumbers;
import io.tapewatch.domain.trade.NumberRuns;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** The counters of numbers that are missing in a task; {@code docs/metrics.md} says what each is. */
final class SequenceCounters implements MissingNumbers {

    private final Counter missing;
    private final Counter filled;
    private final Counter restarts;
    private volatile long lastGap;

    SequenceCounters(Ledger ledger, MetricGroup metrics) {
        missing = ledger.balance("missingNumbers");
        filled = ledger.counter("filledNumbers");
        restarts = ledger.counter("sequenceRestarts");
        metrics.gauge("lastGap", () -> lastGap);
    }

    @Override
    public void change(long time, long by) {
        missing.inc(by);
    }

    /** Counts what a number is to those before it; {@code time} is the event time of its tick. */
    void count(NumberRuns.Seen seen, long time) {
        switch (seen) {
            case AFTER_GAP -> lastGap = Math.max(lastGap, time);
            case FILLED -> filled.inc();
            case RESTARTED -> restarts.inc();
            case IN_TURN, AGAIN -> {
                // Nothing is missing.
            }
        }
    }
}
