package io.tapewatch.io.sink;

import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A close that logs an exception and does not throw it, for the connector's writers and committers.
 *
 * <p>Flink takes an exception in the clean-up of a failed task for fatal: the task manager's process ends, and every job on
 * it fails. The connector's writer throws one: its close repeats the error of an earlier send. The error is no news then.
 * {@code flush} waits for every record and throws the error before {@code prepareCommit} is called, so no checkpoint
 * completes without its records. Records after the last complete checkpoint are written again when the job restarts.
 */
final class HarmlessClose {

    private static final Logger LOG = LoggerFactory.getLogger(HarmlessClose.class);

    private HarmlessClose() {}

    /**
     * Closes a writer or committer.
     *
     * @param part what is closed, for the log
     * @throws Exception only if an {@link Error} caused it
     */
    @SuppressWarnings("try") // An AutoCloseable throws any Exception when it is closed.
    static void close(AutoCloseable closeable, String part) throws Exception {
        try {
            closeable.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.warn("{} was interrupted while it was closed. No record is lost by that.", part);
        } catch (Exception e) {
            if (ExceptionUtils.findThrowable(e, Error.class).isPresent()) {
                throw e;
            }
            LOG.warn(
                    "{} failed while it was closed. No record is lost by that: those of complete checkpoints had been"
                            + " written before, and the others will be written again. The reason: {}",
                    part,
                    reason(e));
        }
    }

    /** An exception and what caused it, in one line. */
    private static String reason(Exception e) {
        StringBuilder reason = new StringBuilder();
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            reason.append(reason.isEmpty() ? "" : ", caused by ").append(cause);
        }
        return reason.toString().replaceAll("\\s+", " ");
    }
}
