package io.tapewatch.domain.rule;

import java.util.Locale;

/** Why a flag does not stand any more. */
public enum Withdrawn {
    /** Its trade was cancelled. */
    CANCELLED("the trade was cancelled"),

    /** Its trade was corrected, and what it says now does not meet the rule. */
    CORRECTED("the trade was corrected");

    private final String sentence;

    Withdrawn(String sentence) {
        this.sentence = sentence;
    }

    /** How flags spell it: {@code cancelled}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a message says of it. */
    public String sentence() {
        return sentence;
    }
}
