package io.tapewatch.io.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvPartTest {

    /** A device of Linux that has no space left. */
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path folder;

    @Test
    void aFullDiskIsNamedAsWhatItIs() throws IOException {
        assumeTrue(Files.exists(FULL), "needs " + FULL);
        try (OutputStream disk = Files.newOutputStream(FULL)) {
            CsvPart part = new CsvPart(disk, "file:/csv");
            for (ThrowingCallable write :
                    new ThrowingCallable[] {() -> part.write(1), () -> part.write(new byte[10], 0, 10)}) {
                assertThatThrownBy(write)
                        .isInstanceOf(IOException.class)
                        .hasMessage("csv.path file:/csv is full (No space left on device): make room there; the job is"
                                + " restarted until there is, and resumes from its last checkpoint");
            }
        }
    }

    @Test
    void anotherFaultIsNamedWithItsFolder() throws IOException {
        OutputStream closed = Files.newOutputStream(folder.resolve("closed"));
        closed.close();
        CsvPart part = new CsvPart(closed, "file:/csv");
        assertThatThrownBy(() -> part.write(new byte[10], 0, 10))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("csv.path file:/csv cannot be written: ");
    }

    @Test
    void whatIsWrittenArrives() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        CsvPart part = new CsvPart(file, "file:/csv");
        part.write('a');
        part.write(new byte[] {'x', 'b', 'c', 'x'}, 1, 2);
        part.flush();
        assertThat(file).hasToString("abc");
    }
}
