package io.tapewatch.bench;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.util.FileUtils;

/** Folders that are deleted although a process that is just being ended may still write into them. */
final class LeftBehind {

    private static final RetryPolicy<Object> RETRIES = RetryPolicy.builder()
            .handle(IOException.class)
            .withDelay(Duration.ofMillis(100))
            .withMaxRetries(-1)
            .withMaxDuration(Duration.ofSeconds(30))
            .build();

    private LeftBehind() {}

    /**
     * Deletes a folder with all it holds, again and again until nothing is written into it any more.
     *
     * @throws IOException if it is still there after 30 seconds
     */
    static void delete(Path folder) throws IOException {
        try {
            Failsafe.with(RETRIES).run(() -> FileUtils.deleteDirectory(folder.toFile()));
        } catch (FailsafeException e) {
            throw new IOException(
                    folder + " could not be deleted: " + e.getCause().getMessage(), e);
        }
    }
}
