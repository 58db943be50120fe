package io.tapewatch.bench;

import java.math.BigDecimal;
import java.util.Locale;
import org.openjdk.jmh.util.ListStatistics;

/**
 * What pairs of runs say of two builds: the geometric mean of the ratios, and the interval in which the true ratio is with a
 * confidence of 95 %, by Student's t distribution of the ratios' logarithms.
 */
final class PairedRatios {

    private static final double CONFIDENCE = 0.95;

    private final ListStatistics logs = new ListStatistics();

    /** What the ratio says about the build that is judged. */
    enum Verdict {
        NOT_WORSE,
        WORSE,
        UNKNOWN
    }

    /**
     * Adds a pair.
     *
     * @param base what the build came to that is compared with
     * @param judged what the build came to that is judged
     */
    void add(double base, double judged) {
        logs.addValue(Math.log(judged / base));
    }

    double ratio() {
        return Math.exp(logs.getMean());
    }

    /** The lower end of the interval, NaN of fewer than three pairs. */
    double low() {
        return Math.exp(logs.getConfidenceIntervalAt(CONFIDENCE)[0]);
    }

    /** The upper end. */
    double high() {
        return Math.exp(logs.getConfidenceIntervalAt(CONFIDENCE)[1]);
    }

    /**
     * Whether the whole interval is on one side of the bound.
     *
     * @param bound by how many percent the build may be worse
     */
    Verdict verdict(BigDecimal bound, boolean isLowerBetter) {
        double share = bound.doubleValue() / 100;
        boolean notWorse = isLowerBetter ? high() <= 1 + share : low() >= 1 - share;
        boolean worse = isLowerBetter ? low() > 1 + share : high() < 1 - share;
        return notWorse ? Verdict.NOT_WORSE : worse ? Verdict.WORSE : Verdict.UNKNOWN;
    }

    /** The ratio, its interval and the verdict in words. */
    String told(BigDecimal bound, boolean isLowerBetter) {
        String percent = bound.stripTrailingZeros().toPlainString();
        String words =
                switch (verdict(bound, isLowerBetter)) {
                    case NOT_WORSE -> "not worse than " + percent + " %";
                    case WORSE -> "worse than " + percent + " %";
                    case UNKNOWN -> "cannot be told: take more pairs";
                };
        String interval = Double.isNaN(low())
                ? "95 % interval unknown"
                : String.format(Locale.ROOT, "95 %% interval %.3f to %.3f", low(), high());
        return String.format(Locale.ROOT, "ratio %.3f, %s, %d pairs: %s", ratio(), interval, logs.getN(), words);
    }
}
