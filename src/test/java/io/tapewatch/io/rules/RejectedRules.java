package io.tapewatch.io.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tapewatch.domain.rule.Metric;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Rules that make no sense, and the reasons for which they are rejected: {@code rules/rejected.txt}. There {@code
 * <metrics>} stands for the words of all metrics.
 */
public final class RejectedRules {

    private static final String METRICS = "<metrics>";

    private RejectedRules() {}

    /**
     * A line of the table.
     *
     * @param reason why the rule is rejected
     * @param rule the rule
     */
    public record Row(String reason, String rule) {}

    public static List<Row> rows() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(RejectedRules.class.getResourceAsStream("/rules/rejected.txt"), UTF_8))) {
            return lines.lines().map(RejectedRules::row).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Arguments> arguments() {
        return rows().stream().map(row -> Arguments.of(row.reason, row.rule));
    }

    private static Row row(String line) {
        String[] parts = line.strip().split("` \\| `", -1);
        if (parts.length != 2 || !parts[0].startsWith("`") || !parts[1].endsWith("`")) {
            throw new IllegalArgumentException("expected `reason` | `rule`, not " + line);
        }
        String rule = parts[1].substring(0, parts[1].length() - 1);
        return new Row(parts[0].substring(1).replace(METRICS, metrics()), rule);
    }

    private static String metrics() {
        return Stream.of(Metric.values()).map(Metric::word).collect(Collectors.joining(", "));
    }
}
