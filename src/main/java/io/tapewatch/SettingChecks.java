package io.tapewatch;

import io.tapewatch.domain.SymbolPattern;
import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.io.kafka.KafkaTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** What the job's settings may be. */
public final class SettingChecks {

    /** Times and durations add up without overflow. */
    static final Duration LONGEST = Duration.ofDays(36_500);

    static final String LONGEST_TEXT = "36500d";

    /** What a tick says about itself goes into its flags, and a flag must fit into a record of Kafka's. */
    private static final int MOST_PRICE_BYTES = 300_000;

    /** The lists of movers must fit into a record of Kafka's. */
    private static final int MOST_MOVERS = 1000;

    private static final Pattern GROUP = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    private SettingChecks() {}

    /**
     * Requires that every setting is valid, and goes with the others.
     *
     * @throws IllegalArgumentException if one does not; the message is one line that says what was expected
     */
    static void check(Configuration given) {
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
                until == null
                        || until.equals(JobOptions.LATEST)
                        || JobArguments.epochMillis(until) <= System.currentTimeMillis(),
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
            JobArguments.watchedSymbols(given).forEach(SymbolPattern::requireValid);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + JobOptions.PRICES_SYMBOLS.key() + ": " + e.getMessage(), e);
        }
        checkWindows(given);
    }

    private static void checkWindows(Configuration given) {
        List<WindowSpec> windows;
        try {
            windows = WindowSpec.parseList(given.get(JobOptions.WINDOWS));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + JobOptions.WINDOWS.key() + ": " + e.getMessage(), e);
        }
        try {
            for (String name : JobArguments.latenessOf(given).keySet()) {
                if (windows.stream().noneMatch(window -> window.name().equals(name))) {
                    throw new IllegalArgumentException(
                            "window " + name + " is not one of --" + JobOptions.WINDOWS.key());
                }
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--" + JobOptions.LATENESS_OF.key() + ": " + e.getMessage(), e);
        }
        JobArguments.moversWindow(given);
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

    private static boolean isTime(String text) {
        try {
            JobArguments.epochMillis(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
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
        if (option.equals(JobOptions.LOST_TRANSACTIONS)) {
            return "fail or go-on";
        }
        if (option.equals(JobOptions.CSV_LINE_ENDING)) {
            return "lf or crlf";
        }
        Object value = option.defaultValue();
        return value instanceof Duration
                ? "a duration, such as 30s"
                : value instanceof Integer ? "a whole number" : value instanceof Boolean ? "true or false" : "a text";
    }
}
