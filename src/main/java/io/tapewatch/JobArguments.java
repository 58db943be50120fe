package io.tapewatch;

import static io.tapewatch.domain.Printable.printable;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.check.RuleLimits;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.window.WindowSettings;
import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.io.json.SourceTopics;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.sink.CsvTarget;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
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

    /**
     * What stands before the last @ of an address, after its scheme: a password may have slashes, and an @. There may be
     * several addresses, with commas between them.
     */
    private static final Pattern USER_INFOS = Pattern.compile("((?:^|,)(?:[\\w+.-]+://)?)[^,]*@");

    /** The same of a single address: the password may have commas, too. */
    private static final Pattern USER_INFO = Pattern.compile("(?s)^((?:[\\w+.-]+://)?).*@");

    /** What is not shown, of the settings whose values are addresses. */
    private static final Map<ConfigOption<?>, Pattern> NOT_SHOWN =
            Map.of(JobOptions.BOOTSTRAP_SERVERS, USER_INFOS, JobOptions.CSV_PATH, USER_INFO);

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
            SettingChecks.check(given);
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
    static Configuration parse(String... arguments) {
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

    /**
     * The settings of all Kafka clients.
     *
     * @throws IllegalArgumentException if their file cannot be read; the message is one line
     */
    public static Properties kafkaProperties(Configuration given) {
        Properties properties = new Properties();
        String file = given.get(JobOptions.KAFKA_PROPERTIES);
        if (file != null) {
            try (Reader reader = Files.newBufferedReader(Path.of(file))) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "--" + JobOptions.KAFKA_PROPERTIES.key() + " is '" + file + "', which cannot be read: "
                                + e.getClass().getSimpleName(),
                        e);
            }
        }
        return properties;
    }

    /**
     * The settings as the web UI shows them: each that was given or has a default. The file of Kafka's settings is named and
     * not read, and what stands before an @ in an address is left out, as it may be a password.
     */
    static Map<String, String> shown(Configuration given) {
        Map<String, String> shown = new LinkedHashMap<>();
        for (ConfigOption<?> option : JobOptions.all()) {
            String value = given.toMap().getOrDefault(option.key(), JobOptions.defaultOf(option));
            if (!value.isEmpty()) {
                Pattern notShown = NOT_SHOWN.get(option);
                shown.put(
                        option.key(),
                        notShown == null ? value : notShown.matcher(value).replaceAll("$1…@"));
            }
        }
        return shown;
    }

    /** Names and patterns of the symbols that are watched; none for all. */
    static List<String> watchedSymbols(Configuration given) {
        String text = given.get(JobOptions.PRICES_SYMBOLS);
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    /** The topics that the job reads. */
    public static InputTopics inputs(Configuration given) {
        return new InputTopics(
                given.get(JobOptions.PRICES_TOPIC),
                given.get(JobOptions.RULES_TOPIC),
                given.get(JobOptions.QUOTES_TOPIC),
                given.get(JobOptions.INSTRUMENTS_TOPIC));
    }

    /** The topics that prices and quotes come from, as flags and dead letters name them. */
    static SourceTopics sourceTopics(Configuration given) {
        return new SourceTopics(given.get(JobOptions.PRICES_TOPIC), given.get(JobOptions.QUOTES_TOPIC));
    }

    /** Which records of prices and quotes the job takes. */
    public static RecordLimits recordLimits(Configuration given) {
        return new RecordLimits(
                given.get(JobOptions.PRICES_MAX_BYTES),
                given.get(JobOptions.MAX_FUTURE),
                given.get(JobOptions.ALLOW_NONPOSITIVE));
    }

    /** Where CSV files go, if there are any. */
    static Optional<CsvTarget> csv(Configuration given) {
        return given.getOptional(JobOptions.CSV_PATH)
                .map(folder -> new CsvTarget(folder, given.get(JobOptions.CSV_LINE_ENDING)));
    }

    /**
     * The window by which movers are ranked, if there is one.
     *
     * @throws IllegalArgumentException if one is asked for that is none of the windows, or no day; the message is one line
     */
    public static Optional<WindowSpec> moversWindow(Configuration given) {
        List<WindowSpec> windows = WindowSpec.parseList(given.get(JobOptions.WINDOWS));
        String text = given.get(JobOptions.MOVERS_WINDOW);
        if (text == null) {
            return windows.stream().filter(WindowSpec::isDay).findFirst();
        }
        try {
            WindowSpec window = WindowSpec.parse(text);
            if (!windows.contains(window)) {
                throw new IllegalArgumentException(
                        "window " + window.name() + " is not one of --" + JobOptions.WINDOWS.key());
            }
            if (!window.isDay()) {
                throw new IllegalArgumentException("window " + window.name()
                        + " is no day; expected one of 24 h, tumbling or cumulating, such as 1d or 1d+1m");
            }
            return Optional.of(window);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + JobOptions.MOVERS_WINDOW.key() + ": " + e.getMessage(), e);
        }
    }

    /** The settings of the windows. */
    static WindowSettings windows(Configuration given) {
        return new WindowSettings(
                given.get(JobOptions.WINDOWS),
                given.get(JobOptions.ALLOWED_LATENESS).toMillis(),
                latenessOf(given),
                given.get(JobOptions.REVISE_EVERY).toMillis(),
                given.get(JobOptions.PREVIOUS_CLOSE_MAX_AGE).toMillis());
    }

    /** What rules can ask for. */
    public static RuleLimits ruleLimits(Configuration given) {
        return new RuleLimits(
                given.get(JobOptions.RULES_MAX_COUNT),
                given.get(JobOptions.RULES_MAX_WINDOWS),
                given.get(JobOptions.RULES_MAX_OVER).toMillis(),
                moversWindow(given).isPresent(),
                given.contains(JobOptions.QUOTES_TOPIC),
                given.contains(JobOptions.INSTRUMENTS_TOPIC));
    }

    /** The lateness of single windows in milliseconds, by the window's canonical name. */
    static Map<String, Long> latenessOf(Configuration given) {
        Map<String, Long> lateness = new LinkedHashMap<>();
        String text = given.get(JobOptions.LATENESS_OF);
        if (text != null) {
            for (String part : text.split(",", -1)) {
                int colon = part.lastIndexOf(':');
                if (colon < 0) {
                    throw new IllegalArgumentException("'" + part + "'; expected window:duration, such as 1s:1m");
                }
                String window = WindowSpec.parse(part.substring(0, colon)).name();
                long millis = Durations.parse(part.substring(colon + 1));
                if (millis > SettingChecks.LONGEST.toMillis()) {
                    throw new IllegalArgumentException(
                            "'" + part + "'; expected at most " + SettingChecks.LONGEST_TEXT);
                }
                lateness.put(window, millis);
            }
        }
        return lateness;
    }

    /** How trades are joined with quotes, if there are any. */
    static Optional<QuoteSettings> quotes(Configuration given) {
        return given.getOptional(JobOptions.QUOTES_TOPIC)
                .map(topic -> new QuoteSettings(
                        given.get(JobOptions.QUOTES_MAX_AGE).toMillis(),
                        given.get(JobOptions.QUOTES_SAME_TIME).equals(JobOptions.BEFORE)));
    }

    static long epochMillis(String isoTime) {
        return OffsetDateTime.parse(isoTime).toInstant().toEpochMilli();
    }
}
