package io.tapewatch.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapewatch.feed.simulated.Incident;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;

/** The list of what was planted in a simulated market: a JSON object a line, there as soon as the market gets to it. */
final class PlantedFile implements AutoCloseable {

    private final Path file;
    private final Writer lines;
    private long count;

    private PlantedFile(Path file, Writer lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Begins a list in a file; what was there is gone. */
    static PlantedFile at(Path file) throws IOException {
        try {
            // Not a channel: that one would close when the feed's thread is interrupted.
            return new PlantedFile(file, new OutputStreamWriter(new FileOutputStream(file.toFile()), UTF_8));
        } catch (IOException e) {
            throw new IOException(file + ": cannot be written: " + e.getMessage(), e);
        }
    }

    void add(Incident incident) {
        try {
            lines.write(incident.toJson());
            lines.write('\n');
            lines.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": cannot be written: " + e.getMessage(), e);
        }
        count++;
    }

    long count() {
        return count;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
