package io.tapewatch.docs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines as a page shows them: {@code …} alone stands for any lines, {@code …} within a line for any text, and a word that
 * varies for any word.
 */
final class ShownLines {

    private static final String ANY = "…";

    private final List<String> shown;
    private final List<String> varying;
    private final boolean inAnyOrder;
    private final List<Pattern> patterns = new ArrayList<>();

    /** What was found for the words that vary. */
    private final Map<String, String> found = new HashMap<>();

    ShownLines(List<String> shown, List<String> varying, boolean inAnyOrder) {
        this.shown = shown;
        this.varying = varying;
        this.inAnyOrder = inAnyOrder;
        shown.forEach(line -> patterns.add(line.equals(ANY) ? null : pattern(line)));
    }

    private Pattern pattern(String line) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < line.length(); ) {
            int at = i;
            Optional<String> word =
                    varying.stream().filter(each -> line.startsWith(each, at)).findFirst();
            if (word.isPresent()) {
                regex.append("(\\S+?)");
                i += word.get().length();
            } else if (line.startsWith(ANY, i)) {
                regex.append(".*");
                i += ANY.length();
            } else {
                regex.append(Pattern.quote(line.substring(i, i + 1)));
                i++;
            }
        }
        return Pattern.compile(regex.toString());
    }

    /** The first line that was not found where it should be; nothing if all were. */
    Optional<String> missing(List<String> printed) {
        found.clear();
        return inAnyOrder ? missingSomewhere(printed) : missingInOrder(printed);
    }

    /** What stood in the place of each word that varies, when {@link #missing} looked last. */
    Map<String, String> found() {
        return found;
    }

    private Optional<String> missingSomewhere(List<String> printed) {
        for (int i = 0; i < shown.size(); i++) {
            Pattern pattern = patterns.get(i);
            if (pattern != null) {
                int line = i;
                if (printed.stream().noneMatch(each -> matches(pattern, line, each))) {
                    return Optional.of(shown.get(i));
                }
            }
        }
        return Optional.empty();
    }

    /** As a shell's pattern is matched: after a gap the first lines that fit are taken, and others if it fails. */
    private Optional<String> missingInOrder(List<String> printed) {
        int next = 0;
        int gap = -1;
        int afterGap = 0;
        int furthest = 0;
        int i = 0;
        while (i < printed.size()) {
            if (next < shown.size() && patterns.get(next) == null) {
                gap = next;
                next++;
                afterGap = i;
            } else if (next < shown.size() && matches(patterns.get(next), next, printed.get(i))) {
                next++;
                i++;
            } else if (gap >= 0) {
                furthest = Math.max(furthest, next);
                next = gap + 1;
                afterGap++;
                i = afterGap;
            } else {
                return Optional.of(next < shown.size() ? shown.get(next) : "nothing after it, but " + printed.get(i));
            }
        }
        while (next < shown.size() && patterns.get(next) == null) {
            next++;
        }
        return next == shown.size() ? Optional.empty() : Optional.of(shown.get(Math.max(furthest, next)));
    }

    private boolean matches(Pattern pattern, int line, String printed) {
        Matcher matcher = pattern.matcher(printed);
        if (!matcher.matches()) {
            return false;
        }
        int group = 1;
        for (int i = 0; i < shown.get(line).length(); ) {
            int at = i;
            Optional<String> word = varying.stream()
                    .filter(each -> shown.get(line).startsWith(each, at))
                    .findFirst();
            if (word.isPresent()) {
                found.put(word.get(), matcher.group(group++));
            }
            i += word.map(String::length).orElse(1);
        }
        return true;
    }
}
