package io.tapewatch.domain;

import java.util.Locale;

/** Text from outside, made fit to stand in a sentence that a person reads. */
public final class Quoted {

    private static final int MAX_SHOWN = 40;
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    private Quoted() {}

    /** The text in double quotes: cut after 40 characters, and {@linkplain #printable printable}. */
    public static String quoted(String text) {
        if (text.codePointCount(0, text.length()) <= MAX_SHOWN) {
            return '"' + printable(text) + '"';
        }
        return '"' + printable(text.substring(0, text.offsetByCodePoints(0, MAX_SHOWN))) + "…\"";
    }

    /**
     * The text on one line, as a terminal, a log or a table may show it: what is not seen but does something is spelled as
     * in JSON, such as {@code \\u001b}. That is control characters, which begin escape sequences, breaks of lines and
     * paragraphs, what changes the direction of writing, other characters without a shape, and unpaired surrogates. The two
     * joiners that some scripts and emoji need stay.
     */
    public static String printable(String text) {
        if (!hasHidden(text)) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isHidden(c)) {
                for (char half : Character.toChars(c)) {
                    printable.append(escaped(half));
                }
            } else {
                printable.appendCodePoint(c);
            }
        });
        return printable.toString();
    }

    /** The character as JSON spells it, such as {@code \\u001b}. */
    public static String escaped(char c) {
        return String.format(Locale.ROOT, "\\u%04x", (int) c);
    }

    /** A loop, because it is asked of each text of a CSV file. */
    private static boolean hasHidden(String text) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (isHidden(text.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isHidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            case Character.FORMAT -> c != NON_JOINER && c != JOINER;
            default -> false;
        };
    }
}
