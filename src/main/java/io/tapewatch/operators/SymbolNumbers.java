package io.tapewatch.operators;

import io.tapewatch.domain.Tick;
import io.tapewatch.domain.trade.MissingNumbers;
import io.tapewatch.domain.trade.NumberRuns;
import io.tapewatch.domain.trade.NumberSequence;
import io.tapewatch.domain.window.SymbolWindows;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/** Looks at the numbers of the ticks that windows count, and has the windows of a symbol say what is missing in them. */
final class SymbolNumbers implements MissingNumbers {

    private final SequenceCounters counters;

    // Those of the tick that is looked at: a tick makes no object.
    private @Nullable SymbolWindows windows;
    private long watermark;

    SymbolNumbers(Ledger ledger, MetricGroup metrics) {
        counters = new SequenceCounters(ledger, metrics);
    }

    /**
     * Takes a tick that at least one window has counted.
     *
     * @param watermark the watermark up to which the windows of the symbol have been published
     */
    void take(HotSymbol symbol, Tick tick, long watermark) {
        long number = NumberSequence.of(tick);
        if (number == NumberSequence.NO_NUMBER) {
            return;
        }
        this.windows = symbol.windows();
        this.watermark = watermark;
        NumberRuns.Seen seen = symbol.trades().numbers().take(number, tick.time(), this);
        counters.count(seen, tick.time());
    }

    @Override
    public void change(long time, long by) {
        counters.change(time, by);
        if (windows != null) {
            windows.addMissing(time, by, watermark);
        }
    }
}
