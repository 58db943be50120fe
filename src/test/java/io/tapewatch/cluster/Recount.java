package io.tapewatch.cluster;

import static io.tapewatch.domain.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tapewatch.CsvRows;
import io.tapewatch.FlagTexts;
import io.tapewatch.NaiveMovers;
import io.tapewatch.NaiveSummaries;
import io.tapewatch.domain.MoverLists;
import io.tapewatch.domain.NaiveRules;
import io.tapewatch.domain.Rule;
import io.tapewatch.domain.Tick;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything the job is to publish, computed anew from what the topic of prices holds, beside what it did publish. */
final class Recount {

    static final String WINDOWS = "10s,1m/20s,1d+1m";

    static final List<Rule> RULES = List.of(
            rule("away: all(vwapDeviationPct over 5m > 1.5; size >= 1), cooldown 30s, shadow"),
            rule("fall: tickChangePct <= -2"),
            rule("pump: all(changePct over 1m > 1; volumeRatio over 1m baseline 4m > 1.25), cooldown 1m"),
            rule("turned: turnover over 20s > 5000, for 5s, cooldown 2m"));

    /** Numbers keep their digits. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final int MOVERS = 10;

    private final KnownLoad.Content content;

    Recount(KnownLoad.Content content) {
        this.content = content;
    }

    /** Each there once, none missing, to the last digit. */
    void assertSummaries(List<CommittedRecords.Record> summaries) {
        NaiveSummaries.assertEqual(json(summaries), content.trades(), WINDOWS);
    }

    /** Of summaries that are right: each list there once, none missing. */
    void assertMovers(List<CommittedRecords.Record> movers, List<CommittedRecords.Record> summaries) {
        Map<String, MoverLists> expected = NaiveMovers.of(json(summaries), "1d+1m", MOVERS);
        assertThat(expected).hasSizeGreaterThan(10);
        NaiveMovers.assertEqual(json(movers), expected);
    }

    /** None missing, none too many; one that is there twice is the same twice. */
    void assertFlags(List<CommittedRecords.Record> flags, List<CommittedRecords.Record> shadowFlags) {
        Set<String> expected = new TreeSet<>();
        Map<String, List<Tick>> bySymbol = content.ticks().stream().collect(Collectors.groupingBy(Tick::symbol));
        bySymbol.forEach(
                (symbol, ticks) -> NaiveRules.flags(RULES, ticks).forEach(flag -> expected.add(FlagTexts.of(flag))));
        for (Rule rule : RULES) {
            assertThat(expected).as("flags of %s", rule.id()).anyMatch(flag -> flag.contains(" " + rule.id() + ":"));
        }
        Map<String, String> published = new HashMap<>();
        Stream.concat(lines("flags", flags), lines("shadow-flags", shadowFlags)).forEach(line -> {
            String before = published.put(FlagTexts.of(line), line);
            assertThat(before).as("a flag that is there twice").isIn(null, line);
        });
        assertThat(published.keySet()).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Stream<String> lines(String topic, List<CommittedRecords.Record> records) {
        return records.stream().map(record -> topic + " " + record.value());
    }

    /** None missing, none too many; some may be there twice. */
    void assertDeadLetters(List<CommittedRecords.Record> letters) {
        Map<String, String> found = new TreeMap<>();
        for (CommittedRecords.Record letter : letters) {
            found.put(
                    letter.headers().get("source-partition") + ":"
                            + letter.headers().get("source-offset"),
                    letter.headers().get("reason"));
        }
        assertThat(found).isEqualTo(content.deadLetters());
    }

    /** CSV holds each of these once. */
    static void assertCsv(Path folder, List<CommittedRecords.Record> records) throws IOException {
        Set<Map<String, String>> expected =
                json(records).stream().map(CsvRows::row).collect(Collectors.toSet());
        List<Map<String, String>> rows = CsvRows.of(folder);
        assertThat(rows).as("rows of %s", folder).hasSameSizeAs(expected);
        assertThat(rows.stream().filter(row -> !expected.contains(row)).limit(3))
                .as("rows of %s that are not among the records", folder)
                .isEmpty();
        assertThat(Set.copyOf(rows)).hasSameSizeAs(expected);
    }

    /** CSV holds each of these flags once, however often it is among the records. */
    static void assertFlagsCsv(Path folder, List<CommittedRecords.Record> flags) throws IOException {
        List<String> fields = List.of("id", "revision", "symbol", "time", "price", "suppressed", "message");
        Set<String> expected = json(flags).stream()
                .map(flag ->
                        fields.stream().map(field -> flag.get(field).asText()).collect(Collectors.joining(" ")))
                .collect(Collectors.toSet());
        assertThat(CsvRows.of(folder))
                .extracting(row -> fields.stream().map(row::get).collect(Collectors.joining(" ")))
                .as("rows of %s", folder)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** CSV holds as many rows as there are symbols in the lists of movers. */
    static void assertMoversCsv(Path folder, List<CommittedRecords.Record> movers) throws IOException {
        int ranked = json(movers).stream()
                .mapToInt(list -> list.get("gainers").size()
                        + list.get("losers").size()
                        + list.get("mostActive").size())
                .sum();
        List<Map<String, String>> rows = CsvRows.of(folder);
        assertThat(rows).hasSize(ranked).doesNotHaveDuplicates();
    }

    private static List<JsonNode> json(List<CommittedRecords.Record> records) {
        return records.stream()
                .map(record -> {
                    try {
                        return JSON.readTree(record.value());
                    } catch (IOException e) {
                        throw new UncheckedIOException(record.value(), e);
                    }
                })
                .toList();
    }
}
