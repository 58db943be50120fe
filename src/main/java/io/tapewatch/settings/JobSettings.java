package io.tapewatch.settings;

import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.check.RuleLimits;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.trade.KeepingSettings;
import io.tapewatch.domain.trade.TradeSettings;
import io.tapewatch.domain.window.WindowSettings;
import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.io.json.SourceTopics;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.sink.CsvTarget;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.configuration.Configuration;

/** The job's settings as its parts take them. What was given is valid. */
public final class JobSettings {

    private JobSettings() {}

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

    /** The topics that the job reads. */
    public static InputTopics inputs(Configuration given) {
        return new InputTopics(
                given.get(JobOptions.PRICES_TOPIC),
                given.get(JobOptions.RULES_TOPIC),
                given.get(JobOptions.QUOTES_TOPIC),
                given.get(JobOptions.INSTRUMENTS_TOPIC));
    }

    /** The topics that prices and quotes come from, as flags and dead letters name them. */
    public static SourceTopics sourceTopics(Configuration given) {
        return new SourceTopics(given.get(JobOptions.PRICES_TOPIC), given.get(JobOptions.QUOTES_TOPIC));
    }

    /**
     * An ISO-8601 time of {@link JobOptions#PRICES_START} or {@link JobOptions#PRICES_UNTIL}, in milliseconds.
     *
     * @throws java.time.DateTimeException if it is none
     */
    public static long epochMillis(String isoTime) {
        return SettingTexts.epochMillis(isoTime);
    }

    /** Names and patterns of the symbols that are watched; none for all. */
    public static List<String> watchedSymbols(Configuration given) {
        return given.getOptional(JobOptions.PRICES_SYMBOLS)
                .map(SettingTexts::symbols)
                .orElse(List.of());
    }

    /** The settings of the windows. */
    public static WindowSettings windows(Configuration given) {
        return new WindowSettings(
                given.get(JobOptions.WINDOWS),
                given.get(JobOptions.ALLOWED_LATENESS).toMillis(),
                given.getOptional(JobOptions.LATENESS_OF)
                        .map(SettingTexts::lateness)
                        .orElse(Map.of()),
                given.get(JobOptions.REVISE_EVERY).toMillis(),
                given.get(JobOptions.PREVIOUS_CLOSE_MAX_AGE).toMillis());
    }

    /**
     * The window by which movers are ranked, if there is one.
     *
     * @throws IllegalArgumentException if one is asked for that is none of the windows, or no day; the message is one line
     */
    public static Optional<WindowSpec> moversWindow(Configuration given) {
        // A command may have set the windows after the check.
        JobOptions.check(JobOptions.MOVERS_WINDOW, given);
        return given.getOptional(JobOptions.MOVERS_WINDOW)
                .map(WindowSpec::parse)
                .or(() -> WindowSpec.parseList(given.get(JobOptions.WINDOWS)).stream()
                        .filter(WindowSpec::isDay)
                        .findFirst());
    }

    /** How trades are joined with quotes, if there are any. */
    public static Optional<QuoteSettings> quotes(Configuration given) {
        return given.getOptional(JobOptions.QUOTES_TOPIC)
                .map(topic -> new QuoteSettings(
                        given.get(JobOptions.QUOTES_MAX_AGE).toMillis(),
                        orderOf(given.get(JobOptions.QUOTES_SAME_TIME))));
    }

    /**
     * What trades count for.
     *
     * @throws IllegalArgumentException if a file of it cannot be read any more; the message is one line
     */
    public static TradeSettings trades(Configuration given) {
        return new TradeSettings(
                ConditionTables.read(given.get(JobOptions.CONDITIONS_TABLE), given.get(JobOptions.CONDITIONS_ALPHABET)),
                new KeepingSettings(
                        given.get(JobOptions.CORRECTIONS_HORIZON).toMillis(),
                        given.get(JobOptions.REPEAT_WINDOW).toMillis(),
                        given.get(JobOptions.CORRECTIONS_MAX_TRADES)),
                given.get(JobOptions.PRICES_SEQUENCE));
    }

    private static TapeOrder orderOf(String sameTime) {
        return switch (sameTime) {
            case JobOptions.BEFORE -> TapeOrder.QUOTES_BEFORE;
            case JobOptions.SEQ -> TapeOrder.BY_SEQ;
            default -> TapeOrder.QUOTES_AFTER;
        };
    }

    /** What rules can ask for. */
    public static RuleLimits ruleLimits(Configuration given) {
        return new RuleLimits(
                given.get(JobOptions.RULES_MAX_COUNT),
                given.get(JobOptions.RULES_MAX_WINDOWS),
                given.get(JobOptions.RULES_MAX_OVER).toMillis(),
                moversWindow(given).isPresent(),
                given.contains(JobOptions.QUOTES_TOPIC),
                given.contains(JobOptions.INSTRUMENTS_TOPIC),
                given.get(JobOptions.CORRECTIONS_HORIZON).toMillis());
    }

    /** Where CSV files go, if there are any. */
    public static Optional<CsvTarget> csv(Configuration given) {
        return given.getOptional(JobOptions.CSV_PATH)
                .map(folder -> new CsvTarget(folder, given.get(JobOptions.CSV_LINE_ENDING)));
    }
}
