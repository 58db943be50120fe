package io.tapewatch.domain;

/** Text from outside, made fit to stand in a sentence that a person reads. */
public final class Quoted {

    private static final int MAX_SHOWN = 40;

    private Quoted() {}

    /** The text in double quotes: cut after 40 characters, and {@linkplain #printable printable}. */
    public static String quoted(String text) {
        if (text.codePointCount(0, text.length()) <= MAX_SHOWN) {
            return '"' + printable(text) + '"';
        }
        return '"' + printable(text.substring(0, text.offsetByCodePoints(0, MAX_SHOWN))) + "…\"";
    }

    /**
     * The text with its control characters and unpaired surrogates replaced by U+FFFD, so that it stays on its line and
     * can be written as UTF-8.
     */
    public static String printable(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? 0xFFFD : c)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }
}
