package io.tapewatch.cli;

import io.tapewatch.io.sink.CsvTarget;
import io.tapewatch.local.CsvFolder;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The folder of CSV files that a user asks of a local run.
 *
 * @param option the option that names it; null if none does
 * @param overwrite whether the results of an earlier run in it are to go
 */
record CsvChoice(@Nullable String option, Path folder, boolean overwrite) {

    private static final String OPTION = "--csv";
    private static final String OVERWRITE = "--overwrite";

    /** @param csv what {@code --csv} says */
    static CsvChoice of(@Nullable Path csv, boolean overwrite, Configuration job, OptionReader asked) {
        String jobOption = "--" + JobOptions.CSV_PATH.key();
        String named = job.get(JobOptions.CSV_PATH);
        if (named != null) {
            if (csv != null) {
                throw asked.wrong(OPTION, "the same as " + jobOption + "; give one of them");
            }
            return new CsvChoice(jobOption, onThisMachine(jobOption, named, asked), overwrite);
        }
        if (csv == null) {
            if (overwrite) {
                throw asked.wrong(
                        OVERWRITE, "each run has a folder of its own; name the folder to overwrite with " + OPTION);
            }
            return new CsvChoice(null, Path.of("out"), false);
        }
        if (csv.toString().isEmpty()) {
            throw asked.wrong(OPTION, "expected a folder, found nothing");
        }
        return new CsvChoice(OPTION, csv, overwrite);
    }

    private static Path onThisMachine(String option, String named, OptionReader asked) {
        URI uri = asked.read(option, named, CsvTarget::path).toUri();
        if (uri.getScheme() == null) {
            return asked.read(option, named, Path::of);
        }
        if (!uri.getScheme().equals("file")) {
            throw asked.wrong(option, "a local run writes to a folder of this machine, found '" + named + "'");
        }
        return asked.read(option, uri, Path::of);
    }

    /** Makes the folder. */
    CsvFolder make(OptionReader asked) throws Failure {
        try {
            return option == null ? CsvFolder.ofOneRun(folder, Instant.now()) : CsvFolder.named(folder, overwrite);
        } catch (IOException e) {
            if (option == null) {
                throw new Failure(e.getMessage() + "; name another folder for CSV files with " + OPTION, e);
            }
            throw asked.wrong(option, e.getMessage());
        }
    }
}
