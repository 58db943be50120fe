package io.tapewatch.io.kafka;

import io.tapewatch.domain.Instrument;

/** How many bytes the largest records take that the job writes: topics and producers must have room for them. */
public final class LargestRecords {

    /** The most bytes of a dead letter besides its key and value: headers, and what Kafka adds. */
    private static final int DEAD_LETTER_ROOM = 4 * 1024;

    /**
     * The most bytes of a flag besides the texts of its tick: evidence, most extreme values, message, numbers, and what
     * Kafka adds. A number near the greatest or the least double has more than 300 digits.
     */
    private static final int FLAG_ROOM = 64 * 1024;

    /** The most bytes of a trade beside its quote, besides the trade's id: figures, and what Kafka adds. */
    private static final int QUOTED_TRADE_ROOM = 4 * 1024;

    /** The most bytes of a character: in UTF-8 4, escaped by JSON 2, as an instrument's texts hold no control characters. */
    private static final int CHARACTER_BYTES = 4;

    /** The most bytes of what is known about an instrument: its five texts, its multiplier, and their names. */
    private static final int INSTRUMENT_BYTES = 5 * Instrument.MAX_TEXT * CHARACTER_BYTES + 128;

    /**
     * The most bytes of a symbol in a list of movers: its name of up to 64 characters, its figures, and theirs. The largest
     * figure is a turnover: up to 91 digits, or 109 of prices and sizes at both ends of their range times a multiplier.
     */
    private static final int MOVER_BYTES = 640;

    /** The most bytes of movers besides their lists: window, times, and what Kafka adds. */
    private static final int MOVERS_ROOM = 1024;

    private LargestRecords() {}

    /** How many bytes the record of a dead letter has at most whose key and value are cut to {@code maxBytes}. */
    public static int deadLetter(int maxBytes) {
        return maxBytes + DEAD_LETTER_ROOM;
    }

    /**
     * How many bytes the record of a flag has at most when prices have up to {@code maxPriceBytes}.
     *
     * @param instruments whether it says what is known about the instrument
     */
    public static int flag(int maxPriceBytes, boolean instruments) {
        return maxPriceBytes + FLAG_ROOM + (instruments ? INSTRUMENT_BYTES : 0);
    }

    /** How many bytes the record of a quoted trade has at most when prices have up to {@code maxPriceBytes}. */
    public static int quotedTrade(int maxPriceBytes) {
        return maxPriceBytes + QUOTED_TRADE_ROOM;
    }

    /**
     * How many bytes the record of movers has at most whose lists hold up to {@code size} symbols each.
     *
     * @param instruments whether they say what is known about the instruments
     */
    public static int movers(int size, boolean instruments) {
        return 3 * size * (MOVER_BYTES + (instruments ? INSTRUMENT_BYTES : 0)) + MOVERS_ROOM;
    }
}
