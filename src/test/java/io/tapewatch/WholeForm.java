package io.tapewatch;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A test, or a class of them, that takes too long for each {@code ./mvnw verify}. It runs in {@code .ci/run}, where it is named
 * ({@code -Dit.test=…}), and wherever generated tests run all their rounds. CONTRIBUTING.md lists them.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(value = "io.tapewatch.Rounds#areAll", disabledReason = WholeForm.REASON)
public @interface WholeForm {

    /** Why a test is skipped. */
    String REASON = "runs with -Dtapewatch.rounds=1 only, as in .ci/run";
}
