package io.tapewatch.domain;

import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.window.Summaries;
import io.tapewatch.domain.window.Summary;

/** Instruments for tests, and records that are about them. */
public final class Instruments {

    /** All is known about it. */
    public static final Instrument GOLD =
            new Instrument("GC=F", "Gold, front month", "USD", "future", "Metals", "XCEC", Decimal.of("100"));

    /** Nothing is known about it but its tape. */
    public static final Instrument ON_A_TAPE =
            new Instrument("AAPL", null, null, null, null, null, Instrument.ONE, "C");

    /** No record says more about an instrument: texts of characters with many bytes, and a multiplier with many digits. */
    public static final Instrument LONGEST = longest("\uD83D\uDE00");

    /** The same with texts of characters that JSON escapes. */
    public static final Instrument MOST_ESCAPED = longest("\"");

    private Instruments() {}

    private static Instrument longest(String character) {
        String text = character.repeat(Instrument.MAX_TEXT);
        return new Instrument("S", text, text, text, text, text, Decimal.of("123456789.123456789"));
    }

    /** The summary with what is known about its instrument. */
    public static Summary with(Instrument instrument, Summary summary) {
        return Summaries.like(summary).with("instrument", instrument).summary();
    }
}
