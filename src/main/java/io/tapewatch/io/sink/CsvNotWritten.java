package io.tapewatch.io.sink;

import java.io.IOException;
import java.util.stream.Stream;

/** A CSV file that cannot be written. The message is the job's, for its log; another program can say it in its own words. */
public final class CsvNotWritten extends IOException {

    private static final long serialVersionUID = 1;

    private final boolean full;
    private final String reason;

    private CsvNotWritten(String message, boolean full, String reason, IOException cause) {
        super(message, cause);
        this.full = full;
        this.reason = reason;
    }

    /** @param folder where CSV files are written to */
    public static CsvNotWritten under(String folder, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        boolean full = Stream.of("No space left on device", "Disk quota exceeded", "not enough space on the disk")
                .anyMatch(reason::contains);
        return new CsvNotWritten(
                full
                        ? "csv.path " + folder + " is full (" + reason
                                + "): make room there; the job is restarted until"
                                + " there is, and resumes from its last checkpoint"
                        : "csv.path " + folder + " cannot be written: " + reason,
                full,
                reason,
                cause);
    }

    /** {@code is full (No space left on device): make room there}, or another fault: what follows the folder's name. */
    public String fault() {
        return full ? "is full (" + reason + "): make room there" : "cannot be written: " + reason;
    }
}
