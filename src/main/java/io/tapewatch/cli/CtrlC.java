package io.tapewatch.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** Lets Ctrl-C stop work, and lets the process end when the work has cleaned up, not before. */
final class CtrlC {

    /** What a process says that was ended by Ctrl-C: 128 and the signal. */
    static final int EXIT_CODE = 130;

    private CtrlC() {}

    /**
     * Does some work.
     *
     * @param stop lets it come to its end; called in another thread
     */
    static <R> R stops(Runnable stop, Callable<R> work) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(
                () -> {
                    stop.run();
                    await(ended);
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

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook has done its work.
        }
    }

    /** The JVM ends when all hooks have: this one not before the work. */
    private static void await(CountDownLatch ended) {
        boolean interrupted = false;
        while (ended.getCount() > 0) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
