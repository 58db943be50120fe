package io.tapewatch;

import static io.tapewatch.domain.Quoted.printable;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.SymbolPattern;
import io.tapewatch.domain.WindowSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.description.TextElement;
import org.apache.flink.connector.base.DeliveryGuarantee;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Every setting of the job: its type, its default and what it does.
 *
 * <p>They are given as arguments, {@code --name value} or {@code --name=value}. An unknown name or a bad value is told in
 * one line, before anything starts.
 */
public final class JobOptions {

    /** For {@link #PRICES_START}: where the group has got to, else the earliest record. */
    static final String COMMITTED = "committed";

    /** For {@link #PRICES_START}: the earliest record there is. */
    static final String EARLIEST = "earliest";

    /** For {@link #PRICES_START} and {@link #PRICES_UNTIL}: the end of the topic when the job starts. */
    static final String LATEST = "latest";

    public static final ConfigOption<String> BOOTSTRAP_SERVERS = option("kafka.bootstrap-servers")
            .stringType()
            .defaultValue("localhost:9092")
            .withDescription("The Kafka brokers to ask first: host:port, comma-separated.");

    public static final ConfigOption<String> KAFKA_PROPERTIES = option("kafka.properties-file")
            .stringType()
            .noDefaultValue()
            .withDescription("A properties file for all Kafka clients of the job, such as security settings. Secrets"
                    + " belong there, never into an argument.");

    public static final ConfigOption<String> PRICES_TOPIC = option("prices.topic")
            .stringType()
            .defaultValue("prices")
            .withDescription("The topic that prices are read from.");

    public static final ConfigOption<String> GROUP_ID = option("prices.group-id")
            .stringType()
            .defaultValue("tapewatch")
            .withDescription("The consumer group, also part of the transactional ids: two jobs must not share it.");

    public static final ConfigOption<String> PRICES_START = option("prices.start")
            .stringType()
            .defaultValue(COMMITTED)
            .withDescription("Where a job without a savepoint begins: committed (where the group has got to, else the"
                    + " earliest), earliest, latest, or an ISO-8601 time.");

    public static final ConfigOption<String> PRICES_UNTIL = option("prices.until")
            .stringType()
            .noDefaultValue()
            .withDescription("Where the job ends: latest (the end of the topic when it starts) or an ISO-8601 time of"
                    + " the Kafka timestamps. Unset, it runs for ever.");

    public static final ConfigOption<String> PRICES_SYMBOLS = option("prices.symbols")
            .stringType()
            .noDefaultValue()
            .withDescription(
                    "The symbols to watch, comma-separated: names, or patterns with *, such as BTC-*,AAPL. Unset,"
                            + " all. Others are counted and otherwise left alone.");

    public static final ConfigOption<Duration> OUT_OF_ORDERNESS = option("prices.out-of-orderness")
            .durationType()
            .defaultValue(Duration.ofSeconds(2))
            .withDescription("How far behind the latest event time of its partition a tick may be and not be late.");

    public static final ConfigOption<Duration> IDLE_TIMEOUT = option("prices.idle-timeout")
            .durationType()
            .defaultValue(Duration.ofSeconds(30))
            .withDescription("After how long without a record a partition no longer holds event time back.");

    public static final ConfigOption<Duration> MAX_FUTURE = option("prices.max-future")
            .durationType()
            .defaultValue(Duration.ofMinutes(1))
            .withDescription("How far after its Kafka timestamp a tick's time may lie; beyond, it is rejected.");

    public static final ConfigOption<Integer> PRICES_MAX_BYTES = option("prices.max-bytes")
            .intType()
            .defaultValue(64_000)
            .withDescription("The longest value of a price record, in bytes; longer ones are rejected.");

    public static final ConfigOption<Boolean> ALLOW_NONPOSITIVE = option("prices.allow-nonpositive")
            .booleanType()
            .defaultValue(false)
            .withDescription("Whether prices of zero and below are prices (spreads, power, oil in April 2020).");

    public static final ConfigOption<String> WINDOWS = option("windows")
            .stringType()
            .defaultValue("1m,1h")
            .withDescription("The windows to summarize, comma-separated: tumbling, such as 1s, 1m, 1h, 1d.");

    public static final ConfigOption<Duration> ALLOWED_LATENESS = option("windows.allowed-lateness")
            .durationType()
            .defaultValue(Duration.ofHours(4))
            .withDescription("How long after its end a window may still be corrected by late ticks.");

    public static final ConfigOption<String> LATENESS_OF = option("windows.lateness-of")
            .stringType()
            .noDefaultValue()
            .withDescription("The lateness of single windows, comma-separated: 1s:1m,1h:12h.");

    public static final ConfigOption<Duration> REVISE_EVERY = option("windows.revise-every")
            .durationType()
            .defaultValue(Duration.ofSeconds(1))
            .withDescription("The least event time between two corrections of a window.");

    public static final ConfigOption<String> RULES_TOPIC = option("rules.topic")
            .stringType()
            .defaultValue("rules")
            .withDescription("The topic that rules are read from, from its beginning.");

    public static final ConfigOption<Integer> RULES_MAX_COUNT =
            option("rules.max-count").intType().defaultValue(1_000).withDescription("How many rules may be in force.");

    public static final ConfigOption<Integer> RULES_MAX_WINDOWS = option("rules.max-windows")
            .intType()
            .defaultValue(8)
            .withDescription("How many distinct windows active rules may look at.");

    public static final ConfigOption<Duration> RULES_MAX_OVER = option("rules.max-over")
            .durationType()
            .defaultValue(Duration.ofHours(24))
            .withDescription("How long such a window may be, at most 24h.");

    public static final ConfigOption<Integer> RULES_MAX_BUFFERED = option("rules.max-buffered")
            .intType()
            .defaultValue(1_000_000)
            .withDescription(
                    "How many ticks of a task wait for the watermark on the heap; beyond, they wait in state.");

    public static final ConfigOption<String> OUTPUT_PREFIX = option("output.prefix")
            .stringType()
            .defaultValue("tapewatch.")
            .withDescription("What the names of all output topics begin with.");

    public static final ConfigOption<Integer> DEAD_LETTERS_MAX_BYTES = option("dead-letters.max-bytes")
            .intType()
            .defaultValue(900_000)
            .withDescription("The most bytes of a dead letter; longer ones are cut, and say so.");

    public static final ConfigOption<DeliveryGuarantee> DELIVERY_SUMMARIES = option("delivery.summaries")
            .enumType(DeliveryGuarantee.class)
            .defaultValue(DeliveryGuarantee.EXACTLY_ONCE)
            .withDescription("exactly-once (readers use isolation.level=read_committed) or at-least-once.");

    public static final ConfigOption<DeliveryGuarantee> DELIVERY_FLAGS = option("delivery.flags")
            .enumType(DeliveryGuarantee.class)
            .defaultValue(DeliveryGuarantee.AT_LEAST_ONCE)
            .withDescription("at-least-once (quick; a repeated flag has the same id) or exactly-once.");

    public static final ConfigOption<String> CSV_PATH = option("csv.path")
            .stringType()
            .noDefaultValue()
            .withDescription("The folder that CSV files are written to, a path or URI that all task managers reach."
                    + " Unset, there are none.");

    public static final ConfigOption<Boolean> CSV_PRICES = option("csv.prices")
            .booleanType()
            .defaultValue(false)
            .withDescription("Whether ticks are written to CSV, too: time, symbol, price and size.");

    private static final List<ConfigOption<?>> ALL = List.of(
            BOOTSTRAP_SERVERS,
            KAFKA_PROPERTIES,
            PRICES_TOPIC,
            GROUP_ID,
            PRICES_START,
            PRICES_UNTIL,
            PRICES_SYMBOLS,
            OUT_OF_ORDERNESS,
            IDLE_TIMEOUT,
            MAX_FUTURE,
            PRICES_MAX_BYTES,
            ALLOW_NONPOSITIVE,
            WINDOWS,
            ALLOWED_LATENESS,
            LATENESS_OF,
            REVISE_EVERY,
            RULES_TOPIC,
            RULES_MAX_COUNT,
            RULES_MAX_WINDOWS,
            RULES_MAX_OVER,
            RULES_MAX_BUFFERED,
            OUTPUT_PREFIX,
            DEAD_LETTERS_MAX_BYTES,
            DELIVERY_SUMMARIES,
            DELIVERY_FLAGS,
            CSV_PATH,
            CSV_PRICES);

    /** Times and durations add up without overflow. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final String LONGEST_TEXT = "36500d";

    /** What a tick says about itself goes into its flags, and a flag must fit into a record of Kafka's. */
    private static final int MOST_PRICE_BYTES = 300_000;

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    private JobOptions() {}

    private static ConfigOptions.OptionBuilder option(String name) {
        return ConfigOptions.key(name);
    }

    /** Every setting, in the order of the documentation. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }

    /** What a setting does, for a person. */
    public static String description(ConfigOption<?> option) {
        return ((TextElement) option.description().getBlocks().get(0)).getFormat();
    }

    /** A setting's default as one would write it, or the empty string. */
    public static String defaultOf(ConfigOption<?> option) {
        Object value = option.defaultValue();
        return value == null
                ? ""
                : value instanceof Duration duration ? Durations.format(duration.toMillis()) : value.toString();
    }

    /** Adds every setting as an option to a command. */
    public static void addTo(CommandSpec command) {
        for (ConfigOption<?> option : ALL) {
            String defaultText = defaultOf(option);
            OptionSpec.Builder spec = OptionSpec.builder("--" + option.key())
                    .type(String.class)
                    .paramLabel("VALUE")
                    .description(description(option).replace("%", "%%")
                            + (defaultText.isEmpty() ? "" : " Default: " + defaultText));
            if (option.equals(ALLOW_NONPOSITIVE) || option.equals(CSV_PRICES)) {
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
        for (ConfigOption<?> option : ALL) {
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
            List<String> suggestions = e.getSuggestions();
            throw new IllegalArgumentException(
                    printable(e.getMessage())
                            + (suggestions.isEmpty() ? "" : "; did you mean " + suggestions.get(0) + "?"),
                    e);
        } catch (ParameterException e) {
            throw new IllegalArgumentException(printable(e.getMessage()), e);
        }
    }

    private static void check(Configuration given) {
        for (ConfigOption<?> option : ALL) {
            try {
                given.getOptional(option);
            } catch (IllegalArgumentException e) {
                throw bad(option, given, "expected " + expected(option));
            }
        }
        for (ConfigOption<Duration> option :
                List.of(OUT_OF_ORDERNESS, IDLE_TIMEOUT, MAX_FUTURE, ALLOWED_LATENESS, REVISE_EVERY)) {
            Duration duration = given.get(option);
            require(given, option, duration.compareTo(LONGEST) <= 0, "a duration of at most " + LONGEST_TEXT);
            require(given, option, !duration.isNegative(), "a duration of 0 s or more");
        }
        require(given, IDLE_TIMEOUT, given.get(IDLE_TIMEOUT).toMillis() > 0, "a duration of 1 ms or more");
        for (ConfigOption<Integer> option : List.of(RULES_MAX_COUNT, RULES_MAX_WINDOWS, RULES_MAX_BUFFERED)) {
            require(given, option, given.get(option) > 0, "a whole number above 0");
        }
        int maxBytes = given.get(PRICES_MAX_BYTES);
        require(
                given,
                PRICES_MAX_BYTES,
                maxBytes > 0 && maxBytes <= MOST_PRICE_BYTES,
                "a whole number from 1 to " + MOST_PRICE_BYTES);
        require(given, DEAD_LETTERS_MAX_BYTES, given.get(DEAD_LETTERS_MAX_BYTES) >= 1000, "1000 or more");
        require(
                given,
                GROUP_ID,
                GROUP.matcher(given.get(GROUP_ID)).matches(),
                "1 to 200 letters, digits, dots, dashes or underscores");
        for (ConfigOption<DeliveryGuarantee> option : List.of(DELIVERY_SUMMARIES, DELIVERY_FLAGS)) {
            require(given, option, given.get(option) != DeliveryGuarantee.NONE, expected(option));
        }
        if (!List.of(COMMITTED, EARLIEST, LATEST).contains(given.get(PRICES_START))) {
            require(given, PRICES_START, isTime(given.get(PRICES_START)), expected(PRICES_START));
        }
        String until = given.get(PRICES_UNTIL);
        require(given, PRICES_UNTIL, until == null || until.equals(LATEST) || isTime(until), expected(PRICES_UNTIL));
        String properties = given.get(KAFKA_PROPERTIES);
        require(
                given,
                KAFKA_PROPERTIES,
                properties == null || Files.isReadable(Path.of(properties)) && !Files.isDirectory(Path.of(properties)),
                "a file that can be read");
        require(
                given,
                RULES_MAX_OVER,
                !given.get(RULES_MAX_OVER).isNegative()
                        && given.get(RULES_MAX_OVER).compareTo(Duration.ofDays(1)) <= 0,
                "a duration of 0 s to 24h");
        try {
            watchedSymbols(given).forEach(SymbolPattern::requireValid);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + PRICES_SYMBOLS.key() + ": " + e.getMessage(), e);
        }
        checkWindows(given);
    }

    /** Names and patterns of the symbols that are watched; none for all. */
    static List<String> watchedSymbols(Configuration given) {
        String text = given.get(PRICES_SYMBOLS);
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    private static void checkWindows(Configuration given) {
        List<WindowSpec> windows;
        try {
            windows = WindowSpec.parseList(given.get(WINDOWS));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + WINDOWS.key() + ": " + e.getMessage(), e);
        }
        try {
            for (String name : latenessOf(given).keySet()) {
                if (windows.stream().noneMatch(window -> window.name().equals(name))) {
                    throw new IllegalArgumentException("window " + name + " is not one of --" + WINDOWS.key());
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + LATENESS_OF.key() + ": " + e.getMessage(), e);
        }
    }

    /** The lateness of single windows in milliseconds, by the window's canonical name. */
    static Map<String, Long> latenessOf(Configuration given) {
        Map<String, Long> lateness = new LinkedHashMap<>();
        String text = given.get(LATENESS_OF);
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
        if (option.equals(PRICES_START)) {
            return "committed, earliest, latest or an ISO-8601 time with an offset, such as 2013-11-25T00:00:00Z";
        }
        if (option.equals(PRICES_UNTIL)) {
            return "latest or an ISO-8601 time with an offset, such as 2013-11-25T00:00:00Z";
        }
        if (option.equals(DELIVERY_SUMMARIES) || option.equals(DELIVERY_FLAGS)) {
            return "exactly-once or at-least-once";
        }
        Object value = option.defaultValue();
        return value instanceof Duration
                ? "a duration, such as 30s"
                : value instanceof Integer ? "a whole number" : value instanceof Boolean ? "true or false" : "a text";
    }
}
