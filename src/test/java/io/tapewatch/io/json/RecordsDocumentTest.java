package io.tapewatch.io.json;

import static io.tapewatch.domain.mover.KnownMovers.mover;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.Schemas;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.InstrumentChange;
import io.tapewatch.domain.Instruments;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.check.RuleBook;
import io.tapewatch.domain.check.RuleLimits;
import io.tapewatch.domain.check.Rules;
import io.tapewatch.domain.check.SymbolRules;
import io.tapewatch.domain.check.Unquoted;
import io.tapewatch.domain.exact.Quotient;
import io.tapewatch.domain.mover.Mover;
import io.tapewatch.domain.mover.Movers;
import io.tapewatch.domain.mover.Ranking;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.domain.quote.SymbolQuotes;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.domain.window.NodesInMemory;
import io.tapewatch.domain.window.Summary;
import io.tapewatch.domain.window.SymbolWindows;
import io.tapewatch.domain.window.WindowSpec;
import io.tapewatch.domain.window.Windows;
import io.tapewatch.domain.window.WindowsState;
import io.tapewatch.io.rules.ParsedRule;
import io.tapewatch.io.rules.RuleParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code docs/records.md} shows is what comes out: its prices go through the windows and the rule it shows. */
class RecordsDocumentTest {

    private static final Pattern BLOCK = Pattern.compile("```(\\w+ [\\w-]+)\n(.*?)\n?```", Pattern.DOTALL);
    private static final long RECORD_TIME = 1_700_000_062_000L;
    private static final long FOUR_HOURS = Duration.ofHours(4).toMillis();
    private static final JsonFactory JSON = new JsonFactory();

    private final String document = read();
    private final List<Tick> trades = ticks().limit(3).toList();

    private static String read() {
        try {
            return Files.readString(Path.of("docs/records.md"));
        } catch (IOException e) {
            throw new AssertionError("the tests run in the project's folder", e);
        }
    }

    @Test
    void everyPriceIsATickOrAHeartbeat() {
        assertThat(prices()).hasSizeGreaterThan(5).allSatisfy(decoded -> assertThat(decoded)
                .isInstanceOfAny(Tick.class, Heartbeat.class));
    }

    @Test
    void everyNumberIsReadAsThePageSays() {
        List<String> numbers = block("text numbers").lines().toList();

        assertThat(numbers).hasSizeGreaterThan(5).allSatisfy(line -> {
            String[] sentAndKept = line.split(" +is ");
            Decoded decoded = PriceDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false))
                    .decoder("prices")
                    .decode(
                            null,
                            ("{\"symbol\":\"A\",\"price\":\"" + sentAndKept[0] + "\"}").getBytes(UTF_8),
                            origin(0));
            assertThat(decoded instanceof Tick tick ? tick.price().toString() : "rejected")
                    .isEqualTo(sentAndKept[1]);
        });
    }

    @Test
    void everyQuoteIsAQuoteOrAHeartbeat() {
        List<Decoded> quotes = quotes();

        assertThat(quotes).hasSizeGreaterThan(2).allSatisfy(decoded -> assertThat(decoded)
                .isInstanceOfAny(Quote.class, Heartbeat.class));
        assertThat(quotes.get(0)).isInstanceOf(Quote.class);
    }

    @Test
    void everyInstrumentIsOneThatIsKnown() {
        List<String> instruments = blocks("json instrument");

        assertThat(instruments).hasSizeGreaterThan(1).allSatisfy(instrument -> assertThat(instrument(instrument))
                .isNotNull());
    }

    private static Instrument instrument(String json) {
        Decoded decoded =
                InstrumentDecoder.factory(64_000).decoder("instruments").decode(null, json.getBytes(UTF_8), origin(0));
        assertThat(decoded).isInstanceOf(InstrumentChange.class);
        return ((InstrumentChange) decoded).instrument();
    }

    @Test
    void everyFieldOfQuotesAndInstrumentsIsExplained() {
        assertThat(document.substring(document.indexOf("\n## Quotes"), document.indexOf("\n## Instruments")))
                .contains(explained(Schemas.text("quote").at("/$defs/quote/properties")));
        assertThat(document.substring(document.indexOf("\n## Instruments"), document.indexOf("\n## Summaries")))
                .contains(explained(Schemas.text("instrument").get("properties")));
    }

    private static List<String> explained(JsonNode fields) {
        return Schemas.fields(fields).stream().map(field -> "`" + field + "`").toList();
    }

    @Test
    void theTradesMakeTheSummary() {
        Windows windows = new Windows(List.of(WindowSpec.parse("1m")), FOUR_HOURS, Map.of(), 1_000, 0);
        List<Summary> summaries = new ArrayList<>();
        SymbolWindows ofSymbol =
                new SymbolWindows("BTC-USD", windows, new WindowsState(), new NodesInMemory(), summaries::add);
        trades.forEach(trade -> ofSymbol.add(trade, Long.MIN_VALUE));
        ofSymbol.advanceTo(Long.MIN_VALUE, Long.MAX_VALUE);

        JsonWriter<Summary> format = (summary, out) -> SummaryFormat.write(out, summary);
        Instrument instrument = instrument(blocks("json instrument").get(0));
        assertThat(blocks("json summary"))
                .containsExactly(
                        text(format, summaries.get(0)), text(format, Instruments.with(instrument, summaries.get(0))));
    }

    @Test
    void twoDaysMakeTheMovers() {
        long start = 1_699_920_000_000L;
        long end = start + Duration.ofDays(1).toMillis();
        Mover bitcoin = mover("BTC-USD", "68003.25", "66000", 3, "2.75", "184196.25", null);
        Mover ether = mover("ETH-USD", "2010.5", "2050", 40, "120", "243150", null);
        Movers movers = Movers.of("1d+1m", start, end, end, new Ranking(10).of(List.of(bitcoin, ether)), 0);

        JsonWriter<Movers> format = (each, out) -> MoversFormat.write(out, each);
        assertThat(block("json movers")).isEqualTo(text(format, movers));
    }

    @Test
    void theThirdTradeRaisesTheFlag() {
        RuleBook book = new RuleBook(new RuleLimits(1, 1, Condition.MAX_OVER, true, false, false));
        assertThat(verdict(book).outcome()).isEqualTo(Verdict.Outcome.ACCEPTED);
        SymbolRules memory = new SymbolRules();
        List<Flag> flags = new ArrayList<>();
        trades.forEach(trade -> Unquoted.check(memory, trade, book, Rules.NO_CLOSES, flags::add));

        assertThat(flags).hasSize(1);
        JsonWriter<Flag> format = (flag, out) -> FlagFormat.write(out, flag, new SourceTopics("prices", null));
        assertThat(block("json flag")).isEqualTo(text(format, flags.get(0)));
    }

    @Test
    void theSecondTradeAndTheThirdStandBesideTheQuotes() {
        QuoteSettings settings = new QuoteSettings(Duration.ofSeconds(5).toMillis(), TapeOrder.QUOTES_AFTER);
        SymbolQuotes quotes = new SymbolQuotes();
        List<QuotedTrade> quoted = new ArrayList<>();
        Stream.concat(
                        trades.stream(),
                        quotes().stream().filter(Quote.class::isInstance).map(Quote.class::cast))
                .sorted(Comparator.comparingLong(TapeRecord::time))
                .forEach(record -> {
                    if (record instanceof Quote quote) {
                        quotes.take(quote);
                    } else if (record instanceof Tick trade) {
                        quoted.add(QuotedTrade.of(trade, quotes.of(trade, settings), false, new Quotient()));
                    }
                });

        JsonWriter<QuotedTrade> format = (trade, out) -> QuotedTradeFormat.write(out, trade);
        assertThat(blocks("json quoted-trade"))
                .containsExactly(text(format, quoted.get(1)), text(format, quoted.get(2)));
        assertThat(trades.get(1).side())
                .as("what the second trade says of its side")
                .isNull();
    }

    @Test
    void theRuleGetsTheVerdict() {
        JsonWriter<Verdict> format = (verdict, out) -> RuleStatusFormat.write(out, verdict);

        assertThat(block("json rule-status"))
                .isEqualTo(text(
                        format, verdict(new RuleBook(new RuleLimits(1, 1, Condition.MAX_OVER, true, false, false)))));
    }

    private Verdict verdict(RuleBook book) {
        ParsedRule parsed = new RuleParser().parse(null, block("json rule").getBytes(UTF_8));
        assertThat(parsed).isInstanceOf(ParsedRule.Change.class);
        return book.apply(((ParsedRule.Change) parsed).change(), RECORD_TIME);
    }

    @Test
    void theColumnsOfCsvAreThoseThatAreWritten() {
        assertThat(block("csv summaries").split(",")).containsExactlyElementsOf(SummaryFormat.FIELDS);
        assertThat(block("csv movers").split(",")).containsExactlyElementsOf(MoversFormat.CSV_FIELDS);
        assertThat(block("csv prices").split(",")).containsExactlyElementsOf(TickFormat.CSV_FIELDS);
        assertThat(block("csv flags").split(",")).containsExactlyElementsOf(FlagFormat.CSV_FIELDS);
        assertThat(block("csv quoted-trades").split(",")).containsExactlyElementsOf(QuotedTradeFormat.FIELDS);
    }

    @Test
    void everyFieldAndEveryReasonIsExplained() {
        Stream<String> flagFields =
                FlagFormat.CSV_FIELDS.stream().map(field -> field.replaceFirst("^source\\..*", "source"));
        Stream<String> reasons = Stream.of(Rejection.Reason.values()).map(Rejection.Reason::label);

        assertThat(Stream.of(
                                SummaryFormat.FIELDS.stream(),
                                MoversFormat.FIELDS.stream(),
                                MoversFormat.CSV_FIELDS.stream(),
                                flagFields,
                                QuotedTradeFormat.FIELDS.stream(),
                                reasons)
                        .flatMap(each -> each))
                .allSatisfy(name -> assertThat(document).contains("| `" + name + "` |"));
    }

    private List<Decoded> prices() {
        return decoded(
                "json price",
                PriceDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false))
                        .decoder("prices"));
    }

    private List<Decoded> quotes() {
        return decoded(
                "json quote",
                QuoteDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false))
                        .decoder("quotes"));
    }

    private List<Decoded> decoded(String kind, RecordDecoder decoder) {
        List<Decoded> decoded = new ArrayList<>();
        for (String value : blocks(kind)) {
            decoded.add(decoder.decode("BTC-USD".getBytes(UTF_8), value.getBytes(UTF_8), origin(decoded.size())));
        }
        return decoded;
    }

    private static Origin origin(long offset) {
        return new Origin(0, offset, RECORD_TIME, Origin.Stamp.LOG_APPEND_TIME);
    }

    private Stream<Tick> ticks() {
        return prices().stream().filter(Tick.class::isInstance).map(Tick.class::cast);
    }

    private String block(String kind) {
        List<String> blocks = blocks(kind);
        assertThat(blocks).as(kind).hasSize(1);
        return blocks.get(0);
    }

    private List<String> blocks(String kind) {
        List<String> blocks = new ArrayList<>();
        for (Matcher matcher = BLOCK.matcher(document); matcher.find(); ) {
            if (matcher.group(1).equals(kind)) {
                blocks.add(matcher.group(2));
            }
        }
        return blocks;
    }

    private static <T> String text(JsonWriter<T> format, T record) {
        return new String(format.bytes(JSON, record), UTF_8);
    }
}
