package io.tapewatch.io.violations;

import io.tapewatch.operators.TapeSettings;
import org.apache.flink.configuration.Configuration;

/** What io must not do. */
public final class IoViolations {

    private IoViolations() {}

    public static final class UsesOperators {
        TapeSettings settings;
    }

    public static final class FlinkFormat {
        final Configuration configuration = new Configuration();
    }
}
