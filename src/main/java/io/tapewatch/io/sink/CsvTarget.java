package io.tapewatch.io.sink;

import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.UUID;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that CSV files go to, and how their lines end.
 *
 * @param folder a path, or a URI such as {@code s3://bucket/csv}
 */
public record CsvTarget(String folder, LineEnding lineEnding) implements Serializable {

    private static final Logger LOG = LoggerFactory.getLogger(CsvTarget.class);

    /**
     * The path of a folder in Flink's form.
     *
     * <p>The text of a path stands for itself, whatever characters the path holds. In a URI {@code %20} is a space. Flink
     * itself takes {@code %20} as three characters in both. A text that is no valid URI, such as {@code file:/a b}, is left
     * to Flink.
     *
     * @throws IllegalArgumentException if the text is empty
     */
    public static Path path(String folder) {
        try {
            URI uri = new URI(folder);
            // One letter is a drive of Windows, a bucket may stand alone, and Flink's file systems know no queries and
            // fragments.
            boolean isUri = uri.getScheme() != null
                    && uri.getScheme().length() > 1
                    && !uri.isOpaque()
                    && !uri.getPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
            return isUri ? new Path(uri.getScheme(), uri.getAuthority(), uri.getPath()) : new Path(folder);
        } catch (URISyntaxException e) {
            return new Path(folder);
        }
    }

    Path path() {
        return path(folder);
    }

    /**
     * Makes the folder, and a file in it that goes away.
     *
     * @throws IOException if that cannot be done; the message says why
     */
    public void expectWritable() throws IOException {
        Path path;
        FileSystem files;
        try {
            path = path();
            files = path.getFileSystem();
        } catch (UnsupportedFileSystemSchemeException e) {
            // A file system that the task managers may know and this machine does not.
            LOG.warn("Not known whether {} can be written: {}", folder, e.getMessage());
            return;
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        files.mkdirs(path);
        Path file = new Path(path, ".tapewatch-" + UUID.randomUUID());
        files.create(file, FileSystem.WriteMode.NO_OVERWRITE).close();
        files.delete(file, false);
    }
}
