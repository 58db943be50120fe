package io.tapewatch.cli;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Hours;
import io.tapewatch.domain.rule.PrintSelection;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.When;
import io.tapewatch.io.rules.RuleFormat;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Rules in short words, for a line of a table. */
final class RuleWords {

    private static final int MOST_NAMES = 3;

    private RuleWords() {}

    /** {@code BTC-*,ETH-USD}, {@code A,B,C and 12 more}, {@code * except BTC-*}, {@code * in Energy at XNYS,XNAS}. */
    static String symbols(Rule rule) {
        return some(rule.symbols())
                + (rule.except().isEmpty() ? "" : " except " + some(rule.except()))
                + (rule.sectors().isEmpty() ? "" : " in " + some(rule.sectors()))
                + (rule.venues().isEmpty() ? "" : " at " + some(rule.venues()));
    }

    private static String some(List<String> names) {
        String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(","));
        return names.size() <= MOST_NAMES ? first : first + " and " + (names.size() - MOST_NAMES) + " more";
    }

    /**
     * {@code changePct 5m > 5 and volumeRatio 5m/1h > 3, for 30s, 15:50-16:00 America/New_York MON-FRI}, or
     * {@code on quotes: spreadBps < 0}, or {@code of prints with I,T: price > 5}.
     */
    static String condition(Rule rule) {
        return (rule.on() == Rule.On.QUOTE ? "on quotes: " : "")
                + words(rule.prints())
                + words(rule.when())
                + (rule.heldFor() == 0 ? "" : ", for " + Durations.format(rule.heldFor()))
                + (rule.hours() == null ? "" : ", " + words(rule.hours()))
                + (rule.from() == Rule.ALWAYS ? "" : ", from " + Instant.ofEpochMilli(rule.from()))
                + (rule.until() == Rule.FOR_EVER ? "" : ", until " + Instant.ofEpochMilli(rule.until()));
    }

    private static String words(PrintSelection prints) {
        if (prints.isPriced()) {
            return "";
        }
        return prints.areAll() ? "of all prints: " : "of prints with " + some(prints.codes()) + ": ";
    }

    private static String words(Hours hours) {
        String clock = Hours.clock(hours.from()) + "-" + Hours.clock(hours.to()) + " " + hours.zone();
        return hours.days().size() == DayOfWeek.values().length ? clock : clock + " " + RuleFormat.days(hours.days());
    }

    private static String words(When when) {
        if (when instanceof Condition condition) {
            return words(condition);
        }
        if (when instanceof When.Not not) {
            return "not " + part(not.of());
        }
        return when.parts().stream()
                .map(RuleWords::part)
                .collect(Collectors.joining(when instanceof When.All ? " and " : " or "));
    }

    private static String part(When when) {
        return when instanceof Condition || when instanceof When.Not ? words(when) : "(" + words(when) + ")";
    }

    private static String words(Condition condition) {
        return condition.metric().word()
                + (condition.over() == Condition.NO_OVER ? "" : " " + Durations.format(condition.over()))
                + (condition.baseline() == Condition.NO_OVER ? "" : "/" + Durations.format(condition.baseline()))
                + " " + condition.is().sign() + " " + condition.limit();
    }
}
