package io.tapewatch.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that goes away, with all it holds, when it is closed. */
record TemporaryFolder(Path path) implements AutoCloseable {

    /** @throws IOException if none can be made; the message says where, why, and what helps */
    static TemporaryFolder create(String prefix) throws IOException {
        return new TemporaryFolder(directory(prefix));
    }

    /** The path of a new one, which somebody else deletes. */
    static Path directory(String prefix) throws IOException {
        try {
            return Files.createTempDirectory(prefix);
        } catch (IOException e) {
            String parent = System.getProperty("java.io.tmpdir");
            String why = Files.isDirectory(Path.of(parent)) ? FileFaults.why(e) : "there is no such folder";
            throw new IOException(
                    "the folder for temporary files, " + parent + ", cannot be written: " + why
                            + "; name another with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        Folders.delete(path);
    }
}
