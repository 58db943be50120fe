package io.tapewatch.io.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CsvTargetTest {

    @TempDir
    private Path folder;

    /** Names of folders that a URI would write otherwise. */
    static Stream<String> names() {
        return Stream.of(
                "plain",
                "with space",
                "100%",
                "with%20space",
                "a#b",
                "a?b=c",
                "a+b",
                "Kürze-Größe",
                "a;b&c",
                "[a]{b}",
                "deep er/and%/deeper");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aPathIsTakenAsItIs(String name) throws IOException {
        assertIsWritten(folder.resolve(name).toString(), name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aUriIsRead(String name) throws IOException {
        // As Java writes it, with one slash or three.
        String uri = folder.resolve(name).toUri().toString();
        assertIsWritten(uri, name);
        Files.delete(folder.resolve(name));
        assertIsWritten(uri.replaceFirst("^file:/+", "file:/"), name);
    }

    @Test
    void aTextThatIsNoUriIsAPathAfterItsScheme() throws IOException {
        assertIsWritten("file:" + folder + "/with space", "with space");
        assertIsWritten("file:" + folder + "/100%", "100%");
        assertIsWritten("file:" + folder + "/a#b", "a#b");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://bucket, s3://bucket",
        "s3://bucket/, s3://bucket/",
        "s3://bucket/csv, s3://bucket/csv",
        "s3://bucket/csv/, s3://bucket/csv",
        "hdfs://name:8020/a%20b, hdfs://name:8020/a b",
        "out, out",
        "out/csv/, out/csv"
    })
    void otherFileSystemsAndRelativePathsAreTaken(String text, String path) {
        assertThat(CsvTarget.path(text)).hasToString(path);
    }

    @Test
    void nothingIsNoFolder() {
        assertThatThrownBy(() -> new CsvTarget("", LineEnding.LF).expectWritable())
                .isInstanceOf(IOException.class)
                .hasMessage("Can not create a Path from an empty string");
    }

    private void assertIsWritten(String text, String name) throws IOException {
        new CsvTarget(text, LineEnding.LF).expectWritable();
        assertThat(folder.resolve(name)).as(text).isEmptyDirectory();
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).as(text).contains(folder.resolve(Path.of(name).getName(0)));
        }
    }
}
