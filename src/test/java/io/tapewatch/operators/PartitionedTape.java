package io.tapewatch.operators;

import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A log of ticks on several partitions, each out of order within a bound: bursts, ties, stretches in which nothing
 * trades. Its prices are on a coarse grid, so that limits are met exactly.
 */
public final class PartitionedTape {

    public static final int PARTITIONS = 4;

    /** How far a tick may be behind the latest of its partition. */
    static final long BOUND = 2_000;

    private static final long SECOND = 1000;

    private final List<List<Tick>> partitions = new ArrayList<>();
    private final List<Tick> inOrder = new ArrayList<>();
    private final List<String> symbols;

    PartitionedTape(Random random, List<String> symbols, long beginning, int ticks) {
        this.symbols = symbols;
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new ArrayList<>());
        }
        long time = beginning;
        double[] prices = new double[symbols.size()];
        Arrays.fill(prices, 100);
        Tick before = null;
        for (int i = 0; i < ticks; i++) {
            time += pause(random);
            int symbol = random.nextInt(random.nextInt(symbols.size()) + 1);
            long at = time - (random.nextInt(4) == 0 ? random.nextLong(BOUND) : 0);
            if (before != null && before.time() > time - BOUND && random.nextInt(5) == 0) {
                symbol = symbols.indexOf(before.symbol());
                at = before.time();
            }
            prices[symbol] = Math.max(80, Math.min(120, prices[symbol] + (random.nextInt(9) - 4) * 0.125));
            double price = random.nextInt(60) == 0 ? prices[symbol] * 1.01 : prices[symbol];
            int partition = random.nextInt(PARTITIONS);
            before = Ticks.of(
                    symbols.get(symbol),
                    price,
                    size(random),
                    at,
                    random.nextInt(10) == 0 ? "id-" + i : null,
                    random.nextInt(5) == 0 ? random.nextLong(100) : Tick.NO_SEQ,
                    null,
                    null,
                    null,
                    new Origin(partition, partitions.get(partition).size(), at, Origin.Stamp.CREATE_TIME));
            partitions.get(partition).add(before);
            inOrder.add(before);
        }
        inOrder.sort(null);
    }

    private static long pause(Random random) {
        return switch (random.nextInt(100)) {
            case 0 -> random.nextLong(30, 90) * SECOND;
            case 1, 2, 3, 4, 5, 6, 7, 8 -> random.nextLong(5 * SECOND);
            default -> random.nextLong(1200);
        };
    }

    private static double size(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Ticks.NO_SIZE;
            case 1 -> 0;
            case 2 -> random.nextInt(1, 60);
            default -> random.nextInt(1, 13) / 2.0;
        };
    }

    /** Lets each symbol tick once more at the end, so that none of them is silent then. */
    public PartitionedTape ringTheBell() {
        long last = inOrder.get(inOrder.size() - 1).time();
        for (int i = 0; i < symbols.size(); i++) {
            List<Tick> partition = partitions.get(i % PARTITIONS);
            Origin origin = new Origin(i % PARTITIONS, partition.size(), last, Origin.Stamp.CREATE_TIME);
            partition.add(Ticks.of(symbols.get(i), 100, 1, last, null, Tick.NO_SEQ, null, null, null, origin));
            inOrder.add(partition.get(partition.size() - 1));
        }
        inOrder.sort(null);
        return this;
    }

    /** The ticks of a partition, from its first offset on. */
    public List<Tick> partition(int partition) {
        return partitions.get(partition);
    }

    /** The symbol's ticks in the order of the tape. */
    List<Tick> of(String symbol) {
        return inOrder.stream().filter(tick -> tick.symbol().equals(symbol)).toList();
    }

    public int size() {
        return inOrder.size();
    }

    /** The event time that is over when all partitions have been read. */
    public long end() {
        Reader reader = new Reader();
        while (reader.hasNext()) {
            reader.next(new Random(0));
        }
        return reader.watermark();
    }

    /** Reads the partitions, a stretch of one after a stretch of another. */
    final class Reader {

        private final int[] positions = new int[PARTITIONS];
        private final long[] latest = new long[PARTITIONS];
        private int partition;

        Reader() {
            Arrays.fill(latest, Long.MIN_VALUE);
        }

        /** One that goes on from here in its own way. */
        Reader copy() {
            Reader copy = new Reader();
            System.arraycopy(positions, 0, copy.positions, 0, PARTITIONS);
            System.arraycopy(latest, 0, copy.latest, 0, PARTITIONS);
            copy.partition = partition;
            return copy;
        }

        boolean hasNext() {
            for (int i = 0; i < PARTITIONS; i++) {
                if (hasNext(i)) {
                    return true;
                }
            }
            return false;
        }

        private boolean hasNext(int of) {
            return positions[of] < partitions.get(of).size();
        }

        /** The next tick of the partition that is being read. */
        Tick next(Random random) {
            while (!hasNext(partition)) {
                partition = random.nextInt(PARTITIONS);
            }
            Tick next = partitions.get(partition).get(positions[partition]++);
            latest[partition] = Math.max(latest[partition], next.time());
            return next;
        }

        /** Goes on with another partition; now and then with one that is behind the others. */
        void turn(Random random) {
            partition = random.nextInt(PARTITIONS);
        }

        /** The event time that all partitions have passed; the least there is while one has said nothing. */
        long watermark() {
            long least = Arrays.stream(latest).min().orElseThrow();
            return least == Long.MIN_VALUE ? least : least - BOUND - 1;
        }
    }
}
