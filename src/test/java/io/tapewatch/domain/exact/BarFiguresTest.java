package io.tapewatch.domain.exact;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Generated;
import io.tapewatch.domain.window.Bar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The figures of bars, bit by bit, against sums and quotients of {@link BigInteger}s. */
class BarFiguresTest {

    private static final long SEED = 19290903;
    private static final int RUNS = Rounds.of(1_000);
    private static final BigDecimal UNITS = new BigDecimal(BigInteger.TWO.pow(192));

    /** What a bar may hold. */
    private enum Kind {
        USUAL,
        SHARES,
        ANY_MAGNITUDE,
        SMALLEST,
        LARGEST,
        EQUAL,
        NEIGHBOURS,
        CANCELLING,
        MANY_TICKS,
        MEAN_HALFWAY,
        MEAN_BESIDE_HALFWAY,
        DEVIATION_AT_OR_BESIDE_HALFWAY,
        VWAP_HALFWAY,
        VWAP_BESIDE_HALFWAY
    }

    private enum Figure {
        MEAN,
        STDDEV,
        VWAP
    }

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Generated generated = new Generated(SEED);

    private Kind kind;
    private Map<Figure, Integer> certain;
    private Map<Figure, Integer> uncertain;

    private Bar bar;
    private long count;
    private ExactSum prices;
    private ExactSum squaredPrices;
    private ExactSum sizes;
    private ExactSum turnovers;
    private BigInteger sumOfPrices;
    private BigInteger sumOfSquares;
    private BigInteger sumOfSizes;
    private BigInteger sumOfTurnovers;

    @BeforeEach
    void nothingIsCounted() {
        certain = new EnumMap<>(Figure.class);
        uncertain = new EnumMap<>(Figure.class);
    }

    @ParameterizedTest
    @EnumSource
    void everyFigureIsTheNearestDoubleHoweverItIsFound(Kind kind) {
        this.kind = kind;
        for (int run = 0; run < RUNS; run++) {
            clear();
            fill();
            check();
        }
        switch (kind) {
            case MEAN_HALFWAY -> assertThat(uncertain.get(Figure.MEAN)).isEqualTo(RUNS);
            case MEAN_BESIDE_HALFWAY -> assertBoth(Figure.MEAN);
            case DEVIATION_AT_OR_BESIDE_HALFWAY ->
                assertThat(uncertain.get(Figure.STDDEV)).isEqualTo(RUNS);
            case VWAP_HALFWAY -> assertThat(uncertain.get(Figure.VWAP)).isEqualTo(RUNS);
            case VWAP_BESIDE_HALFWAY -> assertBoth(Figure.VWAP);
            case MANY_TICKS -> {
                assertBoth(Figure.MEAN);
                assertBoth(Figure.STDDEV);
                assertThat(certain.get(Figure.VWAP)).isPositive();
            }
            default -> {
                assertThat(certain.get(Figure.MEAN)).isGreaterThan(RUNS / 2);
                assertThat(certain.get(Figure.STDDEV)).isGreaterThan(RUNS / 2);
                assertThat(certain.get(Figure.VWAP)).isGreaterThan(RUNS / 2);
            }
        }
    }

    private void fill() {
        int ticks = 2 + random.nextInt(30);
        double base = generated.positive();
        switch (kind) {
            case USUAL -> {
                for (int i = 0; i < ticks; i++) {
                    add(64_000 + random.nextInt(100) / 100.0, (1 + random.nextInt(200_000_000)) / 1e8);
                }
            }
            case SHARES -> {
                for (int i = 0; i < ticks; i++) {
                    add(100 + random.nextInt(300) / 100.0, 100 * (1 + random.nextInt(5)));
                }
            }
            case ANY_MAGNITUDE -> {
                for (int i = 0; i < ticks; i++) {
                    add(generated.signed(), generated.positive());
                }
            }
            case SMALLEST -> {
                for (int i = 0; i < ticks; i++) {
                    add(signed(1e-12 * (1 + random.nextInt(3))), 1e-12 * random.nextDouble(1, 2));
                }
            }
            case LARGEST -> {
                for (int i = 0; i < ticks; i++) {
                    add(signed(1e12 - random.nextInt(3)), 1e12 * random.nextDouble(0.5, 1));
                }
            }
            case EQUAL -> {
                for (int i = 0; i < ticks; i++) {
                    add(base, generated.positive());
                }
                assertThat(bar.stddev()).isEqualTo(0.0);
                assertThat(bar.mean()).isEqualTo(base);
                assertThat(bar.vwap()).isEqualTo(base);
            }
            case NEIGHBOURS -> {
                base = signed(inside(base));
                for (int i = 0; i < ticks; i++) {
                    add(base + random.nextInt(3) * Math.ulp(base), random.nextDouble(1, 2));
                }
            }
            case CANCELLING -> {
                for (int i = 0; i < ticks; i++) {
                    double price = generated.positive();
                    add(price, 1);
                    add(-price, 1);
                }
                add(generated.signed(), generated.positive());
            }
            case MANY_TICKS -> {
                for (int i = 0; i < ticks; i++) {
                    add(64_000 + random.nextInt(100) / 100.0, (1 + random.nextInt(200_000_000)) / 1e8);
                }
                for (int doubling = random.nextInt(58); doubling > 0; doubling--) {
                    doubleAll();
                }
            }
            case MEAN_HALFWAY -> {
                base = signed(inside(base));
                add(base, 1);
                add(Math.nextUp(base), 1);
            }
            case MEAN_BESIDE_HALFWAY -> {
                double price = random.nextDouble(1e6, 1e12);
                double share = random.nextInt(20) == 0 ? 0 : Math.scalb(1, -20 - random.nextInt(33));
                add(price, 1);
                add(Math.ulp(price) / 2 * (1 + signed(share)), 1);
            }
            case DEVIATION_AT_OR_BESIDE_HALFWAY -> {
                // Of x − d, x and x + d the deviation is d. Here d has 54 bits, the last one set, and x few.
                int j = random.nextInt(1 << 20);
                int k = random.nextInt(1 << 20) * 2 + 1 - j % 2;
                double x = (j - k) * 0x1p-20;
                add((0x1p53 + 2 * j) * 0x1p-20, 1);
                add(-(0x1p53 + 2 * k) * 0x1p-20, 1);
                add(random.nextBoolean() ? x : Math.nextUp(x), 1);
            }
            case VWAP_HALFWAY -> {
                base = signed(inside(base));
                double size = generated.positive();
                add(base, size);
                add(Math.nextUp(base), size);
            }
            case VWAP_BESIDE_HALFWAY -> {
                base = signed(inside(base));
                double size = inside(generated.positive());
                add(base, size);
                add(base + Math.ulp(base), size * (1 + signed(Math.scalb(1, -20 - random.nextInt(33)))));
            }
        }
    }

    private void check() {
        BigInteger n = BigInteger.valueOf(count);
        BigInteger one = units(BigDecimal.ONE);
        assertFigure("mean", bar.mean(), ExactDivision.quotient(sumOfPrices, n.multiply(one)));
        assertFigure(
                "stddev",
                bar.stddev(),
                ExactDivision.squareRoot(
                        n.multiply(sumOfSquares).multiply(one).subtract(sumOfPrices.pow(2)),
                        n.multiply(n.subtract(BigInteger.ONE)).multiply(one.pow(2))));
        assertFigure("vwap", bar.vwap(), ExactDivision.quotient(sumOfTurnovers, sumOfSizes));
        assertFigure("volume", bar.volume(), ExactDivision.quotient(sumOfSizes, one));
        assertFigure("turnover", bar.turnover(), ExactDivision.quotient(sumOfTurnovers, one));

        count(Figure.MEAN, DoubleDouble.quotient(prices.leadingUnits(), DoubleDouble.product(count, 1)));
        count(
                Figure.STDDEV,
                DoubleDouble.squareRoot(
                        squaredPrices.leadingSpread(count, prices), DoubleDouble.product(count, count - 1)));
        count(Figure.VWAP, DoubleDouble.quotient(turnovers.leadingUnits(), sizes.leadingUnits()));
    }

    private void assertFigure(String name, double figure, double expected) {
        assertThat(Double.doubleToRawLongBits(figure))
                .as("%s of %s, %s, not %s, seed %d", name, bar, figure, expected, SEED)
                .isEqualTo(Double.doubleToRawLongBits(expected));
    }

    private void count(Figure figure, double found) {
        (Double.isNaN(found) ? uncertain : certain).merge(figure, 1, Integer::sum);
    }

    private void assertBoth(Figure figure) {
        assertThat(certain.get(figure)).as("certain").isGreaterThan(RUNS / 20);
        assertThat(uncertain.get(figure)).as("uncertain").isGreaterThan(RUNS / 20);
    }

    private void clear() {
        bar = new Bar();
        count = 0;
        prices = new ExactSum();
        squaredPrices = new ExactSum();
        sizes = new ExactSum();
        turnovers = new ExactSum();
        sumOfPrices = BigInteger.ZERO;
        sumOfSquares = BigInteger.ZERO;
        sumOfSizes = BigInteger.ZERO;
        sumOfTurnovers = BigInteger.ZERO;
    }

    private void add(double price, double size) {
        bar.add(tick("X").at(count).offset(count).price(price).size(size).tick());
        count++;
        prices.add(price);
        squaredPrices.addProduct(price, price);
        sizes.add(size);
        turnovers.addProduct(price, size);
        BigDecimal exactPrice = new BigDecimal(price);
        BigDecimal exactSize = new BigDecimal(size);
        sumOfPrices = sumOfPrices.add(units(exactPrice));
        sumOfSquares = sumOfSquares.add(units(exactPrice.pow(2)));
        sumOfSizes = sumOfSizes.add(units(exactSize));
        sumOfTurnovers = sumOfTurnovers.add(units(exactPrice.multiply(exactSize)));
    }

    private void doubleAll() {
        bar.merge(bar.copy());
        count *= 2;
        prices.add(prices);
        squaredPrices.add(squaredPrices);
        sizes.add(sizes);
        turnovers.add(turnovers);
        sumOfPrices = sumOfPrices.shiftLeft(1);
        sumOfSquares = sumOfSquares.shiftLeft(1);
        sumOfSizes = sumOfSizes.shiftLeft(1);
        sumOfTurnovers = sumOfTurnovers.shiftLeft(1);
    }

    private double signed(double magnitude) {
        return random.nextBoolean() ? magnitude : -magnitude;
    }

    /** So far from the ends of the range that its neighbours are in it. */
    private static double inside(double positive) {
        return Math.min(0.9e12, Math.max(1.1e-12, positive));
    }

    private static BigInteger units(BigDecimal value) {
        return value.multiply(UNITS).toBigIntegerExact();
    }
}
