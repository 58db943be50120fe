package io.tapewatch.domain.rule;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Printable;
import io.tapewatch.domain.SymbolPattern;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to flag: a condition, the symbols it applies to, and how its flags are to be taken.
 *
 * @param id the rule's name, 1 to 64 letters, digits, dots, underscores and hyphens
 * @param version from 1; each change of a rule has a higher one
 * @param status whether it is evaluated
 * @param description what it is for, at most 1000 characters; may be empty
 * @param on what it is evaluated at
 * @param symbols names of symbols, or patterns in which {@code *} stands for any run of characters; 1 to 1000
 * @param except names and patterns of symbols that it does not apply to all the same; at most 1000
 * @param sectors the sectors of the instruments it applies to, as the instruments name them, at most 1000; none for all
 * @param venues the venues of the instruments it applies to, likewise
 * @param prints which prints of a symbol it sees; of a rule on quotes {@link PrintSelection#PRICED}
 * @param severity how much its flags matter
 * @param cooldown how long it is quiet for a symbol after a flag, in milliseconds of event time, at most 30 days
 * @param heldFor how long the condition must have held at every check before it raises a flag, in milliseconds of event
 *     time, at most 24 hours; 0 when it need not
 * @param hours when it is evaluated, or null: always
 * @param from the first event time it applies to, in epoch milliseconds, or {@link #ALWAYS}
 * @param until the event time from which on it does not apply any more, or {@link #FOR_EVER}
 * @param when what raises a flag
 */
public record Rule(
        String id,
        int version,
        Status status,
        String description,
        On on,
        List<String> symbols,
        List<String> except,
        List<String> sectors,
        List<String> venues,
        PrintSelection prints,
        Severity severity,
        long cooldown,
        long heldFor,
        @Nullable Hours hours,
        long from,
        long until,
        When when) {

    /** What {@link #from} is for a rule that applies from the beginning. */
    public static final long ALWAYS = Long.MIN_VALUE;

    /** What {@link #until} is for a rule that applies for ever. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    /** The longest cooldown: 30 days, in milliseconds. */
    public static final long MAX_COOLDOWN = 30L * 24 * 60 * 60 * 1000;

    /** The longest time for which a condition must have held: 24 hours, in milliseconds. */
    public static final long MAX_HELD_FOR = 24L * 60 * 60 * 1000;

    private static final int MAX_ENTRIES = 1000;
    private static final int MAX_DESCRIPTION = 1000;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Whether a rule is evaluated. */
    public enum Status {
        /** It is evaluated at every tick, or quote, of its symbols. */
        ACTIVE,
        /** It does what an active one does, but its flags go where they alarm nobody. */
        SHADOW,
        /** It stays in force, with its version, and is not evaluated. */
        PAUSED;

        /** How rules spell it: {@code active}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a rule is evaluated at. */
    public enum On {
        /** Every trade of its symbols. */
        TRADE,
        /** Every quote of its symbols. */
        QUOTE;

        /** How rules spell it: {@code trade}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Rule {
        requireId(id);
        if (version < 1) {
            throw new IllegalArgumentException("\"version\" must be a whole number from 1 to " + Integer.MAX_VALUE);
        }
        Objects.requireNonNull(status, "status");
        if (description.length() > MAX_DESCRIPTION) {
            throw new IllegalArgumentException("\"description\" has " + description.length() + " characters; at most "
                    + MAX_DESCRIPTION + " are allowed");
        }
        Objects.requireNonNull(on, "on");
        if (symbols.isEmpty()) {
            throw new IllegalArgumentException("\"symbols\" is empty: name some, or leave it out for all");
        }
        symbols = requireValid("symbols", symbols);
        except = requireValid("except", except);
        sectors = requireNames("sectors", sectors);
        venues = requireNames("venues", venues);
        Objects.requireNonNull(severity, "severity");
        if (cooldown < 0 || cooldown > MAX_COOLDOWN) {
            throw new IllegalArgumentException("\"cooldown\" must be from 0s to 30d");
        }
        if (heldFor < 0 || heldFor > MAX_HELD_FOR) {
            throw new IllegalArgumentException("\"for\" must be from 0s to 24h");
        }
        if (from >= until) {
            throw new IllegalArgumentException("\"until\" must be later than \"from\"");
        }
        requireSize(Objects.requireNonNull(when, "when"));
        requireMeasuredOn(on, when);
        if (!Objects.requireNonNull(prints, "prints").isPriced() && on == On.QUOTE) {
            throw new IllegalArgumentException("\"conditions\" selects trades, and this rule is evaluated at quotes:"
                    + " leave \"conditions\" or \"on\" out");
        }
        if (!(when instanceof Condition)
                && when.conditions().stream().anyMatch(each -> each.metric() == Metric.SILENCE_SECONDS)) {
            throw new IllegalArgumentException(
                    "silenceSeconds is raised when nothing trades and stands alone: give it a rule of its own");
        }
        if (isOfSilence(when) && heldFor > 0) {
            throw new IllegalArgumentException("silenceSeconds says in its limit for how long: leave \"for\" out");
        }
    }

    /** A rule that sees the prints that set a price; see the components. */
    public Rule(
            String id,
            int version,
            Status status,
            String description,
            On on,
            List<String> symbols,
            List<String> except,
            List<String> sectors,
            List<String> venues,
            Severity severity,
            long cooldown,
            long heldFor,
            @Nullable Hours hours,
            long from,
            long until,
            When when) {
        this(
                id,
                version,
                status,
                description,
                on,
                symbols,
                except,
                sectors,
                venues,
                PrintSelection.PRICED,
                severity,
                cooldown,
                heldFor,
                hours,
                from,
                until,
                when);
    }

    private static List<String> requireValid(String field, List<String> symbols) {
        requireFew(field, symbols, "use patterns with *, or several rules");
        symbols.forEach(SymbolPattern::requireValid);
        return List.copyOf(symbols);
    }

    private static List<String> requireNames(String field, List<String> names) {
        requireFew(field, names, "use several rules");
        for (String name : names) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException(
                        '"' + field + "\" has an empty entry: name some, or leave it out for all");
            }
            if (name.codePointCount(0, name.length()) > Instrument.MAX_TEXT) {
                throw new IllegalArgumentException('"' + field + "\" has an entry of " + name.length()
                        + " characters; those of instruments have at most " + Instrument.MAX_TEXT);
            }
            if (name.codePoints().anyMatch(Rule::cannotBeInAName)) {
                throw new IllegalArgumentException('"' + field + "\" has the entry " + Printable.quoted(name)
                        + ", with a character that cannot be printed: those of instruments have none");
            }
        }
        return List.copyOf(names);
    }

    /** As with instruments, whose texts have neither. */
    private static boolean cannotBeInAName(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }

    private static void requireFew(String field, List<String> entries, String instead) {
        if (entries.size() > MAX_ENTRIES) {
            throw new IllegalArgumentException('"' + field + "\" has " + entries.size() + " entries; at most "
                    + MAX_ENTRIES + " are allowed: " + instead);
        }
    }

    private static void requireMeasuredOn(On on, When when) {
        for (Condition condition : when.conditions()) {
            if (!condition.metric().isMeasuredOn(on)) {
                throw new IllegalArgumentException(condition.metric().word() + " is not measured on quotes, which have "
                        + String.join(", ", metricsOn(on)) + ": leave \"on\" out to look at trades");
            }
        }
    }

    private static List<String> metricsOn(On on) {
        return Stream.of(Metric.values())
                .filter(each -> each.isMeasuredOn(on))
                .map(Metric::word)
                .toList();
    }

    private static void requireSize(When when) {
        if (when.depth() > When.MAX_DEPTH) {
            throw new IllegalArgumentException("\"when\" is nested " + when.depth() + " deep; at most " + When.MAX_DEPTH
                    + " of all, any and not may stand around a condition");
        }
        int conditions = when.conditions().size();
        if (conditions > When.MAX_CONDITIONS) {
            throw new IllegalArgumentException(
                    "\"when\" has " + conditions + " conditions; at most " + When.MAX_CONDITIONS + " are allowed");
        }
    }

    /**
     * The text, if it can be the id of a rule.
     *
     * @throws IllegalArgumentException if it cannot; the message says what can
     */
    public static String requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(Printable.quoted(id)
                    + " cannot be a rule's id: it takes 1 to 64 letters, digits, dots, underscores and hyphens");
        }
        return id;
    }

    /** Whether it is evaluated: whether it is active or in shadow. */
    public boolean isEvaluated() {
        return status != Status.PAUSED;
    }

    /** Whether it is raised by event time, when a symbol stops. */
    public boolean isOfSilence() {
        return isOfSilence(when);
    }

    private static boolean isOfSilence(When when) {
        return when instanceof Condition condition && condition.metric() == Metric.SILENCE_SECONDS;
    }
}
