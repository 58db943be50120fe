package io.tapewatch.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C, or a signal that asks the same, stop work, and lets the process end when the work has cleaned up, not before.
 * Work that has not ended after a while is interrupted, and after another the process ends without it.
 */
final class CtrlC {

    /** What a process says that was ended by Ctrl-C: 128 and the signal. */
    static final int EXIT_CODE = 130;

    private static final long PATIENCE_SECONDS = 10;

    private CtrlC() {}

    /**
     * Does some work in this thread.
     *
     * @param stop lets it come to its end; called in another thread
     */
    static <R> R stops(Runnable stop, Callable<R> work) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Thread working = Thread.currentThread();
        Thread hook = new Thread(
                () -> {
                    stop.run();
                    if (!endsSoon(ended)) {
                        working.interrupt();
                        endsSoon(ended);
                    }
                },
                "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.call();
        } finally {
            ended.countDown();
            forget(hook);
        }
    }

    private static boolean endsSoon(CountDownLatch ended) {
        try {
            return ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook is what waits for this.
        }
    }
}
