package io.tapewatch.domain.rule;

import java.util.Locale;

/** How much a rule's flags matter to those who read them; the least first. */
public enum Severity {
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** How rules and flags spell it: {@code high}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
