package io.tapewatch.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

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
        delete(path);
    }

    /** Deletes a folder and what is in it; files that others delete meanwhile do not matter. */
    static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
