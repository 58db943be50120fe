package io.tapewatch.bench;

import io.tapewatch.io.rules.RuleFile;
import io.tapewatch.local.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A producer of ticks of now, at an even pace, symbol by symbol. Of a known share of the ticks, the size meets a rule: they
 * are flagged, and it is remembered when each of them was appended.
 */
final class PacedPrices implements AutoCloseable {

    private static final int LARGEST_USUAL_SIZE = 500;
    private static final long PAUSE_NANOS = 500_000;

    /** The rule that flags the ticks of the known share, and no others. */
    static final RuleFile.Entry RULE = new RuleFile.Entry(
            "known-share",
            "{\"id\":\"known-share\",\"version\":1,\"when\":{\"metric\":\"size\",\"is\":\">\",\"limit\":"
                    + LARGEST_USUAL_SIZE + "}}");

    private final Sender sender;
    private final Settings settings;
    private final Map<FlagSeen.Source, Sent> flagged = new ConcurrentHashMap<>();
    private final Thread thread = new Thread(this::send, "paced prices");
    private volatile boolean enough;
    private volatile long worstNanosBehind;

    /**
     * What is sent.
     *
     * @param topic where to
     * @param partitions of the topic; a symbol is in one of them
     * @param symbols how many symbols
     * @param perSecond how many ticks a second, of all symbols
     * @param oneInIsFlagged of how many ticks one is flagged
     * @param seed of the random prices
     */
    record Settings(String topic, int partitions, int symbols, int perSecond, int oneInIsFlagged, long seed) {}

    /**
     * A tick that a flag is expected of.
     *
     * @param time its event time
     * @param appended when the broker appended it
     */
    record Sent(long time, long appended) {}

    private PacedPrices(String bootstrapServers, Settings settings) {
        this.sender = Sender.ofEach(bootstrapServers);
        this.settings = settings;
    }

    /** That rule, and those that the local run begins with. */
    static RuleSet withStarterRules() {
        List<RuleFile.Entry> rules = new ArrayList<>(RuleSet.starter(false).rules());
        rules.add(RULE);
        return new RuleSet(rules);
    }

    /** Begins to send. */
    static PacedPrices start(String bootstrapServers, Settings settings) {
        PacedPrices prices = new PacedPrices(bootstrapServers, settings);
        prices.thread.start();
        return prices;
    }

    /** The ticks so far that are flagged, by where they are. */
    Map<FlagSeen.Source, Sent> flagged() {
        sender.expectSent();
        return flagged;
    }

    /** From now on, tells how it keeps its pace. */
    void watchPace() {
        worstNanosBehind = 0;
    }

    /** How it kept its pace. */
    String pace() {
        return String.format(
                Locale.ROOT,
                "the producer was at most %,d ms behind its pace of %,d ticks/s",
                TimeUnit.NANOSECONDS.toMillis(worstNanosBehind),
                settings.perSecond);
    }

    private void send() {
        SplittableRandom random = new SplittableRandom(settings.seed);
        String[] names = new String[settings.symbols];
        double[] prices = new double[settings.symbols];
        for (int i = 0; i < settings.symbols; i++) {
            names[i] = Sender.symbol(i);
            prices[i] = 10 + random.nextInt(1000);
        }
        long begun = System.nanoTime();
        long sent = 0;
        while (!enough) {
            long passed = System.nanoTime() - begun;
            long due = (long) (passed / 1e9 * settings.perSecond);
            if (sent == due) {
                LockSupport.parkNanos(PAUSE_NANOS);
                continue;
            }
            worstNanosBehind = Math.max(worstNanosBehind, passed - (long) (sent * 1e9 / settings.perSecond));
            for (; sent < due; sent++) {
                int symbol = (int) (sent % settings.symbols);
                prices[symbol] = Math.max(1, prices[symbol] * (1 + (random.nextDouble() - 0.5) / 1000));
                double price = Math.round(prices[symbol] * 100) / 100.0;
                int partition = symbol % settings.partitions;
                long now = System.currentTimeMillis();
                if (random.nextInt(settings.oneInIsFlagged) == 0) {
                    sender.send(
                            settings.topic,
                            partition,
                            Sender.tick(names[symbol], price, LARGEST_USUAL_SIZE + 1, now),
                            at -> flagged.put(
                                    new FlagSeen.Source(at.partition(), at.offset()), new Sent(now, at.timestamp())));
                } else {
                    int size = 1 + random.nextInt(LARGEST_USUAL_SIZE);
                    sender.send(settings.topic, partition, Sender.tick(names[symbol], price, size, now));
                }
            }
        }
    }

    /** Ends sending, when all is sent. */
    @Override
    public void close() {
        enough = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        sender.close();
    }
}
