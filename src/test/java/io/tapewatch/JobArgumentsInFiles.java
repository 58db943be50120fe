package io.tapewatch;

import org.apache.flink.configuration.Configuration;

/** The job's arguments as files for deployment have them. */
public final class JobArgumentsInFiles {

    private JobArgumentsInFiles() {}

    /** @throws IllegalArgumentException if one is not a setting of the job */
    public static Configuration parse(String... arguments) {
        return JobArguments.parse(arguments);
    }
}
