package io.tapewatch.domain.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.RecordedMarket;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Quotes;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.TapeOrder;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.quote.QuoteSettings;
import io.tapewatch.domain.quote.SymbolQuotes;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.domain.trade.Eligibility;
import io.tapewatch.io.rules.ParsedRule;
import io.tapewatch.io.rules.RuleParser;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The starter rules for jobs with quotes. */
class StarterQuoteRulesTest {

    private static final int MAX_WINDOWS = JobOptions.RULES_MAX_WINDOWS.defaultValue();

    private final List<Rule> rules = rules("/rules/starter-quotes.json");

    StarterQuoteRulesTest() throws IOException {}

    @Test
    void theyFitIntoAJobBesideTheOtherStarterRules() throws IOException {
        List<Rule> all = new ArrayList<>(rules("/rules/starter.json"));
        all.addAll(rules);
        assertThat(all).extracting(Rule::id).doesNotHaveDuplicates();
        RuleBook book = new RuleBook(new RuleLimits(all.size(), MAX_WINDOWS, Condition.MAX_OVER, false, true, false));
        for (Rule rule : all) {
            assertThat(book.apply(new RuleChange(rule.id(), rule), 0))
                    .isEqualTo(new Verdict(rule.id(), 1, Verdict.Outcome.ACCEPTED, null, 0));
        }
    }

    @Test
    void eachNeedsQuotesSaysWhatItIsForAndIsQuietAfterAFlag() {
        RuleBook without = new RuleBook(new RuleLimits(9, MAX_WINDOWS, Condition.MAX_OVER, true, false, true));
        assertThat(rules).hasSize(5).allSatisfy(rule -> {
            assertThat(without.apply(new RuleChange(rule.id(), rule), 0).reason())
                    .endsWith("(quotes.topic)");
            assertThat(rule.status()).isEqualTo(Rule.Status.ACTIVE);
            assertThat(rule.description()).hasSizeBetween(50, 200);
            assertThat(rule.cooldown()).isPositive();
        });
        assertThat(rules)
                .extracting(rule -> rule.id() + " on " + rule.on().word())
                .containsExactly(
                        "trade-outside-quote on trade",
                        "crossed-quote on quote",
                        "spread-blow-out on quote",
                        "quote-stuffing on quote",
                        "momentum-ignition on trade");
    }

    /** What their descriptions say of these minutes. */
    @Test
    void inMinutesOfFourPerpetualsTheyFlagALittle() throws IOException {
        Map<String, List<TapeRecord>> tapes = binance();
        assertThat(tapes.keySet()).containsExactly("BTCUSDT.P", "BTCUSD_PERP", "ETHUSDT.P", "ETHUSD_PERP");
        Map<String, Long> checksThatMet = new TreeMap<>();
        Map<String, Integer> flags = new TreeMap<>();
        Map<String, String> messages = new TreeMap<>();
        tapes.forEach((symbol, tape) -> {
            RuleBook book = new RuleBook(new RuleLimits(9, MAX_WINDOWS, Condition.MAX_OVER, false, true, false));
            rules.forEach(book::restore);
            check(symbol, tape, book, flag -> {
                assertThat(flag.late()).isFalse();
                flags.merge(flag.ruleId(), flag.revision() == 0 ? 1 : 0, Integer::sum);
                messages.putIfAbsent(flag.ruleId(), flag.message());
            });
            rules.forEach(rule -> {
                RuleCounts counts = book.counts(rule.id());
                checksThatMet.merge(rule.id(), counts.flagged() + counts.suppressed(), Long::sum);
            });
        });
        if (!RecordedMarket.isWhole()) {
            assertThat(flags)
                    .containsOnly(
                            entry("trade-outside-quote", 1), entry("spread-blow-out", 3), entry("quote-stuffing", 2));
            assertThat(checksThatMet)
                    .containsOnly(
                            entry("trade-outside-quote", 225L),
                            entry("crossed-quote", 0L),
                            entry("spread-blow-out", 36L),
                            entry("quote-stuffing", 258L),
                            entry("momentum-ignition", 0L));
            return;
        }
        assertThat(flags)
                .containsOnly(
                        entry("trade-outside-quote", 1),
                        entry("spread-blow-out", 5),
                        entry("quote-stuffing", 3),
                        entry("momentum-ignition", 1));
        assertThat(checksThatMet)
                .containsOnly(
                        entry("trade-outside-quote", 225L),
                        entry("crossed-quote", 0L),
                        entry("spread-blow-out", 142L),
                        entry("quote-stuffing", 1779L),
                        entry("momentum-ignition", 74L));
        assertThat(rowsOfThePage(tapes, checksThatMet, flags))
                .allSatisfy(row -> assertThat(Files.readString(Path.of("docs", "starter-rules.md")))
                        .contains(row));
        assertThat(messages.values())
                .containsExactly(
                        "ETHUSD_PERP fell 0.16 % in 10s (limit -0.1 %), 2679.28 → 2675, with buyers taking only 1.7 % of its"
                                + " volume in 10s, on 4.1 times its usual volume",
                        "BTCUSDT.P was quoted 749 times in 1s (limit 200), bid 61639.9, ask 61640, with 5.004 times as many"
                                + " quotes as usual",
                        "BTCUSDT.P was quoted with a spread of 2.3 bps (limit 2 bps), bid 61701.5, ask 61715.9",
                        "BTCUSDT.P traded 10.01 bps outside its quote (limit 10 bps), at 61601.3");
    }

    /** The beginnings of the rows of docs/starter-rules.md; there trades of two spot pairs without quotes are looked at as well. */
    private List<String> rowsOfThePage(
            Map<String, List<TapeRecord>> tapes, Map<String, Long> checksThatMet, Map<String, Integer> flags)
            throws IOException {
        int trades = RecordedMarket.trades().size(); // with those of the spot pairs
        long quotes = tapes.values().stream()
                .flatMap(List::stream)
                .filter(Quote.class::isInstance)
                .count();
        return rules.stream()
                .map(rule -> {
                    boolean onQuotes = rule.on() == Rule.On.QUOTE;
                    double share = 100.0 * checksThatMet.get(rule.id()) / (onQuotes ? quotes : trades);
                    return String.format(
                            Locale.ROOT,
                            "| `%s` | %ss | %s | %d |",
                            rule.id(),
                            rule.on().word(),
                            share == 0 ? "0" : String.format(Locale.ROOT, "%.2f %%", share),
                            flags.getOrDefault(rule.id(), 0));
                })
                .toList();
    }

    private static void check(String symbol, List<TapeRecord> tape, RuleBook book, Consumer<Flag> flags) {
        QuoteSettings settings = new QuoteSettings(5_000, TapeOrder.QUOTES_AFTER);
        Instrument instrument = Instrument.unknown(symbol);
        SymbolQuotes quotes = new SymbolQuotes();
        SymbolRules memory = new SymbolRules();
        for (TapeRecord record : tape) {
            if (record instanceof Quote quote) {
                memory.checkQuote(quote, instrument, book, flags);
                quotes.take(quote);
            } else {
                Tick trade = (Tick) record;
                memory.check(
                        trade, Eligibility.ALL, quotes.of(trade, settings), instrument, book, Rules.NO_CLOSES, flags);
            }
        }
    }

    /** By symbol what has quotes, in the order of the tape. */
    private static Map<String, List<TapeRecord>> binance() throws IOException {
        Map<String, List<TapeRecord>> tapes = new TreeMap<>();
        int row = 0;
        for (String[] fields : RecordedMarket.quotes()) {
            tapes.computeIfAbsent(fields[2], symbol -> new ArrayList<>())
                    .add(Quotes.of(
                            fields[2],
                            Double.parseDouble(fields[3]),
                            Double.parseDouble(fields[4]),
                            Double.parseDouble(fields[5]),
                            Double.parseDouble(fields[6]),
                            Long.parseLong(fields[1]),
                            Tick.NO_SEQ,
                            origin(fields, row++)));
        }
        row = 0;
        for (String[] fields : RecordedMarket.trades()) {
            Origin origin = origin(fields, row++);
            if (tapes.containsKey(fields[2])) {
                tapes.get(fields[2])
                        .add(Ticks.of(
                                fields[2],
                                Double.parseDouble(fields[3]),
                                Double.parseDouble(fields[4]),
                                Long.parseLong(fields[1]),
                                fields[5],
                                Tick.NO_SEQ,
                                Side.valueOf(fields[6].toUpperCase(Locale.ROOT)),
                                null,
                                null,
                                origin));
            }
        }
        tapes.values().forEach(tape -> tape.sort(TapeOrder.QUOTES_AFTER));
        return tapes;
    }

    private static Origin origin(String[] fields, int row) {
        return new Origin(0, row, Long.parseLong(fields[1]), Origin.Stamp.CREATE_TIME);
    }

    private static List<Rule> rules(String name) throws IOException {
        ObjectMapper json = new ObjectMapper();
        RuleParser parser = new RuleParser();
        List<Rule> rules = new ArrayList<>();
        try (InputStream file = StarterQuoteRulesTest.class.getResourceAsStream(name)) {
            for (JsonNode each : json.readTree(file)) {
                ParsedRule parsed = parser.parse(null, json.writeValueAsBytes(each));
                assertThat(parsed).isInstanceOf(ParsedRule.Change.class);
                rules.add(((ParsedRule.Change) parsed).change().rule());
            }
        }
        return rules;
    }
}
