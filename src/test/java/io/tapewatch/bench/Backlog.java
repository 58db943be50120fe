package io.tapewatch.bench;

import java.util.SplittableRandom;

/**
 * Ticks that are there before a job starts: round after round, one of each symbol, evenly over the time of the round. The
 * same seed makes the same ticks.
 *
 * @param symbols how many symbols
 * @param rounds how many rounds, so how many ticks a symbol
 * @param millisOfRound how long a round is, in event time
 * @param start the event time of the first tick
 * @param busyShare how many of 100 ticks are those of the first symbol instead
 * @param partitions of the topic; a symbol is in one of them
 * @param seed of the random prices
 */
record Backlog(int symbols, long rounds, long millisOfRound, long start, int busyShare, int partitions, long seed) {

    private static final int LARGEST_SIZE = 500;

    long ticks() {
        return symbols * rounds;
    }

    long end() {
        return start + rounds * millisOfRound;
    }

    void sendTo(String bootstrapServers, String topic) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] names = new String[symbols];
        double[] prices = new double[symbols];
        for (int i = 0; i < symbols; i++) {
            names[i] = Sender.symbol(i);
            prices[i] = 10 + random.nextInt(1000);
        }
        try (Sender sender = Sender.ofMany(bootstrapServers)) {
            for (long round = 0; round < rounds; round++) {
                for (int i = 0; i < symbols; i++) {
                    int symbol = busyShare > 0 && random.nextInt(100) < busyShare ? 0 : i;
                    prices[symbol] = Math.max(1, prices[symbol] * (1 + (random.nextDouble() - 0.5) / 1000));
                    double price = Math.round(prices[symbol] * 100) / 100.0;
                    long time = start + round * millisOfRound + millisOfRound * i / symbols;
                    int size = 1 + random.nextInt(LARGEST_SIZE);
                    sender.send(topic, symbol % partitions, Sender.tick(names[symbol], price, size, time));
                }
            }
        }
    }
}
