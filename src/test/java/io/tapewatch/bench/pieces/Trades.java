package io.tapewatch.bench.pieces;

import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import java.util.SplittableRandom;

/**
 * A minute of trades of several symbols, the same in each run. Prices have two decimals and sizes eight, over several
 * magnitudes: a processor that guesses branches does not learn them by heart.
 */
final class Trades {

    /** How many there are: a power of two. */
    static final int COUNT = 1 << 12;

    /** What the place of the next trade is taken from, so that the first follows the last. */
    static final int MASK = COUNT - 1;

    /** 2023-11-15T00:00:00Z, in epoch milliseconds. */
    static final long START = 1_700_006_400_000L;

    private static final int MINUTE = 60_000;
    private static final int PARTITIONS = 4;
    private static final String[] SYMBOLS = {
        "BTC-USD", "ETH-USD", "SOL-USD", "DOGE-USD", "EURUSD", "AAPL", "MSFT", "NVDA", "BRK.A", "F", "T", "SPY"
    };
    private static final double[] PRICES = {
        64_250.12, 3_412.55, 148.31, 12.07, 1.09, 189.46, 369.85, 496.56, 538_900, 10.61, 15.87, 450.23
    };

    private Trades() {}

    /** How many symbols trade. */
    static int symbols() {
        return SYMBOLS.length;
    }

    /** The number of a tick's symbol, from 0. */
    static int number(Tick tick) {
        int number = 0;
        while (!SYMBOLS[number].equals(tick.symbol())) {
            number++;
        }
        return number;
    }

    /**
     * The trades, in the order of event time.
     *
     * @param fields which fields they have
     */
    static Tick[] ticks(Fields fields) {
        SplittableRandom random = new SplittableRandom(1);
        double[] prices = PRICES.clone();
        Tick[] ticks = new Tick[COUNT];
        for (int i = 0; i < COUNT; i++) {
            int symbol = random.nextInt(SYMBOLS.length);
            prices[symbol] = rounded(prices[symbol] * (1 + (random.nextDouble() - 0.5) / 500), 100);
            long time = START + (long) i * MINUTE / COUNT + random.nextInt(MINUTE / COUNT);
            boolean all = fields == Fields.all;
            ticks[i] = Ticks.of(
                    SYMBOLS[symbol],
                    prices[symbol],
                    rounded(Math.pow(10, random.nextDouble(-4, 3)), 1e8),
                    time,
                    all ? String.valueOf(100_000_000 + random.nextInt(100_000_000)) : null,
                    all ? i : Tick.NO_SEQ,
                    !all ? null : random.nextBoolean() ? Side.BUY : Side.SELL,
                    all ? "XNAS" : null,
                    null,
                    new Origin(
                            random.nextInt(PARTITIONS),
                            i,
                            time + random.nextInt(MINUTE / COUNT),
                            Origin.Stamp.LOG_APPEND_TIME));
        }
        return ticks;
    }

    private static double rounded(double value, double places) {
        return Math.rint(value * places) / places;
    }
}
