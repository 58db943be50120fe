package io.tapewatch.settings.violations;

import io.tapewatch.operators.TapeSettings;

/** What settings must not do. */
public final class SettingsViolations {

    private SettingsViolations() {}

    public static final class UsesOperators {
        TapeSettings settings;
    }
}
