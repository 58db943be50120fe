package io.tapewatch.feed.recorded;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/**
 * A CSV file of prices, quotes or instruments, plain or compressed with gzip (told by its first two bytes), in UTF-8.
 *
 * @param name how messages name it
 * @param content opens it from its beginning
 */
public record Recording(String name, Content content) {

    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;

    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    public Recording {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(content, "content");
    }

    /** The file at {@code path}, which may be a {@linkplain #isPipe pipe}. */
    public static Recording file(Path path) {
        return new Recording(
                path.toString(), () -> isPipe(path) ? new FileInputStream(path.toFile()) : Files.newInputStream(path));
    }

    /** Whether what is at {@code path} can be read once only: a pipe, or something else that is no file. */
    public static boolean isPipe(Path path) {
        return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
    }

    /** A file on the class path, named from its root: {@code /prices.csv}. */
    public static Recording resource(String resource) {
        return new Recording(resource.substring(resource.lastIndexOf('/') + 1), () -> {
            InputStream stream = Recording.class.getResourceAsStream(resource);
            if (stream == null) {
                throw new FileNotFoundException(resource + " is not on the class path");
            }
            return stream;
        });
    }

    /**
     * The same, telling how many bytes of it are read, as they are.
     *
     * @param read is told how many more it were, in the reading thread
     */
    public Recording counted(LongConsumer read) {
        return new Recording(name, () -> new CountedStream(content.open(), read));
    }

    Reader read() throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(content.open(), 1 << 16);
        try {
            bytes.mark(2);
            boolean zipped = bytes.read() == GZIP_MAGIC_1 && bytes.read() == GZIP_MAGIC_2;
            bytes.reset();
            InputStream plain = zipped ? new GZIPInputStream(bytes, 1 << 16) : bytes;
            return new InputStreamReader(
                    plain,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }
}
