package io.tapewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapewatch.bench.PairedRatios.Verdict;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class PairedRatiosTest {

    private static final BigDecimal THREE_PERCENT = BigDecimal.valueOf(3);

    /**
     * The logarithms of ten ratios are twice −0.02, −0.01, 0, 0.01 and 0.02. So their mean is 0, the sum of their squares
     * 0.0020, their deviation √(0.0020 / 9) = 0.0149071, and that of the mean 0.0149071 / √10 = 0.0047140. The table of
     * Student's t says 2.262 for nine degrees of freedom and 95 %.
     */
    @Test
    void theIntervalIsThatOfStudent() {
        PairedRatios ratios = of(0, -0.02, -0.01, 0, 0.01, 0.02, -0.02, -0.01, 0, 0.01, 0.02);
        assertThat(ratios.ratio()).isCloseTo(1, within(1e-12));
        assertThat(Math.log(ratios.low())).isCloseTo(-2.262 * 0.0047140, within(1e-5));
        assertThat(Math.log(ratios.high())).isCloseTo(2.262 * 0.0047140, within(1e-5));
        assertThat(ratios.told(THREE_PERCENT, true))
                .isEqualTo("ratio 1.000, 95 % interval 0.989 to 1.011, 10 pairs: not worse than 3 %");
    }

    /** Of three: the deviation is 0.01, and the table says 4.303 for two degrees of freedom. */
    @Test
    void fewPairsHaveALongInterval() {
        PairedRatios ratios = of(0, -0.01, 0, 0.01);
        assertThat(Math.log(ratios.high())).isCloseTo(4.303 * 0.01 / Math.sqrt(3), within(1e-5));
    }

    @Test
    void theRatioIsTheGeometricMean() {
        PairedRatios ratios = new PairedRatios();
        ratios.add(100, 200);
        ratios.add(100, 50);
        ratios.add(10, 10);
        assertThat(ratios.ratio()).isCloseTo(1, within(1e-12));
    }

    @Test
    void theVerdictIsThatOfTheWholeInterval() {
        assertThat(around(1.00).verdict(THREE_PERCENT, true)).isEqualTo(Verdict.NOT_WORSE);
        assertThat(around(0.80).verdict(THREE_PERCENT, true)).isEqualTo(Verdict.NOT_WORSE);
        assertThat(around(1.03).verdict(THREE_PERCENT, true)).isEqualTo(Verdict.UNKNOWN);
        assertThat(around(1.06).verdict(THREE_PERCENT, true)).isEqualTo(Verdict.WORSE);
        assertThat(around(1.06).verdict(BigDecimal.TEN, true)).isEqualTo(Verdict.NOT_WORSE);
    }

    @Test
    void moreIsBetterForTicksASecond() {
        assertThat(around(1.00).verdict(THREE_PERCENT, false)).isEqualTo(Verdict.NOT_WORSE);
        assertThat(around(1.20).verdict(THREE_PERCENT, false)).isEqualTo(Verdict.NOT_WORSE);
        assertThat(around(0.97).verdict(THREE_PERCENT, false)).isEqualTo(Verdict.UNKNOWN);
        assertThat(around(0.94).verdict(THREE_PERCENT, false)).isEqualTo(Verdict.WORSE);
    }

    @Test
    void theVerdictIsToldInWords() {
        assertThat(around(1.06).told(new BigDecimal("2.50"), true))
                .isEqualTo("ratio 1.060, 95 % interval 1.049 to 1.071, 10 pairs: worse than 2.5 %");
        assertThat(around(1.03).told(THREE_PERCENT, true))
                .isEqualTo("ratio 1.030, 95 % interval 1.019 to 1.041, 10 pairs: cannot be told: take more pairs");
        assertThat(of(0, 0, 0.01).told(BigDecimal.TEN, true))
                .isEqualTo("ratio 1.005, 95 % interval unknown, 2 pairs: cannot be told: take more pairs");
    }

    /** Ten pairs whose interval is some 1.1 % to each side. */
    private static PairedRatios around(double ratio) {
        return of(Math.log(ratio), -0.02, -0.01, 0, 0.01, 0.02, -0.02, -0.01, 0, 0.01, 0.02);
    }

    private static PairedRatios of(double log, double... besides) {
        PairedRatios ratios = new PairedRatios();
        for (double each : besides) {
            ratios.add(1000, 1000 * Math.exp(log + each));
        }
        return ratios;
    }
}
