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
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file of prices, quotes or instruments, plain or compressed with gzip (told by its first bytes), in UTF-8 with or
 * without a byte order mark.
 *
 * @param name how messages name it
 * @param content opens it from its beginning
 * @param path where it is, or null if it is no file of its own
 * @param symbol the symbol of its rows if it has no symbol column
 */
public record Recording(
        String name,
        Content content,
        @Nullable Path path,
        @Nullable String symbol) {

    private static final int BUFFER = 1 << 16;

    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Content {
        InputStream open() throws IOException;
    }

    public Recording {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(content, "content");
    }

    public Recording(String name, Content content) {
        this(name, content, null, null);
    }

    /** The file at {@code path}, which may be a {@linkplain #isPipe pipe}. */
    public static Recording file(Path path) {
        return new Recording(
                path.toString(),
                () -> isPipe(path) ? new FileInputStream(path.toFile()) : Files.newInputStream(path),
                path,
                null);
    }

    /** The same, its rows of this symbol if it has no symbol column. */
    public Recording of(String symbol) {
        return new Recording(name, content, path, symbol);
    }

    /** Whether it can be read once only: a pipe, or something else that is no file. */
    public boolean isPipe() {
        return path != null && isPipe(path);
    }

    private static boolean isPipe(Path path) {
        return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
    }

    /** How many bytes it has, as it is; nothing if that cannot be told. */
    public OptionalLong size() {
        try {
            return path != null && Files.isRegularFile(path) ? OptionalLong.of(Files.size(path)) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
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
     * @param read is told, in the reading thread, how many rows more were read
     */
    public Recording counted(LongConsumer read) {
        return new Recording(name, () -> new CountedStream(content.open(), read), path, symbol);
    }

    Reader read() throws IOException {
        InputStream bytes = new BufferedInputStream(content.open(), BUFFER);
        try {
            FirstBytes first = first(bytes);
            if (first.areGzip()) {
                bytes = new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER);
                first = first(bytes);
            }
            String problem = first.problem(name);
            if (problem != null) {
                throw new RecordingException(name + " " + problem);
            }
            bytes.skipNBytes(first.lengthOfMark());
            return new InputStreamReader(
                    bytes,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private static FirstBytes first(InputStream bytes) throws IOException {
        bytes.mark(FirstBytes.COUNT);
        FirstBytes first = new FirstBytes(bytes.readNBytes(FirstBytes.COUNT));
        bytes.reset();
        return first;
    }
}
