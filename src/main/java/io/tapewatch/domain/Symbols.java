package io.tapewatch.domain;

import org.jspecify.annotations.Nullable;

/** What a symbol may look like. */
public final class Symbols {

    /** The longest symbol, in characters. */
    public static final int MAX_LENGTH = 64;

    private static final String FIRST = "^.$/#@";
    private static final String REST = "._=^:/+&@#$!-";

    private Symbols() {}

    /** What is wrong with {@code symbol}, for a person, or null when nothing is. */
    public static @Nullable String problem(String symbol) {
        if (symbol.isEmpty()) {
            return "symbol is empty; expected 1 to " + MAX_LENGTH + " characters";
        }
        if (symbol.length() > MAX_LENGTH) {
            return "symbol has " + symbol.length() + " characters; expected 1 to " + MAX_LENGTH;
        }
        for (int i = 0; i < symbol.length(); i++) {
            char c = symbol.charAt(i);
            if (!isLetterOrDigit(c) && (i == 0 ? FIRST : REST).indexOf(c) < 0) {
                return "symbol has %s at position %d; expected letters, digits or one of %s%s"
                        .formatted(
                                c > ' ' && c < 127 ? "'" + c + "'" : "U+%04X".formatted(symbol.codePointAt(i)),
                                i + 1,
                                i == 0 ? FIRST : REST,
                                i == 0 ? " first" : "");
            }
        }
        return null;
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }
}
