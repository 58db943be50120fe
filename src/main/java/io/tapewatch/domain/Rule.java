package io.tapewatch.domain;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What to flag: a condition, the symbols it applies to, and how its flags are to be taken.
 *
 * <p>It is kept in Flink's state: a component added later comes back as 0 or null from an older savepoint, so this
 * constructor must accept that for it.
 *
 * @param id the rule's name, 1 to 64 letters, digits, dots, underscores and hyphens
 * @param version from 1; each change of a rule has a higher one
 * @param status whether it looks
 * @param description what it is for, at most 1000 characters; may be empty
 * @param symbols names of symbols, or patterns in which {@code *} stands for any run of characters; 1 to 1000
 * @param severity how much its flags matter
 * @param cooldown how long it is quiet for a symbol after a flag, in milliseconds of event time, at most 30 days
 * @param when the condition that raises a flag
 */
public record Rule(
        String id,
        int version,
        Status status,
        String description,
        List<String> symbols,
        Severity severity,
        long cooldown,
        Condition when) {

    /** The longest cooldown: 30 days, in milliseconds. */
    public static final long MAX_COOLDOWN = 30L * 24 * 60 * 60 * 1000;

    private static final int MAX_SYMBOLS = 1000;
    private static final int MAX_DESCRIPTION = 1000;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** Whether a rule looks. */
    public enum Status {
        /** It looks at every tick of its symbols. */
        ACTIVE,
        /** It stays in force, with its version, and does not look. */
        PAUSED;

        /** How rules spell it: {@code active}. */
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
        if (symbols.isEmpty()) {
            throw new IllegalArgumentException("\"symbols\" is empty: name some, or leave it out for all");
        }
        if (symbols.size() > MAX_SYMBOLS) {
            throw new IllegalArgumentException("\"symbols\" has " + symbols.size() + " entries; at most " + MAX_SYMBOLS
                    + " are allowed: use patterns with *, or several rules");
        }
        symbols = List.copyOf(symbols);
        symbols.forEach(SymbolPattern::requireValid);
        Objects.requireNonNull(severity, "severity");
        if (cooldown < 0 || cooldown > MAX_COOLDOWN) {
            throw new IllegalArgumentException("\"cooldown\" must be from 0s to 30d");
        }
        Objects.requireNonNull(when, "when");
    }

    /**
     * The text, if it can be the id of a rule.
     *
     * @throws IllegalArgumentException if it cannot; the message says what can
     */
    public static String requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(Quoted.quoted(id)
                    + " cannot be a rule's id: it takes 1 to 64 letters, digits, dots, underscores and hyphens");
        }
        return id;
    }

    boolean isActive() {
        return status == Status.ACTIVE;
    }
}
