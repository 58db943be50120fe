package io.tapewatch.local;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of at most so many characters. A line is broken between words, best where two spaces part its columns; a word that
 * is longer stays whole.
 *
 * @param columns the most characters in a line; 0 for lines as long as they are
 */
public record Wrapping(int columns) {

    /** No wrapping: what a file or another program reads. */
    public static final Wrapping NONE = new Wrapping(0);

    /**
     * The lines of a text.
     *
     * @param indent how many spaces are before each line but the first
     */
    public List<String> lines(String text, int indent) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        // Where there is hardly any room beside it, an indent only does harm.
        String before = " ".repeat(indent <= columns / 2 ? indent : 2);
        while (columns > 0 && rest.length() > columns) {
            int end = lastBreak(rest, columns);
            if (end < 0) {
                break;
            }
            lines.add(rest.substring(0, end).stripTrailing());
            rest = before + rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    /** Where a line of the text ends that has so much room: before two spaces or else one; -1 if nowhere. */
    private static int lastBreak(String text, int room) {
        int words = 0;
        while (words < text.length() && text.charAt(words) == ' ') {
            words++;
        }
        int betweenColumns = text.lastIndexOf("  ", room);
        if (betweenColumns > Math.max(words, room / 2)) {
            return betweenColumns;
        }
        int betweenWords = text.lastIndexOf(' ', room);
        if (betweenWords > words) {
            return betweenWords;
        }
        return text.indexOf(' ', Math.max(words, room));
    }
}
