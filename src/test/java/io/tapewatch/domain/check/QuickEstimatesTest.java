package io.tapewatch.domain.check;

import static io.tapewatch.domain.Ticks.tick;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.check.MetricValues.Measure;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.DecimalTexts;
import io.tapewatch.domain.exact.Limit;
import io.tapewatch.domain.exact.Quotient;
import io.tapewatch.domain.quote.QuoteAtTrade;
import io.tapewatch.domain.rule.Metric;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Estimates never contradict the exact value, in plain decimals: at limits that are the value, at those beside it by a unit of the
 * last digit, and at others.
 */
class QuickEstimatesTest {

    private static final int ROUNDS = Rounds.of(40_000);
    private static final long SEED = 20;
    private static final long NOON = 1_700_000_000_000L;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final DecimalTexts texts = new DecimalTexts(SEED);
    private final AtHand atHand = new AtHand();
    private final QuickEstimates quick = new QuickEstimates(atHand);
    private final MetricFormulas formulas = new MetricFormulas(atHand);
    private final Quotient quotient = new Quotient();

    private final List<Tick> before = new ArrayList<>();
    private final List<Side> sides = new ArrayList<>();
    private final TrailingWindow window = new TrailingWindow(60_000);
    private Tick now;
    private Side side;

    @ParameterizedTest
    @EnumSource(names = {"VWAP_DEVIATION_PCT", "BUY_PCT"})
    void anEstimateThatTellsTellsTheTruth(Metric metric) {
        int[] compared = new int[3];
        int told = 0;
        int nearAndUntold = 0;
        for (int round = 0; round < ROUNDS; round++) {
            makeUp(metric);
            NaiveValue value = metric == Metric.BUY_PCT ? bought() : vwapDeviation();
            double estimate = quick.of(metric, window.cells());
            quotient.clear();
            formulas.measure(measure(metric), window, quotient);
            String name = "seed %s, round %s, %s after %s %s".formatted(SEED, round, now, before, sides);
            assertThat(quotient.hasValue()).as(name).isEqualTo(value != null);
            if (value == null) {
                assertThat(estimate).as(name).isNaN();
                continue;
            }
            for (Decimal decimal : limits(value)) {
                Limit limit = Limit.of(decimal);
                double subtracted = QuickEstimates.subtracted(metric);
                int expected = value.compareTo(decimal);
                String withLimit = name + ", limit " + decimal + ", estimate " + estimate;
                assertThat(quotient.compareTo(limit)).as(withLimit).isEqualTo(expected);
                compared[expected + 1]++;
                if (estimate < limit.surelyBelow(subtracted)) {
                    assertThat(expected).as(withLimit).isEqualTo(-1);
                    told++;
                } else if (estimate > limit.surelyAbove(subtracted)) {
                    assertThat(expected).as(withLimit).isEqualTo(1);
                    told++;
                } else {
                    nearAndUntold++;
                }
            }
        }
        assertThat(Arrays.stream(compared).min().orElseThrow())
                .as("below, at and above the limit: %s", Arrays.toString(compared))
                .isGreaterThan(ROUNDS / 20);
        assertThat(told).as("told, and %s not", nearAndUntold).isGreaterThan(ROUNDS / 2);
        assertThat(nearAndUntold).isGreaterThan(ROUNDS / 2);
    }

    @Test
    void aLimitThatIsNotNearIsToldAtOnceAtUsualPrices() {
        for (String limit : List.of("-2", "-0.001", "0.001", "2")) {
            begin(Metric.VWAP_DEVIATION_PCT);
            add("64250.12", "0.5", Side.BUY);
            add("64250.12", "1.25", Side.SELL);
            move("64250.12", "1", Side.BUY);
            double estimate = quick.of(Metric.VWAP_DEVIATION_PCT, window.cells());
            Limit of = Limit.of(Decimal.of(limit));
            assertThat(estimate < of.surelyBelow(100) || estimate > of.surelyAbove(100))
                    .as("limit %s, estimate %s", limit, estimate)
                    .isTrue();
        }
    }

    /** Ticks at all scales; their prices are often one price, so that the average is it. */
    private void makeUp(Metric metric) {
        begin(metric);
        Decimal price = texts.positive();
        for (int i = 1 + texts.below(5); i > 0; i--) {
            Decimal other = texts.oneIn(4) ? texts.oneIn(2) ? texts.decimal() : texts.positive() : price;
            add(other.toString(), texts.oneIn(12) ? null : size(), anySide());
        }
        BigDecimal moved = price.toBigDecimal()
                .multiply(BigDecimal.valueOf(100_000 + texts.below(20_001) - 10_000))
                .movePointLeft(5);
        Decimal last =
                switch (texts.below(5)) {
                    case 0 -> price;
                    case 1 -> texts.decimal();
                    default -> DecimalTexts.fits(moved) ? DecimalTexts.decimal(moved) : price;
                };
        move(last.toString(), texts.oneIn(6) ? null : size(), anySide());
    }

    private String size() {
        return texts.oneIn(12)
                ? "0"
                : texts.oneIn(2)
                        ? Integer.toString(1 + texts.below(9))
                        : texts.positive().toString();
    }

    private Side anySide() {
        return texts.oneIn(8) ? null : texts.oneIn(2) ? Side.BUY : Side.SELL;
    }

    /** A limit that is the value, or as near as can be; those beside it; and a usual one. */
    private List<Decimal> limits(NaiveValue value) {
        List<Decimal> limits = new ArrayList<>();
        limits.add(Decimal.of(Integer.toString(texts.below(201) - 100)));
        value.asLimit().or(value::asNearLimit).ifPresent(near -> {
            limits.add(near);
            BigDecimal exact = near.toBigDecimal();
            for (BigDecimal unit : List.of(exact.ulp(), new BigDecimal("1e-18"))) {
                for (BigDecimal beside : List.of(exact.add(unit), exact.subtract(unit))) {
                    if (DecimalTexts.fits(beside)) {
                        limits.add(DecimalTexts.decimal(beside));
                    }
                }
            }
        });
        return limits;
    }

    private NaiveValue vwapDeviation() {
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal turnover = BigDecimal.ZERO;
        for (Tick each : before) {
            if (each.hasSize()) {
                BigDecimal size = each.size().toBigDecimal();
                volume = volume.add(size);
                turnover = turnover.add(each.price().toBigDecimal().multiply(size));
            }
        }
        BigDecimal change = now.price().toBigDecimal().multiply(volume).subtract(turnover);
        return volume.signum() == 0 ? null : NaiveValue.quotient(change.multiply(HUNDRED), turnover);
    }

    private NaiveValue bought() {
        BigDecimal bought = BigDecimal.ZERO;
        BigDecimal all = BigDecimal.ZERO;
        for (int i = 0; i <= before.size(); i++) {
            Tick each = i == before.size() ? now : before.get(i);
            Side of = i == before.size() ? side : sides.get(i);
            if (each.hasSize() && of != null) {
                BigDecimal size = each.size().toBigDecimal();
                all = all.add(size);
                bought = of == Side.BUY ? bought.add(size) : bought;
            }
        }
        return NaiveValue.quotient(bought.multiply(HUNDRED), all);
    }

    private static Measure measure(Metric metric) {
        return new Measure(metric, Aspects.of(metric), 0, 60_000, -1, 0);
    }

    private void begin(Metric metric) {
        before.clear();
        sides.clear();
        while (!window.cells().isEmpty()) {
            window.cells().dropOldest();
        }
        long[] always = new long[Aspects.ALL.length];
        Arrays.fill(always, Long.MIN_VALUE);
        window.cells().need(Aspects.of(metric), always);
    }

    private void add(String price, String size, Side of) {
        Tick tick = ticked(price, size);
        before.add(tick);
        sides.add(of);
        window.cells().add(NOON, tick, Double.NaN, of);
    }

    private void move(String price, String size, Side of) {
        now = ticked(price, size);
        side = of;
        atHand.moveTo(now, new QuoteAtTrade(null, of), Instrument.unknown("X"), new SymbolHistory(), Rules.NO_CLOSES);
    }

    private static Tick ticked(String price, String size) {
        return size == null
                ? tick("X").at(NOON).price(price).tick()
                : tick("X").at(NOON).price(price).size(size).tick();
    }
}
