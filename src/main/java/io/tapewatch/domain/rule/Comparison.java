package io.tapewatch.domain.rule;

/** How a condition compares its metric with its limit. */
public enum Comparison {
    ABOVE(">"),
    AT_LEAST(">="),
    BELOW("<"),
    AT_MOST("<=");

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    /** How rules and flags spell it: {@code >=}. */
    public String sign() {
        return sign;
    }

    /** What holds of a number exactly when this does not. */
    public Comparison inverted() {
        return switch (this) {
            case ABOVE -> AT_MOST;
            case AT_LEAST -> BELOW;
            case BELOW -> AT_LEAST;
            case AT_MOST -> ABOVE;
        };
    }

    /** Whether a value goes further beyond the limit than another one. */
    public boolean isMoreExtreme(double value, double other) {
        return this == ABOVE || this == AT_LEAST ? value > other : value < other;
    }

    /** Whether the value compares so with the limit; never for NaN, which stands for no value. */
    public boolean holds(double value, double limit) {
        return switch (this) {
            case ABOVE -> value > limit;
            case AT_LEAST -> value >= limit;
            case BELOW -> value < limit;
            case AT_MOST -> value <= limit;
        };
    }
}
