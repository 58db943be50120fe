package io.tapewatch.domain.check;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.rule.Comparison;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Hours;
import io.tapewatch.domain.rule.Metric;
import io.tapewatch.domain.rule.PrintSelection;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Severity;
import io.tapewatch.domain.rule.When;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Rules in a line: {@code rule("fast: changePct over 5m > 5, cooldown 1m, symbols BTC* ETH-USD")}.
 *
 * <p>Conditions are put together with {@code all(a; b)}, {@code any(a; b)} and {@code not(a)}, one in another as it
 * pleases: {@code all(changePct over 5m > 5; volumeRatio over 5m baseline 1h > 3)}. Parts after them are optional, also
 * {@code version 2}, {@code paused}, {@code shadow}, {@code on quote}, {@code severity HIGH}, {@code except BTC-EUR X*},
 * {@code sectors Energy Tech}, {@code venues XNAS XNYS}, {@code conditions all}, {@code conditions I T}, {@code for 30s},
 * {@code hours 15:50-16:00 America/New_York MON-FRI SUN} (all days without any), {@code from 2013-11-25T00:00:00Z} and
 * {@code until 2013-11-26T00:00:00Z}.
 */
public final class Rules {

    /** For rules that do not look at the close of the day before. */
    public static final Closes NO_CLOSES = time -> null;

    private Rules() {}

    public static Rule rule(String line) {
        String[] idAndRest = line.split(": ", 2);
        String[] parts = idAndRest[1].split(", ");
        int version = 1;
        Rule.Status status = Rule.Status.ACTIVE;
        List<String> symbols = List.of("*");
        List<String> except = List.of();
        List<String> sectors = List.of();
        List<String> venues = List.of();
        PrintSelection prints = PrintSelection.PRICED;
        Rule.On on = Rule.On.TRADE;
        Severity severity = Severity.MEDIUM;
        long cooldown = 0;
        long heldFor = 0;
        Hours hours = null;
        long from = Rule.ALWAYS;
        long until = Rule.FOR_EVER;
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            List<String> words = Arrays.asList(part.split(" "));
            List<String> rest = words.subList(1, words.size());
            switch (words.get(0)) {
                case "version" -> version = Integer.parseInt(rest.get(0));
                case "paused" -> status = Rule.Status.PAUSED;
                case "shadow" -> status = Rule.Status.SHADOW;
                case "symbols" -> symbols = rest;
                case "except" -> except = rest;
                case "sectors" -> sectors = rest;
                case "venues" -> venues = rest;
                case "conditions" ->
                    prints = rest.equals(List.of("all")) ? PrintSelection.ALL : PrintSelection.of(rest);
                case "on" -> on = Rule.On.valueOf(rest.get(0).toUpperCase(Locale.ROOT));
                case "severity" -> severity = Severity.valueOf(rest.get(0));
                case "cooldown" -> cooldown = Durations.parse(rest.get(0));
                case "for" -> heldFor = Durations.parse(rest.get(0));
                case "hours" -> hours = hours(rest);
                case "from" -> from = Instant.parse(rest.get(0)).toEpochMilli();
                case "until" -> until = Instant.parse(rest.get(0)).toEpochMilli();
                default -> throw new IllegalArgumentException("What is " + part + " in " + line + "?");
            }
        }
        return new Rule(
                idAndRest[0],
                version,
                status,
                "",
                on,
                symbols,
                except,
                sectors,
                venues,
                prints,
                severity,
                cooldown,
                heldFor,
                hours,
                from,
                until,
                when(parts[0]));
    }

    static When when(String text) {
        if (!text.endsWith(")")) {
            return condition(text);
        }
        int bracket = text.indexOf('(');
        List<When> of = parts(text.substring(bracket + 1, text.length() - 1));
        return switch (text.substring(0, bracket)) {
            case "all" -> new When.All(of);
            case "any" -> new When.Any(of);
            case "not" -> {
                if (of.size() != 1) {
                    throw new IllegalArgumentException("not() takes one: " + text);
                }
                yield new When.Not(of.get(0));
            }
            default -> throw new IllegalArgumentException("What is " + text + "?");
        };
    }

    /** What stands between the semicolons that are within no brackets. */
    private static List<When> parts(String text) {
        List<When> parts = new ArrayList<>();
        int open = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            open += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (letter == ';' && open == 0) {
                parts.add(when(text.substring(begin, i).strip()));
                begin = i + 1;
            }
        }
        parts.add(when(text.substring(begin).strip()));
        return parts;
    }

    static Condition condition(String text) {
        List<String> words = Arrays.asList(text.split(" "));
        int last = words.size() - 1;
        Metric metric = Arrays.stream(Metric.values())
                .filter(each -> each.word().equals(words.get(0)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Which metric is meant by " + text + "?"));
        Comparison is = Arrays.stream(Comparison.values())
                .filter(each -> each.sign().equals(words.get(last - 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("How does it compare: " + text + "?"));
        return new Condition(
                metric,
                durationAfter("over", words),
                durationAfter("baseline", words),
                is,
                Decimal.of(words.get(last)));
    }

    private static long durationAfter(String word, List<String> words) {
        int place = words.indexOf(word);
        return place < 0 ? Condition.NO_OVER : Durations.parse(words.get(place + 1));
    }

    /** Such as {@code 22:00-24:00 UTC MON-WED FRI}. */
    private static Hours hours(List<String> words) {
        String[] times = words.get(0).split("-");
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String each : words.subList(2, words.size())) {
            String[] ends = each.split("-");
            DayOfWeek end = day(ends[ends.length - 1]);
            for (DayOfWeek day = day(ends[0]); day != end; day = day.plus(1)) {
                days.add(day);
            }
            days.add(end);
        }
        return new Hours(
                second(times[0]),
                second(times[1]),
                ZoneId.of(words.get(1)),
                words.size() == 2 ? EnumSet.allOf(DayOfWeek.class) : days);
    }

    private static int second(String clock) {
        return clock.equals("24:00") ? Hours.DAY : LocalTime.parse(clock).toSecondOfDay();
    }

    private static DayOfWeek day(String word) {
        return Arrays.stream(DayOfWeek.values())
                .filter(each -> each.name().startsWith(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(word + " is no day"));
    }

    static RuleBook book(String... lines) {
        RuleBook book = new RuleBook(
                new RuleLimits(Integer.MAX_VALUE, Integer.MAX_VALUE, Condition.MAX_OVER, true, true, true));
        for (String line : lines) {
            book.restore(rule(line));
        }
        return book;
    }
}
