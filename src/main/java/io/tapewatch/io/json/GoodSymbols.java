package io.tapewatch.io.json;

import org.jspecify.annotations.Nullable;

/**
 * Symbols that were found good lately, so that a record of one of them makes no string, and its symbol is not looked at letter by
 * letter again. A symbol that falls on the place of another takes it.
 */
final class GoodSymbols {

    /** A power of two. */
    private static final int PLACES = 1 << 12;

    private final @Nullable String[] symbols = new String[PLACES];

    /** The symbol of these characters if it is here. */
    @Nullable
    String find(char[] text, int from, int length) {
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + text[i];
        }
        String symbol = symbols[placeOf(hash)];
        return symbol != null && symbol.hashCode() == hash && isSame(symbol, text, from, length) ? symbol : null;
    }

    private static boolean isSame(String symbol, char[] text, int from, int length) {
        if (symbol.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (symbol.charAt(i) != text[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether this very string is here. */
    @SuppressWarnings("ReferenceEquality") // Another string of the same characters is looked at, and then put here.
    boolean has(String symbol) {
        return symbols[placeOf(symbol.hashCode())] == symbol;
    }

    void add(String symbol) {
        symbols[placeOf(symbol.hashCode())] = symbol;
    }

    private static int placeOf(int hash) {
        return (hash ^ hash >>> 16) & PLACES - 1;
    }
}
