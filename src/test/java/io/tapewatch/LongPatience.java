package io.tapewatch;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The patience of tests on a busy machine: with {@link ExtendWith}, tools and jobs wait for Kafka's answers for longer than
 * they do for a person. It is for tests in which Kafka answers.
 */
public final class LongPatience implements BeforeAllCallback, AfterAllCallback {

    private static final String PROPERTY = "tapewatch.kafka.patience-seconds";
    private static final String SECONDS = "90";

    /** The option of a JVM of its own. */
    public static final String OPTION = "-D" + PROPERTY + "=" + SECONDS;

    @Override
    public void beforeAll(ExtensionContext context) {
        System.setProperty(PROPERTY, SECONDS);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        System.clearProperty(PROPERTY);
    }

    /** Whether it is in force in this JVM. */
    static boolean isInForce() {
        return System.getProperty(PROPERTY) != null;
    }
}
