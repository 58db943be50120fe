package io.tapewatch.feed.yahoo;

import org.jspecify.annotations.Nullable;

/** What came of asking Yahoo for one symbol. */
sealed interface Answer {

    /**
     * A price.
     *
     * @param symbol what Yahoo calls the symbol, which may differ from what was asked for
     * @param price above zero, in the digits of the body
     * @param time when it traded, in epoch milliseconds
     */
    record Priced(@Nullable String symbol, String price, long time) implements Answer {}

    /**
     * An answer that holds no price that could be sent.
     *
     * @param what what of it is wrong; the same each time the same is wrong
     * @param found what was found, and what was expected
     */
    record Unpriced(String what, String found) implements Answer {}

    /** Yahoo does not know the symbol, and will not at its next turn: HTTP 400 or 404. */
    record Gone(String reason) implements Answer {}

    /** Yahoo wants to know who is asking: HTTP 401. */
    record Refused(String reason) implements Answer {}

    /**
     * No answer, or none that says anything, even after asking again where that could have helped.
     *
     * @param what the same each time the same is wrong
     * @param reason what it was this time
     */
    record Failed(String what, String reason) implements Answer {}
}
