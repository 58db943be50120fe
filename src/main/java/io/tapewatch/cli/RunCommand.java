package io.tapewatch.cli;

import io.tapewatch.JobArguments;
import io.tapewatch.JobOptions;
import io.tapewatch.SettingChecks;
import io.tapewatch.feed.EpochUnit;
import io.tapewatch.feed.RecordedInstrument;
import io.tapewatch.feed.RecordedInstruments;
import io.tapewatch.feed.RecordedPrice;
import io.tapewatch.feed.RecordedPrices;
import io.tapewatch.feed.RecordedQuote;
import io.tapewatch.feed.RecordedQuotes;
import io.tapewatch.feed.Recording;
import io.tapewatch.feed.RecordingException;
import io.tapewatch.feed.RecordingFormat;
import io.tapewatch.feed.RecordingFormat.Field;
import io.tapewatch.feed.Recordings;
import io.tapewatch.feed.Speed;
import io.tapewatch.local.LocalRun;
import io.tapewatch.local.LocalRunSettings;
import io.tapewatch.local.RuleSet;
import io.tapewatch.local.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tapewatch run}: the job on this machine, with all it needs. */
@Command(
        name = RunCommand.NAME,
        description = "Runs the job on this machine, with a Kafka broker, a price feed and the Flink web UI.",
        customSynopsis = "tapewatch [run] [OPTION]...",
        descriptionHeading = "%n",
        sortOptions = false,
        versionProvider = Version.class)
final class RunCommand implements Callable<Integer> {

    static final String NAME = "run";

    private static final int STOPPED = 130;
    private static final int UNBALANCED = 1;
    private static final int HIGHEST_PORT = 65_535;
    private static final int HIGHEST_PARALLELISM = 128;
    private static final int MOST_PARTITIONS = 1_000;
    private static final Recording BITSTAMP = Recording.resource("/bitstamp_trades_from_20131125_usd.csv");
    private static final RecordingFormat BITSTAMP_FORMAT =
            new RecordingFormat(Map.of(Field.TIME, "timestamp", Field.SIZE, "amount"), EpochUnit.SECONDS, "BTC-USD");
    private static final String DEFAULT_SPEED = "2000";

    /** What is replayed, and how. */
    static final class Replay {
        @Option(
                names = "--replay",
                paramLabel = "FILE[,FILE...]",
                split = ",",
                hideParamSyntax = true,
                description = "CSV or CSV.gz with the columns time, symbol and price, optionally size, id, seq and"
                        + " side, by header name in any order; sent in file order. Default: 100,000 bitcoin trades of"
                        + " November 2013.")
        List<Path> files;

        @Option(
                names = "--columns",
                paramLabel = "FIELD=COLUMN[,...]",
                description = "What the files call them, such as time=timestamp,size=amount.")
        String columns;

        @Option(
                names = "--replay-quotes",
                paramLabel = "FILE[,FILE...]",
                split = ",",
                hideParamSyntax = true,
                description = "CSV or CSV.gz of quotes with the columns time, symbol, bid and ask, optionally bidSize,"
                        + " askSize and seq; sent in file order, on one clock with the files of --replay.")
        List<Path> quoteFiles;

        @Option(
                names = "--quote-columns",
                paramLabel = "FIELD=COLUMN[,...]",
                description = "What the files of quotes call them, such as bid=best_bid,ask=best_ask.")
        String quoteColumns;

        @Option(
                names = "--instruments",
                paramLabel = "FILE",
                description = "CSV with the column symbol, optionally name, currency, type, sector, venue and"
                        + " multiplier; sent before the job starts.")
        Path instruments;

        @Option(
                names = "--time-unit",
                paramLabel = "s|ms|us|ns",
                description = "The unit of times since the epoch. Default: ms.")
        String timeUnit;

        @Option(names = "--symbol", paramLabel = "SYMBOL", description = "The symbol of files without a symbol column.")
        String symbol;

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
    }

    /** Where and with what it runs. */
    static final class Running {
        @Option(names = "--rules", paramLabel = "FILE", description = "A JSON array of rules. Default: a starter set.")
        Path rules;

        @Option(names = "--csv", paramLabel = "DIR", description = "Where CSV files are written. Default: out.")
        Path csv;

        @Option(
                names = "--partitions",
                paramLabel = "N",
                description = "The partitions of the topics of prices and quotes. Default: 1.")
        int partitions = 1;

        @Option(
                names = "--parallelism",
                paramLabel = "N",
                description = "The subtasks of each operator. Default: as many as partitions, at most one a core.")
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

        @Option(
                names = {"-V", "--version"},
                versionHelp = true,
                description = "Show the version and exit.")
        boolean version;
    }

    @ArgGroup(validate = false, order = 1, heading = "%nWhat to replay:%n")
    private Replay replay = new Replay();

    @ArgGroup(validate = false, order = 2, heading = "%nHow it runs:%n")
    private Running running = new Running();

    @ArgGroup(validate = false, order = 3, heading = "%nMore:%n")
    private About about = new About();

    @Spec
    private CommandSpec spec;

    /** Adds the job's settings to the command's own options, and to its help after them; then come the other commands. */
    static void complete(CommandLine command) {
        JobArguments.addTo(command.getCommandSpec());
        command.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help -> help.optionListGroupSections() + settings(help));
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_FOOTER, RunCommand::otherCommands);
    }

    private static String otherCommands(Help help) {
        Help all = help.commandSpec().parent().commandLine().getHelp();
        Map<String, Help> others = new LinkedHashMap<>(all.subcommands());
        others.remove(NAME);
        return String.format("%nOther commands, each with a --help of its own:%n") + all.commandList(others);
    }

    private static String settings(Help help) {
        List<OptionSpec> ungrouped = help.commandSpec().options().stream()
                .filter(option -> option.group() == null)
                .toList();
        return ungrouped.isEmpty()
                ? ""
                : String.format("%nSettings of the job:%n") + help.optionListExcludingGroups(ungrouped);
    }

    @Override
    public Integer call() throws Exception {
        LocalRunSettings settings = settings();
        Screen screen = new Screen(spec.commandLine().getOut(), Help.Ansi.AUTO.enabled());
        LocalRun run = new LocalRun(settings, screen);
        CountDownLatch ended = new CountDownLatch(1);
        Thread onInterrupt = new Thread(() -> stop(run, ended), "stop");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            return switch (run.run()) {
                case BALANCED -> 0;
                case UNBALANCED -> UNBALANCED;
                case STOPPED -> STOPPED;
            };
        } finally {
            ended.countDown();
        }
    }

    /** The JVM ends when this returns: not before the run has cleaned up. */
    private static void stop(LocalRun run, CountDownLatch ended) {
        run.stop();
        boolean interrupted = false;
        while (ended.getCount() > 0) {
            try {
                ended.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private LocalRunSettings settings() {
        Configuration job = JobArguments.from(spec.commandLine().getParseResult());
        refuse(job, JobOptions.BOOTSTRAP_SERVERS);
        refuse(job, JobOptions.KAFKA_PROPERTIES);
        refuse(job, JobOptions.PRICES_START);
        refuse(job, JobOptions.PRICES_UNTIL);
        Recordings recordings = recordings();
        List<RecordedInstrument> instruments = instruments();
        nameTopics(job, !recordings.quotes().isEmpty(), replay.instruments != null);
        boolean hasQuotes = job.contains(JobOptions.QUOTES_TOPIC);
        return new LocalRunSettings(
                recordings,
                instruments,
                read("--speed", replay.speed, Speed::parse),
                replay.exit,
                running.rules == null ? RuleSet.starter(hasQuotes) : read("--rules", running.rules, RuleSet::read),
                csv(job),
                inRange("--partitions", running.partitions, 1, MOST_PARTITIONS),
                inRange("--parallelism", parallelism(), 1, HIGHEST_PARALLELISM),
                inRange("--web-port", running.webPort, 0, HIGHEST_PORT),
                job);
    }

    private void refuse(Configuration job, ConfigOption<?> option) {
        if (job.contains(option)) {
            throw wrong("--" + option.key(), "the local run brings its own Kafka; leave this out");
        }
    }

    /** Quotes and instruments have topics of the names one would expect, unless others are given. */
    private void nameTopics(Configuration job, boolean quotes, boolean instruments) {
        if (quotes && !job.contains(JobOptions.QUOTES_TOPIC)) {
            job.set(JobOptions.QUOTES_TOPIC, "quotes");
        }
        if (instruments && !job.contains(JobOptions.INSTRUMENTS_TOPIC)) {
            job.set(JobOptions.INSTRUMENTS_TOPIC, "instruments");
        }
        try {
            SettingChecks.requireTopicsOfTheirOwn(job);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Recordings recordings() {
        if (replay.quoteFiles == null && replay.quoteColumns != null) {
            throw new ParameterException(spec.commandLine(), "--quote-columns is about the files of --replay-quotes");
        }
        if (replay.files == null) {
            if (replay.columns != null || replay.timeUnit != null || replay.symbol != null) {
                throw new ParameterException(
                        spec.commandLine(), "--columns, --time-unit and --symbol are about the files of --replay");
            }
            if (replay.quoteFiles != null) {
                throw wrong("--replay-quotes", "quotes go with trades of the same time; name these with --replay");
            }
            return Recordings.ofPrices(List.of(BITSTAMP), BITSTAMP_FORMAT);
        }
        RecordingFormat format = format("--columns", replay.columns, Field.OF_PRICES);
        RecordingFormat quoteFormat = format("--quote-columns", replay.quoteColumns, Field.OF_QUOTES);
        return new Recordings(
                files("--replay", replay.files, recording -> firstPrice(recording, format)),
                format,
                replay.quoteFiles == null
                        ? List.of()
                        : files("--replay-quotes", replay.quoteFiles, recording -> firstQuote(recording, quoteFormat)),
                quoteFormat);
    }

    private RecordingFormat format(String option, String columns, Set<Field> fields) {
        return new RecordingFormat(
                columns == null ? Map.of() : read(option, columns, text -> RecordingFormat.parseColumns(text, fields)),
                replay.timeUnit == null
                        ? EpochUnit.MILLISECONDS
                        : read("--time-unit", replay.timeUnit, EpochUnit::parse),
                replay.symbol);
    }

    /** What can only be told by reading a file. */
    @FunctionalInterface
    private interface Reader<R> {
        R read(Recording recording) throws IOException;
    }

    private List<Recording> files(String option, List<Path> paths, Reader<?> first) {
        List<Recording> files = new ArrayList<>();
        for (Path path : paths) {
            read(option, path, first);
            files.add(Recording.file(path));
        }
        return files;
    }

    private static RecordedPrice firstPrice(Recording recording, RecordingFormat format) throws IOException {
        try (RecordedPrices prices = RecordedPrices.open(recording, format)) {
            return prices.next();
        }
    }

    private static RecordedQuote firstQuote(Recording recording, RecordingFormat format) throws IOException {
        try (RecordedQuotes quotes = RecordedQuotes.open(recording, format)) {
            return quotes.next();
        }
    }

    private List<RecordedInstrument> instruments() {
        return replay.instruments == null
                ? List.of()
                : read("--instruments", replay.instruments, RecordedInstruments::read);
    }

    private <R> R read(String option, Path file, Reader<R> reader) {
        try {
            return reader.read(Recording.file(file));
        } catch (RecordingException e) {
            throw wrong(option, e.getMessage());
        } catch (IOException e) {
            throw wrong(option, file + ": " + e.getMessage());
        }
    }

    private Path csv(Configuration job) {
        boolean named = job.contains(JobOptions.CSV_PATH);
        if (named && running.csv != null) {
            throw wrong("--csv", "the same as --" + JobOptions.CSV_PATH.key() + "; give one of them");
        }
        Path folder =
                named ? Path.of(job.get(JobOptions.CSV_PATH)) : running.csv == null ? Path.of("out") : running.csv;
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw wrong("--csv", "expected a folder, '" + folder + "' is a file");
        }
        return folder;
    }

    private int parallelism() {
        return running.parallelism != null
                ? running.parallelism
                : Math.max(1, Math.min(running.partitions, Runtime.getRuntime().availableProcessors()));
    }

    private int inRange(String option, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw wrong(option, "expected " + lowest + " to " + highest + ", found " + value);
        }
        return value;
    }

    private <T, R> R read(String option, T text, Function<T, R> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(option, e.getMessage());
        }
    }

    private ParameterException wrong(String option, String message) {
        return new ParameterException(spec.commandLine(), option + ": " + message);
    }
}
