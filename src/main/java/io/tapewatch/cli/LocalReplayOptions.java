package io.tapewatch.cli;

import io.tapewatch.feed.recorded.Recordings;
import io.tapewatch.feed.recorded.Replay;
import io.tapewatch.feed.simulated.SimulationSettings;
import java.io.InterruptedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a local run replays: files, or without any a recording and a market that are at hand. */
final class LocalReplayOptions extends ReplayOptions {

    /** So many symbols for so many days make a great many summaries of windows that are shorter. */
    static final String WINDOWS_OF_SIMULATED = "5m,1h/5m,1d+5m";

    private static final String DEFAULT_SPEED = "2000";
    private static final int DEFAULT_SIMULATED = 40;
    private static final int MOST_SIMULATED = 10_000;

    @Option(
            names = "--replay",
            paramLabel = "FILE[,FILE...]",
            split = ",",
            hideParamSyntax = true,
            description = FILES + " Default: " + BitstampWeek.DESCRIPTION + ".")
    @Nullable
    List<String> files;

    @Option(
            names = "--simulated",
            paramLabel = "N",
            description = "The symbols of a simulated market beside the default recording, with incidents planted"
                    + " for the rules to find, and windows of " + WINDOWS_OF_SIMULATED + "; 0 for none. Default: "
                    + DEFAULT_SIMULATED + ".")
    @Nullable
    Integer simulated;

    @Option(
            names = "--speed",
            paramLabel = "N|max",
            description = "Times real time, or as fast as it goes. Default: " + DEFAULT_SPEED + ".")
    String speed = DEFAULT_SPEED;

    @Option(
            names = "--exit",
            description = "End when everything is processed, and print the account. Without it the run goes on"
                    + " until Ctrl-C.")
    boolean exit;

    /** The files to replay, each of which has been looked into. */
    Recordings recordings(OptionReader asked) {
        if (files != null) {
            if (simulated != null) {
                throw asked.wrong(
                        "--simulated",
                        "a simulated market is on the clock of the default recording;" + " leave it or --replay out");
            }
            return recordings(asked, "--replay", files);
        }
        if (tellOfFiles()) {
            throw asked.wrong(
                    "--columns, --time-unit, --symbol, --symbol-from-file-name and --order are about the files of --replay");
        }
        if (quoteFiles != null) {
            throw asked.wrong("--replay-quotes", "quotes go with trades of the same time; name these with --replay");
        }
        if (quoteColumns != null) {
            throw asked.wrong("--quote-columns is about the files of --replay-quotes");
        }
        return BitstampWeek.RECORDINGS;
    }

    /** The default recording is in order. */
    @Override
    Recordings inOrder(OptionReader asked, Replay replay, Recordings recordings)
            throws Failure, InterruptedIOException {
        return files == null ? recordings : super.inOrder(asked, replay, recordings);
    }

    /** The market beside the default recording, if there is one. */
    @Nullable
    SimulationSettings simulation(OptionReader asked) {
        int symbols =
                simulated == null ? DEFAULT_SIMULATED : asked.inRange("--simulated", simulated, 0, MOST_SIMULATED);
        return files != null || symbols == 0 ? null : BitstampWeek.marketBeside(symbols);
    }
}
