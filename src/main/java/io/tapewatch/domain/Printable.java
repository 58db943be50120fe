package io.tapewatch.domain;

import java.util.Arrays;
import java.util.Locale;

/** Text from outside, made fit to stand in a sentence that a person reads. */
public final class Printable {

    private static final int MAX_SHOWN = 40;

    /**
     * The first and the last of each range of characters that are not seen but may do something. They stand here, and not
     * as categories of characters, because each version of Java knows others: what is printed would differ with it.
     */
    private static final int[] HIDDEN = {
        0x0000, 0x001F, // control characters: escape sequences begin with them
        0x007F, 0x009F,
        0x00AD, 0x00AD, // soft hyphen
        0x034F, 0x034F,
        0x0600, 0x0605, // signs that stand over the figures after them
        0x061C, 0x061C,
        0x06DD, 0x06DD,
        0x070F, 0x070F,
        0x0890, 0x0891,
        0x08E2, 0x08E2,
        0x115F, 0x1160, // letters without a shape
        0x17B4, 0x17B5,
        0x180E, 0x180E,
        0x200B, 0x200B,
        0x200E, 0x200F, // direction of writing
        0x2028, 0x202E, // breaks of lines and paragraphs, direction of writing
        0x2060, 0x206F,
        0x3164, 0x3164,
        0xD800, 0xDFFF, // halves of a pair without the other half
        0xFDD0, 0xFDEF, // no characters
        0xFEFF, 0xFEFF,
        0xFFA0, 0xFFA0,
        0xFFF0, 0xFFFB,
        0xFFFE, 0xFFFF,
        0x110BD, 0x110BD,
        0x110CD, 0x110CD,
        0x13430, 0x1343F,
        0x1BCA0, 0x1BCA3,
        0x1D173, 0x1D17A,
        0x1FFFE, 0x1FFFF,
        0x2FFFE, 0x2FFFF,
        0x3FFFE, 0x3FFFF,
        0x4FFFE, 0x4FFFF,
        0x5FFFE, 0x5FFFF,
        0x6FFFE, 0x6FFFF,
        0x7FFFE, 0x7FFFF,
        0x8FFFE, 0x8FFFF,
        0x9FFFE, 0x9FFFF,
        0xAFFFE, 0xAFFFF,
        0xBFFFE, 0xBFFFF,
        0xCFFFE, 0xCFFFF,
        0xDFFFE, 0xDFFFF,
        0xE0000, 0xE00FF, // tags
        0xE01F0, 0xE0FFF,
        0xEFFFE, 0xEFFFF,
        0xFFFFE, 0xFFFFF,
        0x10FFFE, 0x10FFFF,
    };

    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    /** Latin, Greek, Cyrillic and Armenian letters are before it. No joiner and no variation belongs to those. */
    private static final int FIRST_SHAPED = 0x0590;

    private Printable() {}

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
     * paragraphs, what changes the direction of writing, other characters without a shape, what is no character at all, and
     * unpaired surrogates. Joiners and variation selectors stay behind a character of a script or an emoji that may need
     * them, and only there: elsewhere two texts would look alike and differ.
     *
     * <p>This alone decides what is printable, everywhere.
     */
    public static String printable(String text) {
        int at = firstToSpell(text);
        if (at == text.length()) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length() + 16).append(text, 0, at);
        int before = at == 0 ? ' ' : text.codePointBefore(at);
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (isSpelled(c, before)) {
                for (char half : Character.toChars(c)) {
                    printable.append(escaped(half));
                }
            } else {
                printable.appendCodePoint(c);
            }
            before = c;
            at += Character.charCount(c);
        }
        return printable.toString();
    }

    /** The character as JSON spells it, such as {@code \\u001b}. */
    public static String escaped(char c) {
        return String.format(Locale.ROOT, "\\u%04x", (int) c);
    }

    /** Where the first character is that is not printable, or else the end. A loop, because each text of a CSV file is asked. */
    private static int firstToSpell(String text) {
        int before = ' ';
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if ((c < ' ' || c >= 0x7F) && isSpelled(c, before)) {
                return i;
            }
            before = c;
            i += Character.charCount(c);
        }
        return text.length();
    }

    private static boolean isSpelled(int c, int before) {
        return isShaping(c) ? !isShapedBy(c, before) : isHidden(c);
    }

    /** Whether it joins or alters the character before it. */
    static boolean isShaping(int c) {
        return c == NON_JOINER || c == JOINER || isVariation(c);
    }

    private static boolean isVariation(int c) {
        return c >= 0xFE00 && c <= 0xFE0F || c >= 0x180B && c <= 0x180F && c != 0x180E || c >= 0xE0100 && c <= 0xE01EF;
    }

    private static boolean isShapedBy(int c, int before) {
        return before >= FIRST_SHAPED
                && !isHidden(before)
                && !Character.isSpaceChar(before)
                && (!isShaping(before) || isVariation(before) && !isVariation(c));
    }

    /** Whether a character is not seen but may do something, wherever it stands. */
    public static boolean isHidden(int c) {
        int found = Arrays.binarySearch(HIDDEN, c);
        // Between a first and its last, the place where it would be is odd.
        return found >= 0 || (-found - 1) % 2 == 1;
    }
}
