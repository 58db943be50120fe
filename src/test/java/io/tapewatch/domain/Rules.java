package io.tapewatch.domain;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/**
 * Rules in a line: {@code rule("fast: changePct over 5m > 5, cooldown 1m, symbols BTC* ETH-USD")}. Parts after the
 * condition are optional, also {@code version 2}, {@code paused} and {@code severity HIGH}.
 */
public final class Rules {

    /** For rules that do not look at the close of the day before. */
    public static final LongToDoubleFunction NO_CLOSES = time -> Double.NaN;

    private Rules() {}

    public static Rule rule(String line) {
        String[] idAndRest = line.split(": ", 2);
        String[] parts = idAndRest[1].split(", ");
        int version = 1;
        Rule.Status status = Rule.Status.ACTIVE;
        List<String> symbols = List.of("*");
        Severity severity = Severity.MEDIUM;
        long cooldown = 0;
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            String[] words = part.split(" ");
            switch (words[0]) {
                case "version" -> version = Integer.parseInt(words[1]);
                case "paused" -> status = Rule.Status.PAUSED;
                case "symbols" -> symbols = Arrays.asList(words).subList(1, words.length);
                case "severity" -> severity = Severity.valueOf(words[1]);
                case "cooldown" -> cooldown = Durations.parse(words[1]);
                default -> throw new IllegalArgumentException("What is " + part + " in " + line + "?");
            }
        }
        return new Rule(
                idAndRest[0],
                version,
                status,
                "",
                symbols,
                List.of(),
                severity,
                cooldown,
                0,
                null,
                Rule.ALWAYS,
                Rule.FOR_EVER,
                condition(parts[0]));
    }

    static Condition condition(String text) {
        String[] words = text.split(" ");
        boolean windowed = words[1].equals("over");
        Metric metric = Arrays.stream(Metric.values())
                .filter(each -> each.word().equals(words[0]))
                .findFirst()
                .orElseThrow();
        Comparison is = Arrays.stream(Comparison.values())
                .filter(each -> each.sign().equals(words[words.length - 2]))
                .findFirst()
                .orElseThrow();
        long over = windowed ? Durations.parse(words[2]) : Condition.NO_OVER;
        long baseline = windowed && words[3].equals("baseline") ? Durations.parse(words[4]) : Condition.NO_OVER;
        return new Condition(metric, over, baseline, is, Double.parseDouble(words[words.length - 1]));
    }

    static RuleBook book(String... lines) {
        RuleBook book = new RuleBook(Integer.MAX_VALUE, Integer.MAX_VALUE, Condition.MAX_OVER, true);
        for (String line : lines) {
            book.restore(rule(line));
        }
        return book;
    }
}
