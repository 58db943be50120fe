package io.tapewatch.domain.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Made-up figures of rules with a limit each, and what they are in {@link BigDecimal}s. A third of the limits are hit
 * exactly, and a third are missed by next to nothing.
 */
final class RuleFigures {

    private static final BigDecimal HUNDRED = new BigDecimal("100");
    private static final BigDecimal TEN_THOUSAND = new BigDecimal("10000");

    /** What a rule may ask for. */
    enum Figure {
        CHANGE,
        CHANGE_FROM_AVERAGE,
        SPREAD,
        OUTSIDE,
        EFFECTIVE_SPREAD,
        MID,
        NUMBER,
        NOTIONAL,
        TURNOVER,
        SUM,
        SHARE_OF_SUM,
        SIZE_TO_MEAN,
        SUMS_OF_LENGTHS,
        COUNTS_OF_LENGTHS
    }

    private final DecimalTexts texts;
    private final Quotient quotient;

    private Decimal limitAsRead = Decimal.ZERO;
    private BigDecimal limit = BigDecimal.ZERO;
    private BigDecimal numerator = BigDecimal.ZERO;
    private BigDecimal denominator = BigDecimal.ONE;

    /** @param quotient takes each figure */
    RuleFigures(long seed, Quotient quotient) {
        texts = new DecimalTexts(seed);
        this.quotient = quotient;
    }

    Decimal limit() {
        return limitAsRead;
    }

    BigDecimal numerator() {
        return numerator;
    }

    BigDecimal denominator() {
        return denominator;
    }

    /** Makes up the next one. */
    void next(Figure figure) {
        limitAsRead = anyLimit();
        limit = limitAsRead.toBigDecimal();
        fill(figure);
    }

    private void fill(Figure figure) {
        switch (figure) {
            case CHANGE -> {
                Decimal base = texts.oneIn(10) ? texts.decimal() : texts.positive();
                BigDecimal exact = base.toBigDecimal();
                Decimal price = near(exact.add(exact.multiply(percent(limit))));
                change(price, base);
                is(price.toBigDecimal().subtract(exact).multiply(HUNDRED), exact);
            }
            case CHANGE_FROM_AVERAGE -> {
                WideDecimal turnover = WideDecimal.sumOfProducts();
                WideDecimal volume = WideDecimal.sum();
                BigDecimal exactTurnover = BigDecimal.ZERO;
                BigDecimal exactVolume = BigDecimal.ZERO;
                Decimal at = texts.positive();
                for (int i = texts.below(4); i > 0; i--) {
                    at = texts.oneIn(4) ? texts.positive() : at;
                    Decimal size = texts.oneIn(10) ? Decimal.ZERO : texts.positive();
                    turnover.addProduct(at.units(), at.scale(), size.units(), size.scale());
                    volume.add(size.units(), size.scale());
                    exactTurnover = exactTurnover.add(at.toBigDecimal().multiply(size.toBigDecimal()));
                    exactVolume = exactVolume.add(size.toBigDecimal());
                }
                BigDecimal average = exactVolume.signum() == 0
                        ? BigDecimal.ONE
                        : exactTurnover.divide(exactVolume, 18, RoundingMode.HALF_EVEN);
                Decimal price = near(average.add(average.multiply(percent(limit))));
                PercentChange.fromAverage(price.units(), price.scale(), turnover, volume, quotient);
                is(
                        price.toBigDecimal()
                                .multiply(exactVolume)
                                .subtract(exactTurnover)
                                .multiply(HUNDRED),
                        exactTurnover);
            }
            case SPREAD -> {
                BigDecimal mid = texts.positive().toBigDecimal();
                BigDecimal half = mid.multiply(percent(percent(limit))).divide(BigDecimal.valueOf(2));
                Decimal bid = near(mid.subtract(half));
                Decimal ask = near(mid.add(half));
                MidShare.spread(bid.units(), bid.scale(), ask.units(), ask.scale(), quotient);
                isOfMid(ask.toBigDecimal().subtract(bid.toBigDecimal()), bid, ask);
            }
            case OUTSIDE -> {
                Decimal bid = texts.oneIn(5) ? texts.decimal() : texts.positive();
                Decimal ask = texts.oneIn(5) ? texts.decimal() : near(bid.toBigDecimal());
                BigDecimal mid = mid(bid, ask);
                BigDecimal distance = mid.multiply(percent(percent(limit)));
                Decimal price = near(
                        texts.oneIn(2)
                                ? ask.toBigDecimal().add(distance)
                                : bid.toBigDecimal().subtract(distance));
                MidShare.outside(
                        price.units(), price.scale(), bid.units(), bid.scale(), ask.units(), ask.scale(), quotient);
                BigDecimal above = price.toBigDecimal().subtract(ask.toBigDecimal());
                BigDecimal below = bid.toBigDecimal().subtract(price.toBigDecimal());
                isOfMid(above.signum() > 0 ? above : below.max(BigDecimal.ZERO), bid, ask);
            }
            case EFFECTIVE_SPREAD -> {
                Decimal bid = texts.positive();
                Decimal ask = texts.oneIn(5) ? texts.decimal() : near(bid.toBigDecimal());
                BigDecimal mid = mid(bid, ask);
                BigDecimal half = mid.multiply(percent(percent(limit))).divide(BigDecimal.valueOf(2));
                Decimal price = near(texts.oneIn(2) ? mid.add(half) : mid.subtract(half));
                MidShare.effectiveSpread(
                        price.units(), price.scale(), bid.units(), bid.scale(), ask.units(), ask.scale(), quotient);
                isOfMid(price.toBigDecimal().subtract(mid).abs().multiply(BigDecimal.valueOf(2)), bid, ask);
                assertThat(compareWithMid(price, bid, ask))
                        .isEqualTo(price.toBigDecimal().compareTo(mid));
            }
            case MID -> {
                Decimal bid = texts.decimal();
                Decimal ask = near(limit.multiply(BigDecimal.valueOf(2)).subtract(bid.toBigDecimal()));
                MidShare.mid(bid.units(), bid.scale(), ask.units(), ask.scale(), quotient);
                is(bid.toBigDecimal().add(ask.toBigDecimal()), BigDecimal.valueOf(2));
            }
            case NUMBER -> {
                Decimal number = near(limit);
                quotient.set(number.units(), number.scale());
                is(number.toBigDecimal(), BigDecimal.ONE);
            }
            case NOTIONAL -> {
                Decimal price = part(limit);
                Decimal size = near(limit.divide(price.toBigDecimal(), 18, RoundingMode.HALF_EVEN));
                Decimal multiplier = texts.oneIn(2) ? Decimal.ONE : Decimal.of("0.000000001");
                Amount.notional(
                        price.units(),
                        price.scale(),
                        size.units(),
                        size.scale(),
                        multiplier.units(),
                        multiplier.scale(),
                        quotient);
                is(
                        price.toBigDecimal().multiply(size.toBigDecimal()).multiply(multiplier.toBigDecimal()),
                        BigDecimal.ONE);
            }
            case TURNOVER -> {
                Decimal price = part(limit);
                Decimal size = near(limit.divide(price.toBigDecimal(), 18, RoundingMode.HALF_EVEN));
                Decimal multiplier = texts.oneIn(2) ? Decimal.ONE : Decimal.of("0.000000001");
                WideDecimal turnover = WideDecimal.sumOfProducts();
                turnover.addProduct(price.units(), price.scale(), size.units(), size.scale());
                Amount.turnover(turnover, multiplier.units(), multiplier.scale(), quotient);
                BigDecimal exact =
                        price.toBigDecimal().multiply(size.toBigDecimal()).multiply(multiplier.toBigDecimal());
                is(exact, BigDecimal.ONE);
                assertThat(Amount.turnover(turnover, multiplier.units(), multiplier.scale())
                                .toBigDecimal())
                        .isEqualByComparingTo(exact);
            }
            case SUM -> {
                Decimal first = texts.decimal();
                Decimal second = near(limit.subtract(first.toBigDecimal()));
                quotient.set(second.units(), second.scale());
                quotient.numerator().add(sum(first));
                is(first.toBigDecimal().add(second.toBigDecimal()), BigDecimal.ONE);
            }
            case SHARE_OF_SUM -> {
                Decimal all = texts.positive();
                Decimal part = near(all.toBigDecimal().multiply(percent(limit)));
                Ratio.ofSums(sum(part), 100, sum(all), 1, quotient);
                is(part.toBigDecimal().multiply(HUNDRED), all.toBigDecimal());
            }
            case SIZE_TO_MEAN -> {
                long count = texts.oneIn(2) ? 1L << texts.below(10) : 1 + texts.below(1000);
                Decimal sizes = texts.positive();
                Decimal size = near(limit.multiply(sizes.toBigDecimal())
                        .divide(BigDecimal.valueOf(count), 18, RoundingMode.HALF_EVEN));
                Ratio.toMean(size.units(), size.scale(), sum(sizes), count, quotient);
                is(size.toBigDecimal().multiply(BigDecimal.valueOf(count)), sizes.toBigDecimal());
            }
            case SUMS_OF_LENGTHS -> {
                long over = 60_000L * (1 + texts.below(10));
                long baseline = 3_600_000L * (1 + texts.below(24));
                BigDecimal times = BigDecimal.valueOf(baseline);
                Decimal usual = texts.positive();
                BigDecimal scaled = usual.toBigDecimal().multiply(BigDecimal.valueOf(over));
                Decimal volume = near(limit.multiply(scaled).divide(times, 18, RoundingMode.HALF_EVEN));
                Ratio.ofSums(sum(volume), baseline, sum(usual), over, quotient);
                is(volume.toBigDecimal().multiply(times), scaled);
            }
            case COUNTS_OF_LENGTHS -> {
                long over = 60_000L * (1 + texts.below(10));
                long baseline = 60_000L * (1 + texts.below(24));
                long usual = 1 + texts.below(100_000);
                BigDecimal scaled = BigDecimal.valueOf(usual).multiply(BigDecimal.valueOf(over));
                long count = Math.max(
                        0,
                        Math.min(
                                1_000_000_000_000L,
                                limit.multiply(scaled)
                                        .divide(BigDecimal.valueOf(baseline), 0, RoundingMode.HALF_EVEN)
                                        .longValue()));
                Ratio.ofCounts(count, baseline, usual, over, quotient);
                is(BigDecimal.valueOf(count).multiply(BigDecimal.valueOf(baseline)), scaled);
            }
        }
    }

    @Override
    public String toString() {
        return "%s / %s and %s".formatted(numerator, denominator, limit);
    }

    private void change(Decimal price, Decimal base) {
        PercentChange.of(price.units(), price.scale(), base.units(), base.scale(), quotient);
    }

    private static int compareWithMid(Decimal price, Decimal bid, Decimal ask) {
        return MidShare.compareWithMid(
                price.units(), price.scale(), bid.units(), bid.scale(), ask.units(), ask.scale());
    }

    private static WideDecimal sum(Decimal number) {
        WideDecimal sum = WideDecimal.sum();
        sum.add(number.units(), number.scale());
        return sum;
    }

    private void is(BigDecimal exactNumerator, BigDecimal exactDenominator) {
        numerator = exactNumerator;
        denominator = exactDenominator;
    }

    private void isOfMid(BigDecimal part, Decimal bid, Decimal ask) {
        is(part.multiply(TEN_THOUSAND), mid(bid, ask));
    }

    private static BigDecimal mid(Decimal bid, Decimal ask) {
        return bid.toBigDecimal().add(ask.toBigDecimal()).divide(BigDecimal.valueOf(2));
    }

    private static BigDecimal percent(BigDecimal number) {
        return number.movePointLeft(2);
    }

    /** A limit as people write them, or any. */
    private Decimal anyLimit() {
        return switch (texts.below(6)) {
            case 0 -> texts.decimal();
            case 1 -> Decimal.ZERO;
            case 2 -> Decimal.of("0." + (1 + texts.below(99)));
            case 3 -> Decimal.of("-" + (1 + texts.below(40)) + ".5");
            default -> Decimal.of(Integer.toString(1 + texts.below(200)));
        };
    }

    /** A number that divides the limit without a rest, most of the time. */
    private Decimal part(BigDecimal of) {
        return switch (texts.below(4)) {
            case 0 -> texts.positive();
            case 1 -> Decimal.of("0.125");
            case 2 -> of.signum() == 0 ? Decimal.ONE : DecimalTexts.decimal(of.abs());
            default -> Decimal.ONE;
        };
    }

    /** That number, or one beside it by a unit of its last digit or of the last that there is, or any other. */
    private Decimal near(BigDecimal exact) {
        BigDecimal near =
                switch (texts.below(9)) {
                    case 0, 1, 2, 3 -> exact;
                    case 4 -> exact.add(exact.ulp());
                    case 5 -> exact.subtract(exact.ulp());
                    case 6 -> exact.add(new BigDecimal("1e-18"));
                    case 7 -> exact.subtract(new BigDecimal("1e-18"));
                    default -> texts.decimal().toBigDecimal();
                };
        return DecimalTexts.fits(near) ? DecimalTexts.decimal(near) : rounded(near);
    }

    /** A number with too many digits as near as there is one. */
    private Decimal rounded(BigDecimal number) {
        DecimalReader reader = new DecimalReader();
        return reader.read(number.toString()) == DecimalReader.Outcome.READ
                ? new Decimal(reader.units(), reader.scale())
                : texts.decimal();
    }
}
