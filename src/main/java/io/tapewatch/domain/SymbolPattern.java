package io.tapewatch.domain;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A choice of symbols: those with one of its names, or that fit one of its patterns. */
public final class SymbolPattern {

    private final Set<String> names = new HashSet<>();
    private final List<String> patterns = new ArrayList<>();

    /** @param symbols names, and patterns in which {@code *} stands for any run of characters, also for none */
    public SymbolPattern(List<String> symbols) {
        for (String symbol : symbols) {
            if (symbol.indexOf('*') < 0) {
                names.add(symbol);
            } else {
                patterns.add(symbol);
            }
        }
    }

    public boolean matches(String symbol) {
        if (names.contains(symbol)) {
            return true;
        }
        for (String pattern : patterns) {
            if (fits(symbol, pattern)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads both from the left. At a star it first takes the star for nothing; when it is stuck later it goes back to
     * the last star and lets that one take a character more. Earlier stars need no second look.
     */
    private static boolean fits(String symbol, String pattern) {
        int s = 0;
        int p = 0;
        int star = -1;
        int taken = 0;
        while (s < symbol.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                taken = s;
            } else if (p < pattern.length() && pattern.charAt(p) == symbol.charAt(s)) {
                p++;
                s++;
            } else if (star >= 0) {
                p = star + 1;
                s = ++taken;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** @throws IllegalArgumentException if no symbol can have such a name or fit such a pattern */
    public static void requireValid(String symbol) {
        // A star stands for any character here, so that what follows it is not first.
        if (Symbols.problem(symbol.replace('*', 'A')) != null || symbol.endsWith(" ")) {
            throw new IllegalArgumentException(Printable.quoted(symbol)
                    + " is not a symbol or a pattern: it takes 1 to " + Symbols.MAX_LENGTH
                    + " letters, digits, spaces inside and " + Symbols.SIGNS + " with * for any run of them");
        }
    }
}
