package io.tapewatch.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Stream;

/** A file under {@code csv.path} that says so when it cannot be written: the system does not name the file. */
final class CsvPart extends FilterOutputStream {

    private final String folder;

    /** @param folder where CSV files are written to */
    CsvPart(OutputStream file, String folder) {
        super(file);
        this.folder = folder;
    }

    @Override
    public void write(int single) throws IOException {
        try {
            out.write(single);
        } catch (IOException e) {
            throw cannotBeWritten(e);
        }
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            throw cannotBeWritten(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw cannotBeWritten(e);
        }
    }

    private IOException cannotBeWritten(IOException cause) {
        String why = String.valueOf(cause.getMessage());
        boolean isFull = Stream.of("No space left on device", "Disk quota exceeded", "not enough space on the disk")
                .anyMatch(why::contains);
        return new IOException(
                isFull
                        ? "csv.path " + folder + " is full (" + why + "): make room there; the job is restarted until"
                                + " there is, and goes on from its last checkpoint"
                        : "csv.path " + folder + " cannot be written: " + why,
                cause);
    }
}
