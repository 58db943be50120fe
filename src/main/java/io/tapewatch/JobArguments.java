package io.tapewatch;

import static io.tapewatch.domain.Quoted.printable;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.QuoteSettings;
import io.tapewatch.domain.SymbolPattern;
import io.tapewatch.domain.WindowSpec;
import io.tapewatch.io.InputTopics;
import io.tapewatch.io.KafkaTopics;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Reads the job's settings from arguments, {@code --name value} or {@code --name=value}. An unknown name or a bad value is
 * told in one line, before anything starts.
 */
public final class JobArguments {

    /** Times and durations add up without overflow. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final String LONGEST_TEXT = "36500d";

    /** What a tick says about itself goes into its flags, and a flag must fit into a record of Kafka's. */
    private static final int MOST_PRICE_BYTES = 300_000;

    /** The lists of movers must fit into a record of Kafka's. */
    private static final int MOST_MOVERS = 1000;

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9._-]{1,200}");

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
            check(given);
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

    private static void check(Configuration given) {
        for (ConfigOption<?> option : JobOptions.all()) {
            try {
                given.getOptional(option);
            } catch (IllegalArgumentException e) {
                throw bad(option, given, "expected " + expected(option));
            }
        }
        requireTopicsOfTheirOwn(given);
        for (ConfigOption<Duration> option : List.of(
                JobOptions.OUT_OF_ORDERNESS,
                JobOptions.IDLE_TIMEOUT,
                JobOptions.MAX_FUTURE,
                JobOptions.QUOTES_MAX_AGE,
                JobOptions.ALLOWED_LATENESS,
                JobOptions.REVISE_EVERY,
                JobOptions.PREVIOUS_CLOSE_MAX_AGE)) {
            Duration duration = given.get(option);
            require(given, option, duration.compareTo(LONGEST) <= 0, "a duration of at most " + LONGEST_TEXT);
            require(given, option, !duration.isNegative(), "a duration of 0 s or more");
        }
        require(
                given,
                JobOptions.IDLE_TIMEOUT,
                given.get(JobOptions.IDLE_TIMEOUT).toMillis() > 0,
                "a duration of 1 ms or more");
        for (ConfigOption<Integer> option :
                List.of(JobOptions.RULES_MAX_COUNT, JobOptions.RULES_MAX_WINDOWS, JobOptions.RULES_MAX_BUFFERED)) {
            require(given, option, given.get(option) > 0, "a whole number above 0");
        }
        int maxBytes = given.get(JobOptions.PRICES_MAX_BYTES);
        require(
                given,
                JobOptions.PRICES_MAX_BYTES,
                maxBytes > 0 && maxBytes <= MOST_PRICE_BYTES,
                "a whole number from 1 to " + MOST_PRICE_BYTES);
        int maxDeadLetter = given.get(JobOptions.DEAD_LETTERS_MAX_BYTES);
        require(
                given,
                JobOptions.DEAD_LETTERS_MAX_BYTES,
                maxDeadLetter >= 1000 && maxDeadLetter <= 1_000_000,
                "a whole number from 1000 to 1000000");
        int movers = given.get(JobOptions.MOVERS_SIZE);
        require(
                given,
                JobOptions.MOVERS_SIZE,
                movers > 0 && movers <= MOST_MOVERS,
                "a whole number from 1 to " + MOST_MOVERS);
        require(
                given,
                JobOptions.GROUP_ID,
                GROUP.matcher(given.get(JobOptions.GROUP_ID)).matches(),
                "1 to 200 letters, digits, dots, dashes or underscores");
        for (ConfigOption<DeliveryGuarantee> option :
                List.of(JobOptions.DELIVERY_SUMMARIES, JobOptions.DELIVERY_FLAGS)) {
            require(given, option, given.get(option) != DeliveryGuarantee.NONE, expected(option));
        }
        if (!List.of(JobOptions.COMMITTED, JobOptions.EARLIEST, JobOptions.LATEST)
                .contains(given.get(JobOptions.PRICES_START))) {
            require(
                    given,
                    JobOptions.PRICES_START,
                    isTime(given.get(JobOptions.PRICES_START)),
                    expected(JobOptions.PRICES_START));
        }
        require(
                given,
                JobOptions.QUOTES_SAME_TIME,
                List.of(JobOptions.AFTER, JobOptions.BEFORE).contains(given.get(JobOptions.QUOTES_SAME_TIME)),
                "after or before");
        String until = given.get(JobOptions.PRICES_UNTIL);
        require(
                given,
                JobOptions.PRICES_UNTIL,
                until == null || until.equals(JobOptions.LATEST) || isTime(until),
                expected(JobOptions.PRICES_UNTIL));
        require(
                given,
                JobOptions.PRICES_UNTIL,
                until == null || until.equals(JobOptions.LATEST) || epochMillis(until) <= System.currentTimeMillis(),
                "a time that has passed");
        String properties = given.get(JobOptions.KAFKA_PROPERTIES);
        require(
                given,
                JobOptions.KAFKA_PROPERTIES,
                properties == null || Files.isReadable(Path.of(properties)) && !Files.isDirectory(Path.of(properties)),
                "a file that can be read");
        require(
                given,
                JobOptions.RULES_MAX_OVER,
                !given.get(JobOptions.RULES_MAX_OVER).isNegative()
                        && given.get(JobOptions.RULES_MAX_OVER).compareTo(Duration.ofDays(1)) <= 0,
                "a duration of 0 s to 24h");
        try {
            watchedSymbols(given).forEach(SymbolPattern::requireValid);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + JobOptions.PRICES_SYMBOLS.key() + ": " + e.getMessage(), e);
        }
        checkWindows(given);
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

    /** Names and patterns of the symbols that are watched; none for all. */
    static List<String> watchedSymbols(Configuration given) {
        String text = given.get(JobOptions.PRICES_SYMBOLS);
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private static void checkWindows(Configuration given) {
        List<WindowSpec> windows;
        try {
            windows = WindowSpec.parseList(given.get(JobOptions.WINDOWS));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + JobOptions.WINDOWS.key() + ": " + e.getMessage(), e);
        }
        try {
            for (String name : latenessOf(given).keySet()) {
                if (windows.stream().noneMatch(window -> window.name().equals(name))) {
                    throw new IllegalArgumentException(
                            "window " + name + " is not one of --" + JobOptions.WINDOWS.key());
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + JobOptions.LATENESS_OF.key() + ": " + e.getMessage(), e);
        }
        moversWindow(given);
    }

    /**
     * Requires that what is read is neither what is written, nor read as something else.
     *
     * @throws IllegalArgumentException if it is; the message is one line
     */
    public static void requireTopicsOfTheirOwn(Configuration given) {
        String prefix = given.get(JobOptions.OUTPUT_PREFIX);
        List<String> outputs = KafkaTopics.outputs(prefix, true, true);
        Map<String, ConfigOption<String>> inputs = new HashMap<>();
        for (ConfigOption<String> input : List.of(
                JobOptions.PRICES_TOPIC,
                JobOptions.RULES_TOPIC,
                JobOptions.QUOTES_TOPIC,
                JobOptions.INSTRUMENTS_TOPIC)) {
            String topic = given.get(input);
            if (topic == null) {
                continue;
            }
            ConfigOption<String> other = inputs.put(topic, input);
            if (other != null) {
                throw new IllegalArgumentException("--" + input.key() + " is '" + topic + "', which is --" + other.key()
                        + ", too; " + whatIsIn(other) + " and " + whatIsIn(input) + " need a topic each");
            }
            if (outputs.contains(topic)) {
                throw new IllegalArgumentException("--" + input.key() + " is '" + topic
                        + "', which the job writes to; it needs a topic of its own");
            }
        }
    }

    private static String whatIsIn(ConfigOption<String> topic) {
        return topic.key().replaceFirst("\\.topic$", "");
    }

    /** The topics that the job reads. */
    public static InputTopics inputs(Configuration given) {
        return new InputTopics(
                given.get(JobOptions.PRICES_TOPIC),
                given.get(JobOptions.RULES_TOPIC),
                given.get(JobOptions.QUOTES_TOPIC),
                given.get(JobOptions.INSTRUMENTS_TOPIC));
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
                if (millis > LONGEST.toMillis()) {
                    throw new IllegalArgumentException("'" + part + "'; expected at most " + LONGEST_TEXT);
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

    private static boolean isTime(String text) {
        try {
            epochMillis(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    static long epochMillis(String isoTime) {
        return OffsetDateTime.parse(isoTime).toInstant().toEpochMilli();
    }

    private static void require(Configuration given, ConfigOption<?> option, boolean holds, String expected) {
        if (!holds) {
            throw bad(option, given, "expected " + expected);
        }
    }

    private static IllegalArgumentException bad(ConfigOption<?> option, Configuration given, String message) {
        return new IllegalArgumentException(
                "--" + option.key() + " is '" + given.getString(option.key(), "") + "': " + message);
    }

    private static String expected(ConfigOption<?> option) {
        if (option.equals(JobOptions.PRICES_START)) {
            return "committed, earliest, latest or an ISO-8601 time with an offset, such as 2013-11-25T00:00:00Z";
        }
        if (option.equals(JobOptions.PRICES_UNTIL)) {
            return "latest or an ISO-8601 time with an offset, such as 2013-11-25T00:00:00Z";
        }
        if (option.equals(JobOptions.DELIVERY_SUMMARIES) || option.equals(JobOptions.DELIVERY_FLAGS)) {
            return "exactly-once or at-least-once";
        }
        Object value = option.defaultValue();
        return value instanceof Duration
                ? "a duration, such as 30s"
                : value instanceof Integer ? "a whole number" : value instanceof Boolean ? "true or false" : "a text";
    }
}
