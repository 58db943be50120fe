package io.tapewatch.domain;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The aggressor of a trade: who crossed the spread. */
public enum Side {
    BUY,
    SELL;

    /**
     * The side that a producer's word says: {@code buy}, {@code b}, {@code sell} or {@code s} in any case, and {@code A},
     * Databento's code for a seller. Null for any other word. {@code bid} and {@code ask} are such words: some name the
     * aggressor with them, and some the order that was hit.
     */
    public static @Nullable Side of(String word) {
        return switch (word.length()) {
            case 1 ->
                switch (word.charAt(0)) {
                    case 'B', 'b' -> BUY;
                    case 'S', 's', 'A' -> SELL;
                    default -> null;
                };
            case 3 -> word.equalsIgnoreCase("buy") ? BUY : null;
            case 4 -> word.equalsIgnoreCase("sell") ? SELL : null;
            default -> null;
        };
    }

    /** Whether a word is one that a column of sides holds: one that says a side, or that nothing is known of it. */
    public static boolean isWord(String word) {
        return of(word) != null
                || switch (word.toLowerCase(Locale.ROOT)) {
                    case "", "n", "none", "unknown" -> true;
                    default -> false;
                };
    }
}
