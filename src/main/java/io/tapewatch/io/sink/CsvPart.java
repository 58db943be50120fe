package io.tapewatch.io.sink;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

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
        return CsvNotWritten.under(folder, cause);
    }
}
