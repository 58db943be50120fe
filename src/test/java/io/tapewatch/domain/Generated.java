package io.tapewatch.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Input for tests, made from a seed: the same seed, the same input. */
public final class Generated {

    private final SplittableRandom random;
    private long nextOffset = 1000;

    public Generated(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A whole number from 0 to below the bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    public boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** A number from 10⁻¹² to 10¹², all magnitudes alike: with all bits, few bits, few decimals, or one of the ends. */
    public double positive() {
        double any = Math.min(1e12, Math.max(1e-12, Math.pow(10, random.nextDouble(-12, 12))));
        return switch (below(8)) {
            case 0 -> Math.max(1e-12, Math.rint(any * 100) / 100);
            case 1 -> (float) any;
            case 2 -> Math.scalb(1.0 + below(16) / 16.0, below(76) - 38);
            case 3 -> oneIn(2) ? 1e-12 : 1e12;
            case 4 -> oneIn(2) ? Math.nextUp(any) : Math.nextDown(any);
            default -> any;
        };
    }

    /** A number in the range of prices and sizes, now and then zero, half of the others below. */
    public double signed() {
        if (oneIn(20)) {
            return oneIn(2) ? 0.0 : -0.0;
        }
        return oneIn(2) ? positive() : -positive();
    }

    /** Ticks of one symbol, no two from the same place in a log, many at the same time, in no order. */
    public List<Tick> ticks(int count) {
        int kind = below(5);
        boolean signed = oneIn(3);
        double base = positive();
        int span = oneIn(2) ? 10 : 60_000;
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double price =
                    switch (kind) {
                        case 0 -> base;
                        case 1 -> near(base, 1e-3);
                        case 2 -> near(base, 1e-15);
                        case 3 -> 64_000 + below(100_000) / 100.0;
                        default -> signed ? signed() : positive();
                    };
            double size =
                    switch (below(6)) {
                        case 0 -> Ticks.NO_SIZE;
                        case 1 -> oneIn(2) ? 0.0 : -0.0;
                        case 2 -> positive();
                        default -> below(1_000_000_000) / 1e8;
                    };
            long seq = oneIn(3) ? Tick.NO_SEQ : below(5) - 2;
            ticks.add(tick(price, size, 1_700_000_000_000L + below(span), seq, below(3)));
        }
        return ticks;
    }

    /** The ticks of a usual minute: prices in cents, sizes of eight decimals, numbered. */
    public List<Tick> usualMinute(int count) {
        long seq = 812_345_678;
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double price = 64_000 + below(30_000) / 100.0;
            double size = (1 + below(200_000_000)) / 1e8;
            ticks.add(tick(price, size, 1_700_000_000_000L + i * 60_000L / count, seq++, 3));
        }
        return ticks;
    }

    public <T> List<T> shuffled(List<T> list) {
        List<T> shuffled = new ArrayList<>(list);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            int j = below(i + 1);
            T swapped = shuffled.get(i);
            shuffled.set(i, shuffled.get(j));
            shuffled.set(j, swapped);
        }
        return shuffled;
    }

    private double near(double base, double share) {
        return Math.min(1e12, Math.max(1e-12, base * (1 + share * random.nextDouble(-1, 1))));
    }

    private Tick tick(double price, double size, long time, long seq, int partition) {
        Origin origin = new Origin(partition, nextOffset++, time, Origin.Stamp.CREATE_TIME);
        return Ticks.of("BTC-USD", price, size, time, null, seq, null, null, null, origin);
    }
}
