package io.tapewatch.bench.contender;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Generated trades as an exchange's feed has them: few symbols have most of them, ids and sides are there, and some come up to
 * 200 ms after later ones. The same seed makes the same trades.
 *
 * <p>The share of the symbol of rank r goes by 1 / (r + 10)^1.1. Of 2,000 symbols the busiest has 2.2 % of the trades, the top
 * 10 have 16 %, the top 100 51 % and the top 1,000 90 %, much like the week of the DEBS 2022 challenge (2.4, 15.7, 58.5 and
 * 88.5 %). In the mean, each symbol trades once a second.
 */
final class SkewedTicks {

    /** 2023-11-15T00:00:00Z, in epoch milliseconds. */
    static final long START = 1_700_006_400_000L;

    private static final double OFFSET = 10;
    private static final double EXPONENT = 1.1;
    private static final int DISORDER_MILLIS = 200;

    private final SplittableRandom random;
    private final byte[][] names;
    /** In hundredths. */
    private final double[] prices;

    private final int[] ranks;
    private final StringBuilder json = new StringBuilder(160);
    private long number;

    SkewedTicks(int symbols, long seed) {
        random = new SplittableRandom(seed);
        names = new byte[symbols][];
        prices = new double[symbols];
        for (int i = 0; i < symbols; i++) {
            names[i] = String.format(Locale.ROOT, "SYM%05d", i).getBytes(StandardCharsets.US_ASCII);
            prices[i] = 1_000 + random.nextInt(100_000);
        }
        ranks = ranks(symbols);
    }

    /** A table in which each rank stands as often as its share is large: a drawn place gives a drawn rank. */
    private static int[] ranks(int symbols) {
        double all = 0;
        for (int rank = 1; rank <= symbols; rank++) {
            all += weight(rank);
        }
        int[] table = new int[1 << 20];
        double until = 0;
        int place = 0;
        for (int rank = 1; rank <= symbols; rank++) {
            until += weight(rank) / all;
            int end = rank == symbols ? table.length : (int) Math.round(until * table.length);
            while (place < end) {
                table[place++] = rank - 1;
            }
        }
        return table;
    }

    private static double weight(int rank) {
        return 1 / Math.pow(rank + OFFSET, EXPONENT);
    }

    /** One trade: the key and the value of its record. */
    record Sent(byte[] key, byte[] value) {}

    Sent next() {
        int symbol = ranks[random.nextInt() >>> 12];
        prices[symbol] = Math.max(100, prices[symbol] * (1 + (random.nextDouble() - 0.5) / 2500));
        long price = Math.round(prices[symbol]);
        long size = 1 + (random.nextInt() >>> 8) % 20_000;
        long time =
                START + number * 1000 / names.length - (random.nextInt(4) == 0 ? random.nextInt(DISORDER_MILLIS) : 0);
        number++;
        json.setLength(0);
        json.append("{\"symbol\":\"SYM");
        digits(symbol, 5);
        json.append("\",\"price\":").append(price / 100).append('.');
        digits(price % 100, 2);
        json.append(",\"size\":").append(size / 1000).append('.');
        digits(size % 1000, 3);
        json.append(",\"time\":").append(time);
        json.append(",\"id\":\"").append(number);
        json.append("\",\"side\":\"").append((price & 1) == 0 ? "buy" : "sell").append("\"}");
        return new Sent(names[symbol], json.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private void digits(long number, int count) {
        for (long power = (long) Math.pow(10, count - 1); power > 0; power /= 10) {
            json.append((char) ('0' + number / power % 10));
        }
    }
}
