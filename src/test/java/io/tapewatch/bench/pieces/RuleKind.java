package io.tapewatch.bench.pieces;

import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Severity;
import java.util.List;

/** What rules check. None of them is ever met. */
public enum RuleKind {
    simple(Metric.PRICE, Metric.SIZE, Metric.NOTIONAL, Metric.TICK_CHANGE_PCT, Metric.GAP_SECONDS),
    changePct(Metric.CHANGE_PCT),
    windowed(
            Metric.CHANGE_PCT,
            Metric.RANGE_PCT,
            Metric.FROM_HIGH_PCT,
            Metric.FROM_LOW_PCT,
            Metric.COUNT,
            Metric.VOLUME,
            Metric.TURNOVER,
            Metric.VWAP_DEVIATION_PCT,
            Metric.SIZE_RATIO),
    returnZScore(Metric.RETURN_Z_SCORE),
    volumeRatio(Metric.VOLUME_RATIO);

    /** The window of the rules, in milliseconds. */
    static final long OVER = 300_000;

    /** The window that it is compared with. */
    static final long BASELINE = 3_600_000;

    private final Metric[] metrics;

    RuleKind(Metric... metrics) {
        this.metrics = metrics;
    }

    /** One of them: the metrics take turns. */
    Rule rule(int number) {
        Metric metric = metrics[number % metrics.length];
        Condition never = new Condition(
                metric,
                metric.isWindowed() ? OVER : Condition.NO_OVER,
                metric.isCompared() ? BASELINE : Condition.NO_OVER,
                Comparison.ABOVE,
                new Decimal(1_000_000_000_000_000L + number, 0));
        return new Rule(
                "rule-" + number,
                1,
                Rule.Status.ACTIVE,
                "",
                Rule.On.TRADE,
                List.of("*"),
                List.of(),
                List.of(),
                List.of(),
                Severity.MEDIUM,
                0,
                0,
                null,
                Rule.ALWAYS,
                Rule.FOR_EVER,
                never);
    }
}
