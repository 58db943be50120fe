package io.tapewatch.local;

import io.tapewatch.feed.InstrumentRow;
import io.tapewatch.feed.Speed;
import io.tapewatch.feed.recorded.Recordings;
import io.tapewatch.feed.simulated.SimulationSettings;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * What a local run does.
 *
 * @param recordings what to replay
 * @param simulation a simulated market beside the recordings, on one clock with them; null for none
 * @param instruments what is known about instruments from the start; none if nothing is
 * @param speed how fast
 * @param exit whether the run ends, with its account, when everything is processed
 * @param rules the rules in force from the start
 * @param csv the folder of the CSV files
 * @param partitions the partitions of the topics of prices and of quotes, 1 or more
 * @param parallelism the subtasks of each operator, 1 or more
 * @param webPort the web UI's port, or the first to try; 0 for any
 * @param job settings of the job that were given, among them the topics of quotes and instruments where there are such;
 *     the run adds its own
 */
public record LocalRunSettings(
        Recordings recordings,
        @Nullable SimulationSettings simulation,
        List<InstrumentRow> instruments,
        Speed speed,
        boolean exit,
        RuleSet rules,
        Path csv,
        int partitions,
        int parallelism,
        int webPort,
        Configuration job) {

    public LocalRunSettings {
        instruments = List.copyOf(instruments);
        job = new Configuration(job);
        boolean hasQuotes = !recordings.quotes().isEmpty() || simulation != null && simulation.quotes();
        if (hasQuotes && !job.contains(JobOptions.QUOTES_TOPIC)
                || !instruments.isEmpty() && !job.contains(JobOptions.INSTRUMENTS_TOPIC)) {
            throw new IllegalArgumentException("quotes and instruments need a topic each");
        }
    }

    /** The same with other recordings. */
    public LocalRunSettings withRecordings(Recordings others) {
        return new LocalRunSettings(
                others, simulation, instruments, speed, exit, rules, csv, partitions, parallelism, webPort, job);
    }

    /** The same with CSV files in another folder. */
    public LocalRunSettings withCsv(Path folder) {
        return new LocalRunSettings(
                recordings, simulation, instruments, speed, exit, rules, folder, partitions, parallelism, webPort, job);
    }
}
