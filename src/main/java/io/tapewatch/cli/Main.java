package io.tapewatch.cli;

import io.tapewatch.io.KafkaConnection;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The tools' entry: a command and its options. Without a command it is {@code run}. */
@Command(
        name = "tapewatch",
        subcommands = {RunCommand.class, FeedCommand.class, WatchCommand.class, TopicsCommand.class, RulesCommand.class
        },
        optionListHeading = "%n",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Main {

    private static final int BAD_USAGE = 2;
    private static final int FAILED = 1;

    private Main() {}

    /** Exits with 0 if all went well, 1 if something failed, 2 for a command line that makes no sense. */
    public static void main(String[] args) {
        // The terminal belongs to the tools. The run's log goes to a file; what the others have to say, they say.
        if (System.getProperty("log4j2.configurationFile") == null) {
            boolean isTool = args.length > 0
                    && List.of(FeedCommand.NAME, WatchCommand.NAME, TopicsCommand.NAME, RulesCommand.NAME)
                            .contains(args[0]);
            System.setProperty("log4j2.configurationFile", isTool ? "log4j2-tools.xml" : "log4j2-run.xml");
            // Flink loads a part of itself with a class loader of its own, for which Log4j would begin the file anew.
            System.setProperty("log4j2.contextSelector", "org.apache.logging.log4j.core.selector.BasicContextSelector");
            // Where the web UI looks for the log.
            System.setProperty("log.file", "logs/tapewatch.log");
        }
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter err = new PrintWriter(System.err, true);
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
        RunCommand.complete(commands.getSubcommands().get(RunCommand.NAME));
        JobCommand.addSettings(commands);
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
        return commands.execute(
                withCommand(args, commands.getSubcommands().keySet().stream().toList()));
    }

    private static String[] withCommand(String[] args, List<String> commands) {
        boolean isCommand = args.length > 0 && (commands.contains(args[0]) || !args[0].startsWith("-"));
        if (isCommand || args.length > 0 && (args[0].equals("--version") || args[0].equals("-V"))) {
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
        String argument = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
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
        return Arrays.stream(text.split("\\R")).findFirst().orElse("");
    }
}
