package io.tapewatch.domain.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sums and figures of ticks against those of {@link BigDecimal}. */
class TickSumsTest {

    private static final long SEED = 16850323;
    private static final int RUNS = Rounds.of(3_000);

    /** What ticks may be like. */
    private enum Kind {
        USUAL,
        SHARES,
        ANY,
        FULL_WIDTH,
        EQUAL,
        NEIGHBOURS,
        CANCELLING,
        MANY,
        MEAN_HALFWAY,
        VWAP_HALFWAY
    }

    private record Trade(Decimal price, @Nullable Decimal size) {}

    private final DecimalTexts texts = new DecimalTexts(SEED);

    private List<Trade> trades = new ArrayList<>();

    /** How often each trade counts. */
    private long times;

    @ParameterizedTest
    @EnumSource
    void everySumIsExactAndEveryFigureTheNearestDouble(Kind kind) throws IOException {
        for (int run = 0; run < RUNS; run++) {
            trades = new ArrayList<>();
            times = 1;
            fill(kind);
            TickSums sums = sums(trades);
            if (kind == Kind.MANY) {
                for (int doublings = texts.below(56); doublings > 0; doublings--) {
                    sums.merge(sums);
                    times *= 2;
                }
            }
            check(kind, sums);
            check(kind, read(written(sums)));
        }
    }

    private void fill(Kind kind) {
        int count = 2 + texts.below(20);
        Decimal base = texts.positive();
        for (int i = 0; i < count; i++) {
            switch (kind) {
                case USUAL, MANY -> add(cents(6_400_000 + texts.below(30_000)), eightDecimals());
                case SHARES ->
                    add(cents(10_000 + texts.below(300)), Decimal.of(Integer.toString(100 * texts.below(5))));
                case ANY -> add(texts.decimal(), texts.oneIn(4) ? null : texts.positive());
                case FULL_WIDTH -> {
                    int scale = texts.below(19);
                    long units = Decimals.MAX_UNITS - 1 - 2L * texts.below(1000);
                    add(decimal(texts.oneIn(2) ? units : -units, scale), decimal(units, texts.below(19)));
                }
                case EQUAL -> add(base, texts.positive());
                case NEIGHBOURS -> add(decimal(999_999_999_999_999_990L + texts.below(9), 17), eightDecimals());
                case CANCELLING -> {
                    Decimal price = texts.positive();
                    Decimal size = texts.positive();
                    add(price, size);
                    add(DecimalTexts.negative(price), size);
                }
                case MEAN_HALFWAY -> {
                    if (i < 2) {
                        add(whole((1L << 53) + 2L * texts.below(100) + i), null);
                    }
                }
                case VWAP_HALFWAY -> {
                    if (i < 2) {
                        add(whole((1L << 53) + 40 + i), oftenTheSame());
                    }
                }
            }
        }
    }

    private void check(Kind kind, TickSums sums) {
        BigDecimal prices = BigDecimal.ZERO;
        BigDecimal squares = BigDecimal.ZERO;
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal turnover = BigDecimal.ZERO;
        for (Trade trade : trades) {
            BigDecimal price = trade.price.toBigDecimal();
            prices = prices.add(price);
            squares = squares.add(price.multiply(price));
            if (trade.size != null) {
                volume = volume.add(trade.size.toBigDecimal());
                turnover = turnover.add(price.multiply(trade.size.toBigDecimal()));
            }
        }
        BigDecimal factor = BigDecimal.valueOf(times);
        prices = prices.multiply(factor);
        squares = squares.multiply(factor);
        volume = volume.multiply(factor);
        turnover = turnover.multiply(factor);
        long count = trades.size() * times;
        BigDecimal n = BigDecimal.valueOf(count);

        String name = "%s: %s, seed %d".formatted(kind, trades, SEED);
        assertThat(sums.volume().toBigDecimal()).as(name).isEqualByComparingTo(volume);
        assertThat(sums.turnover().toBigDecimal()).as(name).isEqualByComparingTo(turnover);
        assertThat(Exactly.isNearest(sums.mean(count), Exactly.quotient(prices, n)))
                .as("mean of %s", name)
                .isTrue();
        BigDecimal spread = n.multiply(squares).subtract(prices.multiply(prices));
        assertThat(Exactly.isNearest(
                        sums.deviation(count), Exactly.squareRoot(spread, n.multiply(n.subtract(BigDecimal.ONE)))))
                .as("deviation of %s", name)
                .isTrue();
        if (volume.signum() > 0) {
            assertThat(Exactly.isNearest(sums.vwap(), Exactly.quotient(turnover, volume)))
                    .as("VWAP of %s", name)
                    .isTrue();
        }
    }

    @Test
    void neitherOrderNorGroupingShowsAndPartsCanBeTakenAway() {
        for (int run = 0; run < RUNS; run++) {
            trades = new ArrayList<>();
            fill(Kind.values()[texts.below(Kind.values().length)]);
            TickSums all = sums(trades);
            int cut = texts.below(trades.size() + 1);
            TickSums first = sums(trades.subList(0, cut));
            TickSums rest = sums(trades.subList(cut, trades.size()));
            TickSums merged = new TickSums();
            merged.merge(rest);
            merged.merge(first);
            assertThat(merged).as("seed %d", SEED).isEqualTo(all).hasSameHashCodeAs(all);
            merged.subtract(first);
            assertThat(merged).as("seed %d", SEED).isEqualTo(rest).hasSameHashCodeAs(rest);
        }
    }

    @Test
    void aUsualMinuteTakesFewBytes() throws IOException {
        for (int i = 0; i < 50; i++) {
            add(cents(6_400_000 + texts.below(30_000)), eightDecimals());
        }
        assertThat(written(sums(trades))).hasSizeLessThan(34);
    }

    private void add(Decimal price, @Nullable Decimal size) {
        trades.add(new Trade(price, size));
    }

    private static TickSums sums(List<Trade> trades) {
        TickSums sums = new TickSums();
        for (Trade trade : trades) {
            Decimal price = trade.price;
            Decimal size = trade.size;
            if (size == null) {
                sums.add(price.units(), price.scale());
            } else {
                sums.add(price.units(), price.scale(), size.units(), size.scale());
            }
        }
        return sums;
    }

    private static Decimal cents(long cents) {
        return decimal(cents, 2);
    }

    private Decimal eightDecimals() {
        return decimal(1 + texts.below(200_000_000), 8);
    }

    /** The same size for both of two trades, but once in a while. */
    private Decimal oftenTheSame() {
        return decimal(texts.oneIn(4) ? 1 + texts.below(1000) : 500, 8);
    }

    private static Decimal whole(long units) {
        return new Decimal(units, 0);
    }

    private static Decimal decimal(long units, int scale) {
        return DecimalTexts.decimal(BigDecimal.valueOf(units, scale));
    }

    private static byte[] written(TickSums sums) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sums.writeTo(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static TickSums read(byte[] bytes) throws IOException {
        TickSums sums = new TickSums();
        sums.add(123, 1, 45, 2); // is replaced
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        sums.readFrom(in);
        assertThat(in.available()).isZero();
        return sums;
    }
}
