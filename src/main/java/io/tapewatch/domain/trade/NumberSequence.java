package io.tapewatch.domain.trade;

import io.tapewatch.domain.Tick;

/** Which ticks a feed numbers in one sequence without gaps. */
public enum NumberSequence {
    /** None: numbers say nothing about what is missing. */
    NONE("none"),
    /** The ticks of each symbol. */
    SYMBOL("symbol"),
    /** The ticks of each partition, whatever their symbols. */
    PARTITION("partition");

    /** What {@link #of} is for a tick without a number. */
    public static final long NO_NUMBER = -1;

    /** A text with more digits is no number: ids of that length are drawn, not counted. */
    private static final int MOST_DIGITS = 15;

    private final String word;

    NumberSequence(String word) {
        this.word = word;
    }

    /**
     * The number of a tick in its sequence: its {@code seq}, or without one its {@code id} if that is a whole number of at most
     * 15 digits, or {@link #NO_NUMBER}. Negative numbers are none.
     */
    public static long of(Tick tick) {
        if (tick.hasSeq()) {
            return tick.seq() < 0 || tick.seq() == Long.MAX_VALUE ? NO_NUMBER : tick.seq();
        }
        String id = tick.id();
        if (id == null || id.isEmpty() || id.length() > MOST_DIGITS) {
            return NO_NUMBER;
        }
        long number = 0;
        for (int i = 0; i < id.length(); i++) {
            int digit = id.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return NO_NUMBER;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    @Override
    public String toString() {
        return word;
    }
}
