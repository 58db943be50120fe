package io.tapewatch;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.source.WholeFrom;
import io.tapewatch.settings.JobOptions;
import io.tapewatch.settings.JobSettings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.common.TopicPartition;

/** The first windows that a job without a savepoint publishes, if it begins in the middle of its topic: those that are whole. */
final class FirstWindows {

    private FirstWindows() {}

    /**
     * The event time from which on windows are whole, or {@link EventTimes#BEGINNING}.
     *
     * @param from where the job begins to read prices
     * @throws KafkaConnection.KafkaUnusable if the prices around that cannot be read
     */
    static long wholeFrom(Configuration options, Properties properties, Map<TopicPartition, Long> from) {
        String start = options.get(JobOptions.PRICES_START);
        boolean isTime = !List.of(JobOptions.COMMITTED, JobOptions.EARLIEST, JobOptions.LATEST)
                .contains(start);
        try (KafkaConnection kafka = new KafkaConnection(options.get(JobOptions.BOOTSTRAP_SERVERS), properties)) {
            WholeFrom whole = new WholeFrom(
                    kafka,
                    options.get(JobOptions.PRICES_TOPIC),
                    JobSettings.recordLimits(options),
                    options.get(JobOptions.OUT_OF_ORDERNESS),
                    options.get(JobOptions.MAX_FUTURE));
            return whole.find(from, isTime ? JobSettings.epochMillis(start) : WholeFrom.NO_TIME);
        }
    }

    /** What a person is told about it, in one line; nothing where all windows are published. */
    static Optional<String> inWords(Configuration options, long wholeFrom) {
        if (wholeFrom == EventTimes.BEGINNING) {
            return Optional.empty();
        }
        Map<Long, List<WindowSpec>> byFirst = WindowSpec.parseList(options.get(JobOptions.WINDOWS)).stream()
                .collect(Collectors.groupingBy(spec -> spec.firstWhole(wholeFrom), TreeMap::new, Collectors.toList()));
        String firsts = byFirst.entrySet().stream()
                .map(each -> names(each.getValue()) + " from " + Instant.ofEpochMilli(each.getKey()))
                .collect(Collectors.joining(", "));
        return Optional.of("The job starts without a savepoint in the middle of topic '"
                + options.get(JobOptions.PRICES_TOPIC) + "'. Windows that begin before "
                + Instant.ofEpochMilli(wholeFrom)
                + " may lack ticks and are not published. The first windows that are published: "
                + firsts + ".");
    }

    private static String names(List<WindowSpec> specs) {
        return specs.stream()
                .map(spec -> spec.form() == WindowSpec.Form.SLIDING ? spec.name() + " at ticks" : spec.name())
                .collect(Collectors.joining(" and "));
    }
}
