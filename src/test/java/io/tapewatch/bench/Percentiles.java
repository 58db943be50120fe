package io.tapewatch.bench;

import java.util.stream.LongStream;

/** Exact percentiles of numbers that are all there: the least number that so large a share of them does not exceed. */
final class Percentiles {

    private final long[] ascending;

    private Percentiles(long[] ascending) {
        this.ascending = ascending;
    }

    /** @throws IllegalArgumentException if there are no numbers */
    static Percentiles of(LongStream numbers) {
        long[] ascending = numbers.sorted().toArray();
        if (ascending.length == 0) {
            throw new IllegalArgumentException("there is nothing to take percentiles of");
        }
        return new Percentiles(ascending);
    }

    /** @param thousandths the share, from 1 to 1000: 999 for the percentile 99.9 */
    long at(int thousandths) {
        return ascending[Math.toIntExact(((long) thousandths * ascending.length + 999) / 1000) - 1];
    }

    long max() {
        return ascending[ascending.length - 1];
    }

    int count() {
        return ascending.length;
    }
}
