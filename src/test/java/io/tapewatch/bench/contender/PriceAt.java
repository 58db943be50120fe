package io.tapewatch.bench.contender;

import org.apache.flink.table.functions.AggregateFunction;

/**
 * The price at the first or at the last time of some trades, as a function of SQL. Of trades at the same time, those of a
 * symbol that come first in its partition go first.
 */
public abstract class PriceAt extends AggregateFunction<Double, PriceAt.Reached> {

    /** The price that counts so far, and its time. */
    public static final class Reached {
        public boolean any;
        public long time;
        public double price;
    }

    /** Whether a price at this time, which came later, counts instead. */
    abstract boolean goesBefore(long time, Reached reached);

    @Override
    public Reached createAccumulator() {
        return new Reached();
    }

    @Override
    public Double getValue(Reached reached) {
        return reached.any ? reached.price : null;
    }

    /** Flink finds it by its name. */
    public void accumulate(Reached reached, Double price, Long time) {
        take(reached, price, time);
    }

    /** Flink finds it by its name. */
    public void merge(Reached reached, Iterable<Reached> later) {
        for (Reached other : later) {
            if (other.any) {
                take(reached, other.price, other.time);
            }
        }
    }

    private void take(Reached reached, double price, long time) {
        if (!reached.any || goesBefore(time, reached)) {
            reached.any = true;
            reached.time = time;
            reached.price = price;
        }
    }

    /** The price of the first trade. */
    public static final class Open extends PriceAt {
        @Override
        boolean goesBefore(long time, Reached reached) {
            return time < reached.time;
        }
    }

    /** The price of the last trade. */
    public static final class Close extends PriceAt {
        @Override
        boolean goesBefore(long time, Reached reached) {
            return time >= reached.time;
        }
    }
}
