package io.tapewatch.docs;

import java.util.ArrayList;
import java.util.List;

/** The texts in a Java file: its string literals, without comments. Literals that are joined by {@code +} are one text. */
final class Literals {

    /**
     * A text.
     *
     * @param line the number of the line where it begins
     */
    record Literal(int line, String text) {}

    private final String source;
    private final List<Literal> literals = new ArrayList<>();
    private int at;
    private int line = 1;

    /** Whether nothing but white space and {@code +} came since the last literal. */
    private boolean joins;

    private Literals(String source) {
        this.source = source;
    }

    static List<Literal> of(String source) {
        Literals literals = new Literals(source);
        literals.read();
        return literals.literals;
    }

    private void read() {
        boolean plus = false;
        while (at < source.length()) {
            if (source.startsWith("//", at)) {
                skipTo("\n");
            } else if (source.startsWith("/*", at)) {
                skipTo("*/");
                at += 2;
            } else if (source.startsWith("\"\"\"", at)) {
                int begin = line;
                at += 3;
                int from = at;
                skipTo("\"\"\"");
                add(begin, source.substring(from, at).replaceAll("\\s+", " "), plus);
                at += 3;
                plus = false;
            } else if (source.charAt(at) == '"' || source.charAt(at) == '\'') {
                char quote = source.charAt(at);
                int from = ++at;
                while (source.charAt(at) != quote) {
                    at += source.charAt(at) == '\\' ? 2 : 1;
                }
                if (quote == '"') {
                    add(line, source.substring(from, at), plus);
                    plus = false;
                }
                at++;
            } else {
                char other = source.charAt(at);
                if (other == '+') {
                    plus = true;
                } else if (!Character.isWhitespace(other)) {
                    joins = false;
                    plus = false;
                }
                next();
            }
        }
    }

    private void add(int begin, String text, boolean plus) {
        if (joins && plus) {
            Literal before = literals.remove(literals.size() - 1);
            literals.add(new Literal(before.line(), before.text() + text));
        } else {
            literals.add(new Literal(begin, text));
        }
        joins = true;
    }

    private void skipTo(String end) {
        while (at < source.length() && !source.startsWith(end, at)) {
            next();
        }
    }

    private void next() {
        if (source.charAt(at) == '\n') {
            line++;
        }
        at++;
    }
}
