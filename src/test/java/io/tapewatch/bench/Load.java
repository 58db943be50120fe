package io.tapewatch.bench;

import java.util.SplittableRandom;

/**
 * The ticks that every run reads: of each symbol one a second, somewhere in that second, sent second by second, so that
 * those of a partition are up to a second out of order and never late. The same seed makes the same ticks.
 *
 * @param symbols how many symbols
 * @param minutes how many minutes of event time
 * @param partitions the partitions of the topic; a symbol is in one of them
 * @param seed of the random numbers
 */
record Load(int symbols, int minutes, int partitions, long seed) {

    /** 2023-11-15T00:00:00Z, in epoch milliseconds. */
    static final long START = 1_700_006_400_000L;

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;

    /** More than any bound on disorder: with it, the watermark passes the last tick. */
    private static final long AFTER = MINUTE;

    long end() {
        return START + minutes * MINUTE;
    }

    /** The time of the heartbeats that follow the last tick: the watermark comes close to it. */
    long lastHeartbeat() {
        return end() + AFTER / 2;
    }

    long ticks() {
        return 60L * minutes * symbols;
    }

    /**
     * Sends the ticks to a topic, and quotes to another.
     *
     * @param quotes the topic of quotes, or null for none
     * @param quotesPerTick how many come before each tick
     */
    void sendTo(String bootstrapServers, String topic, String quotes, int quotesPerTick) {
        SplittableRandom random = new SplittableRandom(seed);
        String[] names = new String[symbols];
        double[] prices = new double[symbols];
        for (int i = 0; i < symbols; i++) {
            names[i] = Sender.symbol(i);
            prices[i] = 10 + random.nextInt(1000);
        }
        try (Sender sender = Sender.ofMany(bootstrapServers)) {
            for (long second = START; second < end(); second += SECOND) {
                for (int i = 0; i < symbols; i++) {
                    prices[i] = Math.max(1, prices[i] * (1 + (random.nextDouble() - 0.5) / 1000));
                    double price = Math.round(prices[i] * 100) / 100.0;
                    for (int quote = 0; quote < quotesPerTick; quote++) {
                        long time = second + quote * SECOND / quotesPerTick;
                        String json = "{\"symbol\":\"" + names[i] + "\",\"bid\":" + (price - 0.01 * (1 + quote % 3))
                                + ",\"ask\":" + (price + 0.01) + ",\"bidSize\":" + (1 + quote) + ",\"askSize\":1"
                                + ",\"time\":" + time + "}";
                        sender.send(quotes, i % partitions, json);
                    }
                    int size = 1 + random.nextInt(500);
                    long time = second + random.nextInt((int) SECOND);
                    sender.send(topic, i % partitions, Sender.tick(names[i], price, size, time));
                }
            }
            sender.sendHeartbeats(topic, partitions, lastHeartbeat());
            if (quotes != null) {
                sender.sendHeartbeats(quotes, partitions, lastHeartbeat());
            }
        }
    }
}
