package io.tapewatch.cli;

import io.tapewatch.domain.Printable;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.settings.JobOptions;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The tools' entry: a command and its options. Without a command it is {@code run}. */
@Command(
        name = "tapewatch",
        customSynopsis = {"tapewatch [run] [OPTION]...", "       tapewatch COMMAND [OPTION]..."},
        description = "Summarizes market prices on Kafka and flags what rules describe, with Flink.",
        subcommands = {
            RunCommand.class,
            FeedCommand.class,
            WatchCommand.class,
            TopicsCommand.class,
            RulesCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            CompletionCommand.class
        },
        descriptionHeading = "%n",
        commandListHeading = "%nCommands, each with a --help of its own:%n",
        optionListHeading = "%n",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Main {

    /** The property that names the settings of logging. */
    static final String LOGGING = "log4j2.configurationFile";

    /** Those of a local run: it logs to a file. */
    static final String RUN_LOGGING = "log4j2-run.xml";

    private static final int BAD_USAGE = 2;
    private static final int FAILED = 1;

    /** The commands but {@code run}. */
    private static final List<String> TOOLS = List.of(
            FeedCommand.NAME,
            WatchCommand.NAME,
            TopicsCommand.NAME,
            RulesCommand.NAME,
            StatusCommand.NAME,
            DoctorCommand.NAME,
            CompletionCommand.NAME);

    /** What asks about the program and not about a run. */
    private static final List<String> ABOUT = List.of("--version", "-V", "--help", "-h");

    private Main() {}

    /**
     * Exits with 0 if all went well, 1 if something failed, 2 for a command line that makes no sense, and 3 for a status that
     * could not be found out.
     */
    public static void main(String[] args) {
        // The terminal belongs to the tools. The run's log goes to a file; what the others have to say, they say.
        if (System.getProperty(LOGGING) == null) {
            boolean isTool = args.length > 0
                    && (TOOLS.contains(args[0]) || ABOUT.contains(args[0]) || args[0].equals(HelpPages.SETTINGS));
            System.setProperty(LOGGING, isTool ? "log4j2-tools.xml" : RUN_LOGGING);
            // Flink loads a part of itself with a class loader of its own, for which Log4j would begin the file anew.
            System.setProperty("log4j2.contextSelector", "org.apache.logging.log4j.core.selector.BasicContextSelector");
            // Where the web UI looks for the log.
            System.setProperty("log.file", "logs/tapewatch.log");
        }
        PrintWriter out = SpelledOut.standardOutput();
        PrintWriter err = SpelledOut.standardError();
        int code = run(args, out, err);
        if (code == 0 && out.checkError()) {
            err.println("tapewatch: the output could not be written");
            code = FAILED;
        }
        System.exit(code);
    }

    /** Runs a command and returns its exit code. */
    static int run(String[] args, PrintWriter out, PrintWriter err) {
        CommandLine commands = new CommandLine(new Main());
        CommandLine run = Objects.requireNonNull(commands.getSubcommands().get(RunCommand.NAME), RunCommand.NAME);
        boolean explained = List.of(args).contains(HelpPages.SETTINGS);
        HelpPages.addSettings(run, JobOptions.all(), explained);
        JobCommand.addSettings(commands, explained);
        HelpPages.arrangeFirst(commands, run);
        commands.setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((e, arguments) -> {
                    err.println("tapewatch: " + oneLine(e));
                    return BAD_USAGE;
                })
                .setExecutionExceptionHandler((e, command, result) -> {
                    if (e instanceof Failure || e instanceof KafkaConnection.KafkaUnusable) {
                        err.println("tapewatch: " + firstLine(e.getMessage()));
                        return FAILED;
                    }
                    LoggerFactory.getLogger(Main.class).error("failed", e);
                    err.println("tapewatch: " + (e.getMessage() == null ? e.toString() : firstLine(e.getMessage()))
                            + (command.getCommand() instanceof RunCommand ? " (more in logs/tapewatch.log)" : ""));
                    return FAILED;
                });
        String[] complete = HelpPages.askingForHelp(
                withCommand(args, commands.getSubcommands().keySet().stream().toList()));
        commands.setExecutionStrategy(result -> {
            List<CommandLine> named = result.asCommandLineList();
            expectEachOnce(complete, named.get(named.size() - 1));
            return new CommandLine.RunLast().execute(result);
        });
        return commands.execute(complete);
    }

    /** Of the options that belong to a group, picocli takes the last and does not say so. */
    private static void expectEachOnce(String[] args, CommandLine command) {
        Set<OptionSpec> seen = new HashSet<>();
        for (String arg : args) {
            if (arg.equals("--")) {
                return;
            }
            OptionSpec option = command.getCommandSpec().optionsMap().get(arg.replaceFirst("(?s)=.*", ""));
            if (option != null && option.arity().max() == 1 && !option.isMultiValue() && !seen.add(option)) {
                throw new ParameterException(
                        command,
                        "option '" + option.longestName() + "' (" + option.paramLabel()
                                + ") should be specified only once");
            }
        }
    }

    private static String[] withCommand(String[] args, List<String> commands) {
        boolean isCommand = args.length > 0 && (commands.contains(args[0]) || !args[0].startsWith("-"));
        if (isCommand || args.length > 0 && ABOUT.contains(args[0])) {
            return args;
        }
        String[] run = new String[args.length + 1];
        run[0] = RunCommand.NAME;
        System.arraycopy(args, 0, run, 1, args.length);
        return run;
    }

    private static String oneLine(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return firstLine(e.getMessage());
        }
        // What follows a name may be a secret.
        String argument = Printable.printable(unmatched.getUnmatched().get(0).replaceFirst("(?s)=.*", ""));
        String kind = argument.startsWith("-") ? "option" : "argument";
        if (!e.getCommandLine().getSubcommands().isEmpty() && !argument.startsWith("-")) {
            return "unknown command '" + argument + "'; there is: "
                    + String.join(", ", e.getCommandLine().getSubcommands().keySet());
        }
        List<String> suggestions = unmatched.getSuggestions();
        String hint = suggestions.isEmpty() ? "see --help" : "did you mean " + String.join(", ", suggestions) + "?";
        return "unknown " + kind + " '" + argument + "'; " + hint;
    }

    private static String firstLine(String text) {
        return Printable.printable(
                text.lines().filter(line -> !line.isBlank()).findFirst().orElse(""));
    }
}
