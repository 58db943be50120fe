package io.tapewatch.operators;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The symbols that were read lately, so that the ticks of a symbol share one string: those that wait for the watermark are
 * many, and a string of its own would be a third of each. It also knows its hash already when the symbol is looked up.
 *
 * <p>All tasks of a process share it, without locks: a string is whole for every thread that sees it, and who does not see
 * the one that another thread has put here makes one of its own.
 */
final class SharedSymbols {

    /** A power of two; a symbol that falls on the place of another takes it. */
    private static final int PLACES = 1 << 13;

    private static final @Nullable String[] SYMBOLS = new String[PLACES];

    private SharedSymbols() {}

    /** The symbol of these characters, each a byte of ISO 8859-1. */
    static String of(byte[] characters) {
        int hash = 0;
        for (byte each : characters) {
            hash = 31 * hash + (each & 0xff);
        }
        int place = (hash ^ hash >>> 16) & PLACES - 1;
        String symbol = SYMBOLS[place];
        if (symbol == null || symbol.hashCode() != hash || !holds(symbol, characters)) {
            symbol = new String(characters, StandardCharsets.ISO_8859_1);
            SYMBOLS[place] = symbol;
        }
        return symbol;
    }

    private static boolean holds(String symbol, byte[] characters) {
        if (symbol.length() != characters.length) {
            return false;
        }
        for (int i = 0; i < characters.length; i++) {
            if (symbol.charAt(i) != (characters[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }
}
