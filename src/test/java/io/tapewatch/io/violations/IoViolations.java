package io.tapewatch.io.violations;

import io.tapewatch.operators.TapeSettings;

/** What io must not do. */
public final class IoViolations {

    private IoViolations() {}

    public static final class UsesOperators {
        TapeSettings settings;
    }
}
