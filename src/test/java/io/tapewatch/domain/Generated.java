package io.tapewatch.domain;

import io.tapewatch.domain.exact.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
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

    /**
     * A tick and the texts its numbers were read from.
     *
     * @param size null for none
     */
    public record Sent(Tick tick, String price, String size) {}

    /**
     * A number above zero as it may be sent: 1 to 25 digits, of which up to 25 stand behind the point, and zeros at its end now
     * and then.
     */
    public String positiveText() {
        int digits = 1 + below(oneIn(3) ? 25 : 9);
        StringBuilder text = new StringBuilder().append(1 + below(9));
        int nines = oneIn(4) ? below(digits) : digits;
        int zeros = oneIn(4) ? below(digits) : digits;
        while (text.length() < digits) {
            text.append(text.length() >= zeros ? 0 : text.length() >= nines ? 9 : below(10));
        }
        int least = Math.max(0, digits - 18); // below 10¹⁸
        int most = Math.min(25, digits + 17); // not below 10⁻¹⁸
        int decimals = oneIn(4) ? least : least + below(most - least + 1);
        return new BigDecimal(new BigInteger(text.toString()), decimals).toPlainString();
    }

    /** Ticks of one symbol, no two from the same place in a log, many at the same time, in no order. */
    public List<Tick> ticks(int count) {
        return sent(count).stream().map(Sent::tick).toList();
    }

    /** The same with the texts of their numbers. */
    public List<Sent> sent(int count) {
        int kind = below(5);
        boolean signed = oneIn(3);
        String base = positiveText();
        int span = oneIn(2) ? 10 : 60_000;
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String price =
                    switch (kind) {
                        case 0 -> base;
                        case 1 -> "99999." + below(3);
                        case 2 -> "0.99999999999999999" + below(10);
                        case 3 ->
                            BigDecimal.valueOf(6_400_000 + below(100_000), 2).toString();
                        default -> signed ? signedText() : positiveText();
                    };
            String size =
                    switch (below(6)) {
                        case 0 -> null;
                        case 1 -> oneIn(2) ? "0" : "0.00";
                        case 2 -> positiveText();
                        default -> BigDecimal.valueOf(below(1_000_000_000), 8).toPlainString();
                    };
            long seq = oneIn(3) ? Tick.NO_SEQ : below(5) - 2;
            int nanos = oneIn(2) ? 0 : below(3);
            sent.add(sent(price, size, 1_700_000_000_000L + below(span), nanos, seq, below(3)));
        }
        return sent;
    }

    private String signedText() {
        return oneIn(20) ? "0" : oneIn(2) ? positiveText() : "-" + positiveText();
    }

    private Sent sent(String price, String size, long time, int nanos, long seq, int partition) {
        Origin origin = new Origin(partition, nextOffset++, time, Origin.Stamp.CREATE_TIME);
        Decimal sizeOrNull = size == null ? null : Decimal.of(size);
        Tick tick =
                Ticks.of("BTC-USD", Decimal.of(price), sizeOrNull, time, nanos, null, seq, null, null, null, origin);
        return new Sent(tick, price, size);
    }

    /** The ticks of a usual minute: prices in cents, sizes of eight decimals, numbered. */
    public List<Tick> usualMinute(int count) {
        long seq = 812_345_678;
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String price = BigDecimal.valueOf(6_400_000 + below(30_000), 2).toString();
            String size = BigDecimal.valueOf(1 + below(200_000_000), 8).toPlainString();
            ticks.add(sent(price, size, 1_700_000_000_000L + i * 60_000L / count, 0, seq++, 3)
                    .tick());
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
}
