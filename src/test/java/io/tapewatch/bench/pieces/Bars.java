package io.tapewatch.bench.pieces;

import io.tapewatch.domain.Tick;
import io.tapewatch.domain.window.Bar;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A tick is added to the bar of its symbol and minute, and a bar of some ticks to one that is larger. */
@State(Scope.Thread)
public class Bars {

    /** How many ticks the bars have that are merged. */
    private static final int TICKS = 16;

    private final Tick[] ticks = Trades.ticks(Fields.few);
    private final int[] numbers = new int[Trades.COUNT];
    private final Bar[] small = new Bar[Trades.COUNT];
    private final Bar[] bars = new Bar[Trades.symbols()];
    private int next;

    @Setup
    public void make() {
        for (int i = 0; i < ticks.length; i++) {
            numbers[i] = Trades.number(ticks[i]);
            small[i] = new Bar();
            for (int j = i, count = 0; count < TICKS; j++) {
                if (ticks[j & Trades.MASK].symbol().equals(ticks[i].symbol())) {
                    small[i].add(ticks[j & Trades.MASK]);
                    count++;
                }
            }
        }
    }

    @Benchmark
    public Bar add() {
        int i = next();
        Bar bar = bars[numbers[i]];
        bar.add(ticks[i]);
        return bar;
    }

    @Benchmark
    public Bar merge() {
        int i = next();
        Bar bar = bars[numbers[i]];
        bar.merge(small[i]);
        return bar;
    }

    /** The place of the next tick. With the first, a new minute begins. */
    private int next() {
        int i = next++ & Trades.MASK;
        if (i == 0) {
            for (int symbol = 0; symbol < bars.length; symbol++) {
                bars[symbol] = new Bar();
            }
        }
        return i;
    }
}
