package io.tapewatch.domain.rule;

import io.tapewatch.domain.Printable;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The prints of a symbol that a rule sees: those that set a price, all of them, or those that carry one of some sale conditions.
 *
 * @param areAll whether it is all of them
 * @param codes the codes of sale conditions, each once and in order; at most {@link #MAX_CODES}. None for another selection
 */
public record PrintSelection(boolean areAll, List<String> codes) implements Comparable<PrintSelection> {

    /** The prints that set a price: what a rule sees that says nothing else. */
    public static final PrintSelection PRICED = new PrintSelection(false, List.of());

    /** All prints. */
    public static final PrintSelection ALL = new PrintSelection(true, List.of());

    /** How rules spell that they see all prints. */
    public static final String ALL_WORD = "all";

    /** The most codes of a selection. */
    public static final int MAX_CODES = 100;

    /** The longest code, in characters. */
    public static final int MAX_CODE = 32;

    private static final char BETWEEN = ',';

    /** @throws IllegalArgumentException if it has too many codes, or one that no print can carry */
    public PrintSelection {
        if (areAll && !codes.isEmpty()) {
            throw new IllegalArgumentException("all prints are selected, and codes as well");
        }
        if (codes.size() > MAX_CODES) {
            throw new IllegalArgumentException("\"conditions\" has " + codes.size() + " entries; at most " + MAX_CODES
                    + " are allowed: use several rules");
        }
        codes.forEach(PrintSelection::requireCode);
        codes = List.copyOf(new TreeSet<>(codes));
    }

    /**
     * The prints that carry at least one of these codes, whether or not they set a price.
     *
     * @throws IllegalArgumentException also if there is none
     */
    public static PrintSelection of(List<String> codes) {
        if (codes.isEmpty()) {
            throw new IllegalArgumentException(
                    "\"conditions\" is empty: name some codes, or leave it out for the prints"
                            + " that set a price, or write \"" + ALL_WORD + "\"");
        }
        return new PrintSelection(false, codes);
    }

    private static void requireCode(String code) {
        boolean isCode = !code.isEmpty()
                && code.length() <= MAX_CODE
                && code.equals(code.strip())
                && code.indexOf(BETWEEN) < 0
                && code.codePoints().noneMatch(Character::isISOControl);
        if (!isCode) {
            throw new IllegalArgumentException("\"conditions\" has the entry " + Printable.quoted(code)
                    + ": a code has 1 to " + MAX_CODE + " characters, no comma, and no space around it");
        }
    }

    /** Whether it is the prints that set a price. */
    public boolean isPriced() {
        return !areAll && codes.isEmpty();
    }

    /**
     * Whether a print is one of them.
     *
     * @param isPriced whether it sets a price
     * @param conditions its sale conditions, separated by commas
     */
    public boolean has(boolean isPriced, @Nullable String conditions) {
        return codes.isEmpty() ? areAll || isPriced : conditions != null && isAnyIn(conditions);
    }

    private boolean isAnyIn(String conditions) {
        for (int i = 0; i < codes.size(); i++) {
            if (isIn(conditions, codes.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a code is one of those in a text, without reading the text into a list: every print asks. */
    private static boolean isIn(String conditions, String code) {
        int at = conditions.indexOf(code);
        while (at >= 0) {
            if (endsBefore(conditions, at) && beginsAfter(conditions, at + code.length())) {
                return true;
            }
            at = conditions.indexOf(code, at + 1);
        }
        return false;
    }

    private static boolean endsBefore(String conditions, int at) {
        int before = at - 1;
        while (before >= 0 && Character.isWhitespace(conditions.charAt(before))) {
            before--;
        }
        return before < 0 || conditions.charAt(before) == BETWEEN;
    }

    private static boolean beginsAfter(String conditions, int at) {
        int after = at;
        while (after < conditions.length() && Character.isWhitespace(conditions.charAt(after))) {
            after++;
        }
        return after == conditions.length() || conditions.charAt(after) == BETWEEN;
    }

    @Override
    public int compareTo(PrintSelection other) {
        int order = Boolean.compare(areAll, other.areAll);
        return order != 0 ? order : String.join(",", codes).compareTo(String.join(",", other.codes));
    }
}
