package io.tapewatch.domain;

import org.jspecify.annotations.Nullable;

/**
 * What a symbol may look like: letters and digits of any script with the marks that belong to them, spaces inside, and some
 * signs. {@code *} and {@code ,} are not among these: patterns and lists of symbols need them.
 */
public final class Symbols {

    /** The longest symbol, in characters as a person counts them: code points. */
    public static final int MAX_LENGTH = 64;

    /** The signs that a symbol may have. */
    static final String SIGNS = "._=^:/+&@#$!~'()|-";

    private static final boolean[] ASCII = new boolean[128];

    static {
        for (int c = 0; c < ASCII.length; c++) {
            ASCII[c] = Character.isLetterOrDigit(c) || c == ' ' || SIGNS.indexOf(c) >= 0;
        }
    }

    private Symbols() {}

    /** The symbol that a text says: spaces at its end are none of it. */
    public static String trimmed(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    /** What is wrong with a {@link #trimmed} symbol, for a person, or null when nothing is. */
    public static @Nullable String problem(String symbol) {
        int length = symbol.length();
        if (length == 0) {
            return "symbol is empty; expected 1 to " + MAX_LENGTH + " characters";
        }
        if (length > MAX_LENGTH && symbol.codePointCount(0, length) > MAX_LENGTH) {
            return "symbol has " + symbol.codePointCount(0, length) + " characters; expected 1 to " + MAX_LENGTH;
        }
        for (int i = 0; i < length; i++) {
            char c = symbol.charAt(i);
            if (c < ASCII.length ? !ASCII[c] || c == ' ' && i == 0 : !isPart(symbol.codePointAt(i), i == 0)) {
                return "symbol has %s at position %d; expected letters, digits, spaces inside or one of %s"
                        .formatted(
                                c > ' ' && c < 127 ? "'" + c + "'" : "U+%04X".formatted(symbol.codePointAt(i)),
                                symbol.codePointCount(0, i) + 1,
                                SIGNS);
            }
            if (Character.isHighSurrogate(c)) {
                i++; // a half alone is no letter
            }
        }
        return null;
    }

    /** Letters and marks that are not seen are no part: two symbols would look alike. */
    private static boolean isPart(int codePoint, boolean isFirst) {
        // A mark stands on the letter before it, so it cannot be the first.
        return (Character.isLetterOrDigit(codePoint) || !isFirst && isMark(codePoint))
                && !Printable.isHidden(codePoint)
                && !Printable.isShaping(codePoint);
    }

    private static boolean isMark(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }
}
