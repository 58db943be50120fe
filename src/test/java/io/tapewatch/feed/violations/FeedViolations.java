package io.tapewatch.feed.violations;

import io.tapewatch.operators.TapeSettings;

/** What feeds must not do. */
public final class FeedViolations {

    private FeedViolations() {}

    public static final class UsesOperators {
        TapeSettings settings;
    }
}
