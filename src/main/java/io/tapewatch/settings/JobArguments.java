package io.tapewatch.settings;

import static io.tapewatch.domain.Printable.printable;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads the job's settings from arguments, {@code --name value} or {@code --name=value}. An unknown name or a bad value is
 * told in one line, before anything starts.
 */
public final class JobArguments {

    private JobArguments() {}

    /** Adds every setting as an option to a command. */
    public static void addTo(CommandSpec command) {
        addTo(command, JobOptions.all());
    }

    /** Adds some of the settings as options to a command. */
    public static void addTo(CommandSpec command, List<ConfigOption<?>> options) {
        for (ConfigOption<?> option : options) {
            String defaultText = JobOptions.defaultOf(option);
            OptionSpec.Builder spec = OptionSpec.builder("--" + option.key())
                    .type(String.class)
                    .paramLabel("VALUE")
                    .description(JobOptions.description(option).replace("%", "%%")
                            + (defaultText.isEmpty() ? "" : " Default: " + defaultText));
            if (option.defaultValue() instanceof Boolean) {
                spec.arity("0..1").fallbackValue("true");
            }
            command.addOption(spec.build());
        }
    }

    /**
     * The settings that were given, each of them valid.
     *
     * @throws ParameterException if one is not; the message is one line that says what was expected
     */
    public static Configuration from(CommandLine.ParseResult parsed) {
        Configuration given = new Configuration();
        for (ConfigOption<?> option : JobOptions.all()) {
            String text = parsed.matchedOptionValue("--" + option.key(), (String) null);
            if (text != null) {
                given.setString(option.key(), text);
            }
        }
        try {
            JobOptions.check(given);
            TopicsOfTheirOwn.require(given);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(parsed.commandSpec().commandLine(), printable(e.getMessage()), e);
        }
        return given;
    }

    /**
     * Reads a program's arguments.
     *
     * @throws IllegalArgumentException if there is an unknown name or a bad value; the message is one line
     */
    public static Configuration parse(String... arguments) {
        CommandSpec command = CommandSpec.create().name("tapewatch");
        addTo(command);
        CommandLine line = new CommandLine(command);
        try {
            return from(line.parseArgs(arguments));
        } catch (CommandLine.UnmatchedArgumentException e) {
            // What follows the name may be a secret.
            String unknown = e.getUnmatched().get(0).replaceFirst("=.*", "");
            List<String> suggestions = e.getSuggestions();
            throw new IllegalArgumentException(
                    "Unknown option: '" + printable(unknown) + "'"
                            + (suggestions.isEmpty() ? "" : "; did you mean " + suggestions.get(0) + "?"),
                    e);
        } catch (ParameterException e) {
            throw new IllegalArgumentException(printable(e.getMessage()), e);
        }
    }
}
