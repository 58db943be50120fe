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

    /** Whether it is met by what is beyond the limit alone, and not by the limit itself. */
    public boolean isStrict() {
        return this == ABOVE || this == BELOW;
    }

    /** Whether a value goes further beyond the limit than another one. */
    public boolean isMoreExtreme(double value, double other) {
        return this == ABOVE || this == AT_LEAST ? value > other : value < other;
    }

    /**
     * Whether a value that was compared with the limit compares so with it.
     *
     * @param compared above zero if the value is above the limit, zero if it is the limit, below zero if it is below
     */
    public boolean holds(int compared) {
        return switch (this) {
            case ABOVE -> compared > 0;
            case AT_LEAST -> compared >= 0;
            case BELOW -> compared < 0;
            case AT_MOST -> compared <= 0;
        };
    }
}
