package io.tapewatch.cli;

import io.tapewatch.feed.InstrumentRow;
import io.tapewatch.feed.Speed;
import io.tapewatch.feed.recorded.Recordings;
import io.tapewatch.feed.recorded.Replay;
import io.tapewatch.feed.simulated.SimulationSettings;
import io.tapewatch.local.CsvFolder;
import io.tapewatch.local.LocalRun;
import io.tapewatch.local.LocalRunSettings;
import io.tapewatch.local.RuleSet;
import io.tapewatch.local.Screen;
import io.tapewatch.local.Wrapping;
import io.tapewatch.settings.JobArguments;
import io.tapewatch.settings.JobOptions;
import io.tapewatch.settings.TopicsOfTheirOwn;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tapewatch run}: the job on this machine, with all it needs. */
@Command(
        name = RunCommand.NAME,
        description = "Runs the job on this machine, with Kafka, a feed and the web UI.",
        customSynopsis = "tapewatch [run] [OPTION]...",
        descriptionHeading = "%n",
        sortOptions = false,
        versionProvider = Version.class)
final class RunCommand implements Callable<Integer> {

    static final String NAME = "run";

    private static final int UNBALANCED = 1;
    private static final int HIGHEST_PORT = 65_535;
    private static final int HIGHEST_PARALLELISM = 128;
    private static final int MOST_PARTITIONS = 1_000;

    /** Where and with what it runs. */
    static final class Running {
        @Option(names = "--rules", paramLabel = "FILE", description = "A JSON array of rules. Default: a starter set.")
        @Nullable
        Path rules;

        @Option(
                names = "--csv",
                paramLabel = "DIR",
                description = "Where CSV files are written. Default: a new folder for each run in out, to which"
                        + " out/latest links.")
        @Nullable
        Path csv;

        @Option(
                names = "--overwrite",
                description = "Delete the results of an earlier run that are in the folder of --csv.")
        boolean overwrite;

        @Option(
                names = "--partitions",
                paramLabel = "N",
                description = "The partitions of the topics of prices and quotes. Default: 1.")
        int partitions = 1;

        @Option(
                names = "--parallelism",
                paramLabel = "N",
                description = "The subtasks of each operator. Default: as many as partitions, at most one a core.")
        @Nullable
        Integer parallelism;

        @Option(
                names = "--web-port",
                paramLabel = "PORT",
                description = "The port of the web UI; the next free one if it is taken. Default: 8081.")
        int webPort = 8081;
    }

    /** About the command itself. */
    static final class About {
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this and exit.")
        boolean help;

        @Option(names = HelpPages.SETTINGS, description = HelpPages.ABOUT_SETTINGS)
        boolean settings;

        @Option(
                names = {"-V", "--version"},
                versionHelp = true,
                description = "Show the version and exit.")
        boolean version;
    }

    @ArgGroup(validate = false, order = 1, heading = "%nWhat to replay:%n")
    private LocalReplayOptions replay = new LocalReplayOptions();

    @ArgGroup(validate = false, order = 2, heading = "%nHow it runs:%n")
    private Running running = new Running();

    @ArgGroup(validate = false, order = 3, heading = "%nMore:%n")
    @SuppressWarnings("unused") // It is on the page of help.
    private About about = new About();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (Main.RUN_LOGGING.equals(System.getProperty(Main.LOGGING))) {
            LogFile.expectWritable(LocalRun.LOG_FILE);
        }
        OptionReader asked = new OptionReader(spec.commandLine());
        Configuration job = JobArguments.from(spec.commandLine().getParseResult());
        CsvChoice choice = CsvChoice.of(running.csv, running.overwrite, job, asked);
        LocalRunSettings settings = settings(job, choice.folder(), asked);
        boolean coloured = Help.Ansi.AUTO.enabled();
        Screen screen = new Screen(spec.commandLine().getOut(), coloured, new Wrapping(TerminalColumns.of(spec)));
        try (Replay order = replay.replay(asked, job);
                CsvFolder csv = choice.make(asked)) {
            Recordings recordings = replay.inOrder(asked, order, settings.recordings());
            LocalRun run = new LocalRun(settings.withRecordings(recordings).withCsv(csv.path()), screen);
            return switch (CtrlC.stops(run::stop, run::run)) {
                case BALANCED -> 0;
                case UNBALANCED -> UNBALANCED;
                case STOPPED -> CtrlC.EXIT_CODE;
            };
        }
    }

    private LocalRunSettings settings(Configuration job, Path csv, OptionReader asked) {
        refuse(job, JobOptions.BOOTSTRAP_SERVERS, asked);
        refuse(job, JobOptions.KAFKA_PROPERTIES, asked);
        refuse(job, JobOptions.PRICES_START, asked);
        refuse(job, JobOptions.PRICES_UNTIL, asked);
        Recordings recordings = replay.recordings(asked);
        SimulationSettings simulation = replay.simulation(asked);
        if (simulation != null && !job.contains(JobOptions.WINDOWS)) {
            job.set(JobOptions.WINDOWS, LocalReplayOptions.WINDOWS_OF_SIMULATED);
        }
        List<InstrumentRow> instruments = replay.instruments(asked);
        nameTopics(job, !recordings.quotes().isEmpty(), replay.instruments != null, asked);
        boolean hasQuotes = job.contains(JobOptions.QUOTES_TOPIC);
        return new LocalRunSettings(
                recordings,
                simulation,
                instruments,
                asked.read("--speed", replay.speed, Speed::parse),
                replay.exit,
                running.rules == null
                        ? RuleSet.starter(hasQuotes)
                        : asked.read("--rules", running.rules, RuleSet::read),
                csv,
                asked.inRange("--partitions", running.partitions, 1, MOST_PARTITIONS),
                asked.inRange("--parallelism", parallelism(), 1, HIGHEST_PARALLELISM),
                asked.inRange("--web-port", running.webPort, 0, HIGHEST_PORT),
                job);
    }

    private static void refuse(Configuration job, ConfigOption<?> option, OptionReader asked) {
        if (job.contains(option)) {
            throw asked.wrong("--" + option.key(), "the local run brings its own Kafka; leave this out");
        }
    }

    /** Quotes and instruments have topics of the names one would expect, unless others are given. */
    private void nameTopics(Configuration job, boolean quotes, boolean instruments, OptionReader asked) {
        if (quotes) {
            nameTopic(job, JobOptions.QUOTES_TOPIC, "quotes", asked);
        }
        if (instruments) {
            nameTopic(job, JobOptions.INSTRUMENTS_TOPIC, "instruments", asked);
        }
        try {
            TopicsOfTheirOwn.require(job);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static void nameTopic(Configuration job, ConfigOption<String> topic, String name, OptionReader asked) {
        if (job.contains(topic)) {
            return;
        }
        for (ConfigOption<String> other : List.of(
                JobOptions.PRICES_TOPIC,
                JobOptions.RULES_TOPIC,
                JobOptions.QUOTES_TOPIC,
                JobOptions.INSTRUMENTS_TOPIC)) {
            if (name.equals(job.get(other))) {
                throw asked.wrong(
                        "--" + other.key(),
                        "'" + name + "' is the topic of the " + name
                                + "; choose another name, or name that topic with --" + topic.key());
            }
        }
        job.set(topic, name);
    }

    private int parallelism() {
        return running.parallelism != null
                ? running.parallelism
                : Math.max(1, Math.min(running.partitions, Runtime.getRuntime().availableProcessors()));
    }
}
