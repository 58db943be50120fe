package io.tapewatch.local;

import io.tapewatch.feed.Recording;
import io.tapewatch.feed.RecordingFormat;
import io.tapewatch.feed.Speed;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/**
 * What a local run does.
 *
 * @param recordings what to replay, one after the other
 * @param format how they name their columns
 * @param speed how fast
 * @param exit whether the run ends, with its account, when everything is processed
 * @param rules the rules in force from the start
 * @param csv the folder of the CSV files
 * @param partitions the partitions of the topic of prices, 1 or more
 * @param parallelism the subtasks of each operator, 1 or more
 * @param webPort the web UI's port, or the first to try; 0 for any
 * @param job settings of the job that were given; the run adds its own
 */
public record LocalRunSettings(
        List<Recording> recordings,
        RecordingFormat format,
        Speed speed,
        boolean exit,
        RuleSet rules,
        Path csv,
        int partitions,
        int parallelism,
        int webPort,
        Configuration job) {

    public LocalRunSettings {
        recordings = List.copyOf(recordings);
        job = new Configuration(job);
    }
}
