package io.tapewatch.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waiting for what another process does. */
public final class Waiting {

    /** How long at most, on a busy machine. The longer forms have larger jobs. */
    public static final Duration PATIENCE =
            Duration.ofSeconds(Integer.getInteger("tapewatch.faults.runs", 0) == 0 ? 300 : 1200);

    private static final long LOOK_EVERY_MILLIS = 20;

    private Waiting() {}

    /** Waits until there is something. */
    public static <T> T until(String what, Callable<Optional<T>> look) throws Exception {
        return until(what, PATIENCE, look);
    }

    /** The same, for so long at most. */
    public static <T> T until(String what, Duration patience, Callable<Optional<T>> look) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        do {
            Optional<T> seen = look.call();
            if (seen.isPresent()) {
                return seen.get();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
        } while (System.nanoTime() < deadline);
        throw new AssertionError("not within " + patience.toSeconds() + " s: " + what);
    }

    /** Waits until so much time has passed: for what must last so long. */
    public static void untilPassed(Duration time, long sinceNanos) {
        long left;
        while ((left = sinceNanos + time.toNanos() - System.nanoTime()) > 0) {
            LockSupport.parkNanos(left);
        }
    }

    /** Waits until it is so. */
    public static void untilTrue(String what, Callable<Boolean> look) throws Exception {
        until(what, () -> look.call() ? Optional.of(true) : Optional.empty());
    }

    /** The same, for so long at most. */
    public static void untilTrue(String what, Duration patience, Callable<Boolean> look) throws Exception {
        until(what, patience, () -> look.call() ? Optional.of(true) : Optional.empty());
    }
}
