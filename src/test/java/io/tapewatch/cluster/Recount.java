package io.tapewatch.cluster;

import static io.tapewatch.domain.check.Rules.NO_CLOSES;
import static io.tapewatch.domain.check.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapewatch.CsvRows;
import io.tapewatch.FlagTexts;
import io.tapewatch.NaiveMovers;
import io.tapewatch.NaiveSummaries;
import io.tapewatch.QuotedTradeJson;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.check.NaiveRules;
import io.tapewatch.domain.check.Shown;
import io.tapewatch.domain.mover.MoverLists;
import io.tapewatch.domain.quote.NaiveQuotes;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.domain.rule.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything the job is to publish, computed anew from what the topics it reads hold, beside what it did publish. */
final class Recount {

    static final String WINDOWS = "10s,1m/20s,1d+1m";

    static final List<Rule> RULES = List.of(
            rule("away: all(vwapDeviationPct over 5m > 1.5; size >= 1), cooldown 30s, shadow"),
            rule("big: notional >= 900000, cooldown 20s"),
            rule("energy: changePct over 1m > 1.5, cooldown 1m, sectors Energy"),
            rule("fall: tickChangePct <= -2"),
            rule("outside: all(offQuoteBps > 20; size > 2), cooldown 10s"),
            rule("pump: all(changePct over 1m > 1; volumeRatio over 1m baseline 4m > 1.25), cooldown 1m"),
            rule("turned: turnover over 20s > 5000, for 5s, cooldown 2m"),
            rule("wide: spreadBps >= 20, on quote, cooldown 30s"));

    /** The defaults. */
    private static final QuoteSettings QUOTES = new QuoteSettings(5_000, TapeOrder.QUOTES_AFTER);

    /** Numbers keep their digits. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final int MOVERS = 10;
    private static final List<String> MOVER_LISTS = List.of("gainers", "losers", "mostActive");

    private final KnownLoad.Content content;

    Recount(KnownLoad.Content content) {
        this.content = content;
    }

    /** Each there once, none missing, to the last digit. */
    void assertSummaries(List<CommittedRecords.Record> summaries) {
        NaiveSummaries.assertEqual(json(summaries), content.trades(), WINDOWS, content.instruments());
    }

    /** Of summaries that are right: each list there once, none missing. */
    void assertMovers(List<CommittedRecords.Record> movers, List<CommittedRecords.Record> summaries) {
        Map<String, MoverLists> expected = NaiveMovers.of(json(summaries), "1d+1m", MOVERS);
        assertThat(expected).hasSizeGreaterThan(10);
        NaiveMovers.assertEqual(json(movers), expected);
    }

    /** Each trade there once beside its quote, none missing, to the last digit. */
    void assertQuotedTrades(List<CommittedRecords.Record> quotedTrades) {
        List<QuotedTrade> expected = new ArrayList<>();
        Map<String, List<Quote>> quotes = content.quotes().stream().collect(Collectors.groupingBy(Quote::symbol));
        bySymbol()
                .forEach((symbol, ticks) ->
                        expected.addAll(NaiveQuotes.join(ticks, quotes.getOrDefault(symbol, List.of()), QUOTES)));
        assertThat(expected).as("with a quote").anyMatch(trade -> trade.quoteAgeMs() != null);
        assertThat(expected).as("without a quote").anyMatch(trade -> trade.quoteAgeMs() == null);
        Map<String, QuotedTrade> found = new HashMap<>();
        for (JsonNode json : json(quotedTrades)) {
            QuotedTrade trade = QuotedTradeJson.read(json);
            assertThat(found.put(trade.tradeId(), trade))
                    .as("the other of two quoted trades")
                    .isNull();
        }
        assertThat(found).isEqualTo(expected.stream().collect(Collectors.toMap(QuotedTrade::tradeId, trade -> trade)));
    }

    private Map<String, List<Tick>> bySymbol() {
        return content.ticks().stream().collect(Collectors.groupingBy(Tick::symbol));
    }

    /** None missing, none too many; one that is there twice is the same twice. */
    void assertFlags(List<CommittedRecords.Record> flags, List<CommittedRecords.Record> shadowFlags) {
        Set<String> expected = new TreeSet<>();
        Map<String, List<Quote>> quotes = content.quotes().stream().collect(Collectors.groupingBy(Quote::symbol));
        bySymbol().forEach((symbol, ticks) -> {
            List<Shown> shown = shown(symbol, ticks, quotes.getOrDefault(symbol, List.of()));
            NaiveRules.replay(RULES, shown, NO_CLOSES, QUOTES).flags.forEach(flag -> expected.add(FlagTexts.of(flag)));
        });
        for (Rule rule : RULES) {
            assertThat(expected).as("flags of %s", rule.id()).anyMatch(flag -> flag.contains(" " + rule.id() + ":"));
        }
        Map<String, String> published = new HashMap<>();
        Stream.concat(lines("flags", flags), lines("shadow-flags", shadowFlags)).forEach(line -> {
            String before = published.put(FlagTexts.of(line), line);
            assertThat(before).as("a flag that is there twice").isIn(null, line);
        });
        assertNoneMissingOrTooMany("flags", published.keySet(), expected);
    }

    /** A slow machine makes many: AssertJ's own comparison takes a time that grows with their square. */
    private static void assertNoneMissingOrTooMany(String what, Set<String> found, Set<String> expected) {
        assertThat(expected.stream().filter(each -> !found.contains(each)).limit(3))
                .as("missing %s", what)
                .isEmpty();
        assertThat(found.stream().filter(each -> !expected.contains(each)).limit(3))
                .as("%s that are too many", what)
                .isEmpty();
    }

    /** What is known about a symbol, and its trades and quotes in their order: a trade before the quotes of its time. */
    private List<Shown> shown(String symbol, List<Tick> ticks, List<Quote> quotes) {
        List<Shown> shown = new ArrayList<>();
        shown.add(new Shown.Known(content.instruments().get(symbol)));
        int next = 0;
        for (Tick tick : ticks) {
            while (next < quotes.size() && quotes.get(next).time() < tick.time()) {
                shown.add(new Shown.QuoteInOrder(quotes.get(next++)));
            }
            shown.add(new Shown.InOrder(tick));
        }
        quotes.subList(next, quotes.size()).forEach(quote -> shown.add(new Shown.QuoteInOrder(quote)));
        return shown;
    }

    private static Stream<String> lines(String topic, List<CommittedRecords.Record> records) {
        return records.stream().map(record -> topic + " " + record.value());
    }

    /** None missing, none too many; some may be there twice. */
    void assertDeadLetters(List<CommittedRecords.Record> letters) {
        Map<String, String> found = new TreeMap<>();
        for (CommittedRecords.Record letter : letters) {
            found.put(
                    letter.headers().get("source-topic") + ":"
                            + letter.headers().get("source-partition") + ":"
                            + letter.headers().get("source-offset"),
                    letter.headers().get("reason"));
        }
        assertThat(found).isEqualTo(content.deadLetters());
    }

    /** CSV holds each of these once. */
    static void assertCsv(Path folder, List<CommittedRecords.Record> records) throws IOException {
        assertRows(folder, json(records).stream().map(CsvRows::row).collect(Collectors.toSet()));
    }

    private static void assertRows(Path folder, Set<Map<String, String>> expected) throws IOException {
        List<Map<String, String>> rows = CsvRows.of(folder);
        assertThat(rows).as("rows of %s", folder).hasSameSizeAs(expected);
        assertThat(rows.stream().filter(row -> !expected.contains(row)).limit(3))
                .as("rows of %s that are not among the records", folder)
                .isEmpty();
        assertThat(Set.copyOf(rows)).hasSameSizeAs(expected);
    }

    /** CSV holds each of these flags once, however often it is among the records. */
    static void assertFlagsCsv(Path folder, List<CommittedRecords.Record> flags) throws IOException {
        List<String> fields =
                List.of("id", "revision", "symbol", "time", "price", "bid", "ask", "suppressed", "message", "sector");
        Set<String> expected = json(flags).stream()
                .map(flag ->
                        fields.stream().map(field -> flag.path(field).asText()).collect(Collectors.joining(" ")))
                .collect(Collectors.toSet());
        List<String> rows = CsvRows.of(folder).stream()
                .map(row -> fields.stream()
                        .map(field -> row.getOrDefault(field, ""))
                        .collect(Collectors.joining(" ")))
                .toList();
        assertThat(rows).as("rows of %s", folder).doesNotHaveDuplicates();
        assertNoneMissingOrTooMany("rows of " + folder, new HashSet<>(rows), expected);
    }

    /** CSV holds a row for each symbol in each list of movers, with all that the list says of the symbol. */
    static void assertMoversCsv(Path folder, List<CommittedRecords.Record> movers) throws IOException {
        Set<Map<String, String>> expected = new HashSet<>();
        for (JsonNode lists : json(movers)) {
            for (String list : MOVER_LISTS) {
                for (JsonNode ranked : lists.get(list)) {
                    ObjectNode row = ranked.deepCopy();
                    row.put("list", list);
                    row.setAll((ObjectNode) ((ObjectNode) lists.deepCopy()).without(MOVER_LISTS));
                    expected.add(CsvRows.row(row));
                }
            }
        }
        assertRows(folder, expected);
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
