package io.tapewatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.io.sink.CsvNotWritten;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class FailureWordsTest {

    private static final Path CSV = Path.of("results");

    @Test
    void theCauseOfAllIsNamedInOneLine() {
        assertThat(FailureWords.of(new RuntimeException("outer", new IllegalStateException("inner\nsecond line")), CSV))
                .isEqualTo("IllegalStateException: inner");
        assertThat(FailureWords.of(new IllegalStateException(), CSV)).isEqualTo("IllegalStateException");
    }

    @Test
    void aFullDiskIsNamedByTheFolderThatTheUserKnows() {
        IOException disk = new IOException("No space left on device");
        Throwable failure = new RuntimeException("task failed", CsvNotWritten.under("/work/results", disk));
        // As Flink brings it from the task to the run.
        Throwable arrived =
                new SerializedThrowable(failure).deserializeError(getClass().getClassLoader());
        assertThat(FailureWords.of(arrived, CSV))
                .isEqualTo("results is full (No space left on device): make room there");
    }

    @Test
    void anotherFaultOfAFileIsNamedByTheFolderToo() {
        assertThat(FailureWords.of(CsvNotWritten.under("/work/results", new IOException("Input/output error")), CSV))
                .isEqualTo("results cannot be written: Input/output error");
    }
}
