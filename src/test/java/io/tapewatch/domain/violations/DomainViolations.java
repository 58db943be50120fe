package io.tapewatch.domain.violations;

import io.tapewatch.operators.TapeSettings;
import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the domain must not do. */
public final class DomainViolations {

    private DomainViolations() {}

    public static final class UsesFlink {
        final Configuration configuration = new Configuration();
    }

    public static final class UsesOperators {
        TapeSettings settings;
    }

    public static final class Logs {
        static final Logger LOG = LoggerFactory.getLogger(Logs.class);
    }

    public static final class ReadsTheClock {
        long now() {
            return System.currentTimeMillis();
        }
    }

    public static final class ReadsTheClockByReference {
        final Supplier<Instant> now = Instant::now;
    }

    public static final class RollsDice {
        final Random random = new Random(1);
    }
}
