package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.quote.NaiveQuotes;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ten minutes of Binance through the whole job: every trade and every field beside its quote against a naive join over
 * the sorted recordings, and the side, which the job is not told, against the exchange's own.
 */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class QuotedTradesITCase {

    private static final long MAX_AGE = 5_000;
    private static final int PARTITIONS = 2;

    /** A row of a recording: when it arrived, and what it says. */
    private record Row(long arrival, String[] fields) {
        String symbol() {
            return fields[2];
        }

        long time() {
            return Long.parseLong(fields[1]);
        }

        Decimal number(int field) {
            return Decimal.of(fields[field]);
        }

        int partition() {
            return Math.floorMod(symbol().hashCode(), PARTITIONS);
        }
    }

    private static List<Row> trades;
    private static List<Row> quotes;
    private static Map<String, QuotedTrade> expected;

    @TempDir
    Path folder;

    @BeforeAll
    static void join() throws IOException {
        trades = rows(RecordedMarket.trades());
        quotes = rows(RecordedMarket.quotes());
        Map<String, List<Tick>> ticks = new TreeMap<>();
        int[] offsets = new int[PARTITIONS];
        for (Row row : trades) {
            ticks.computeIfAbsent(row.symbol(), symbol -> new ArrayList<>()).add(tick(row, offsets[row.partition()]++));
        }
        // The last quote of each millisecond: of those before a trade the last one is wanted.
        Map<String, TreeMap<Long, Quote>> lastAt = new HashMap<>();
        for (Row row : quotes) {
            lastAt.computeIfAbsent(row.symbol(), symbol -> new TreeMap<>()).put(row.time(), quote(row));
        }
        expected = new HashMap<>();
        ticks.forEach((symbol, ofSymbol) -> {
            ofSymbol.sort(null);
            TreeMap<Long, Quote> quotesOf = lastAt.getOrDefault(symbol, new TreeMap<>());
            for (int i = 0; i < ofSymbol.size(); i++) {
                Tick trade = ofSymbol.get(i);
                Map.Entry<Long, Quote> before = quotesOf.lowerEntry(trade.time());
                boolean isFresh = before != null && trade.time() - before.getKey() <= MAX_AGE;
                Quote quote = isFresh ? before.getValue() : null;
                // All trades before are looked through for the last change of price: the last thousand are enough here.
                List<Tick> earlier = ofSymbol.subList(Math.max(0, i - 1_000), i);
                QuotedTrade joined =
                        NaiveQuotes.quotedTrade(trade, quote, NaiveQuotes.side(trade, quote, earlier), false);
                assertThat(expected.put(symbol + " " + trade.id(), joined)).isNull();
            }
        });
    }

    private static Tick tick(Row row, long offset) {
        return Ticks.of(
                row.symbol(),
                row.number(3),
                row.number(4),
                row.time(),
                0,
                row.fields[5],
                Tick.NO_SEQ,
                null,
                null,
                null,
                new Origin(row.partition(), offset, row.time(), Origin.Stamp.CREATE_TIME));
    }

    private static Quote quote(Row row) {
        Origin origin = new Origin(row.partition(), 0, row.time(), Origin.Stamp.CREATE_TIME);
        return new Quote(
                row.symbol(),
                row.number(3),
                row.number(4),
                row.number(5),
                row.number(6),
                row.time(),
                0,
                Tick.NO_SEQ,
                origin);
    }

    private static List<Row> rows(List<String[]> recorded) {
        return recorded.stream()
                .map(fields -> new Row(Long.parseLong(fields[0]), fields))
                .toList();
    }

    @Test
    void theSideIsTheExchangesOwn() {
        assertThat(expected).hasSize(RecordedMarket.isWhole() ? 78_638 : 5_291);
        int quoted = 0;
        int right = 0;
        for (Row row : trades) {
            QuotedTrade trade = expected.get(row.symbol() + " " + row.fields[5]);
            if (trade.quoteAgeMs() != null) {
                quoted++;
                right += trade.side() != null
                                && row.fields[6].equals(trade.side().name().toLowerCase(Locale.ROOT))
                        ? 1
                        : 0;
            }
        }
        System.out.printf("%d trades quoted, the side of %d is the exchange's own%n", quoted, right);
        if (RecordedMarket.isWhole()) {
            assertThat(quoted).isBetween(44_000, 44_219);
            assertThat(right).isGreaterThanOrEqualTo((int) (quoted * 9_989L / 10_000));
        } else {
            assertThat(quoted).isEqualTo(3_829);
            assertThat(right).isEqualTo(3_821);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void everyTradeIsQuotedAsANaiveJoinDoesWithTheQuotesHalfASecondBehind(int parallelism, EmbeddedKafka kafka)
            throws Exception {
        long behind = Duration.ofMillis(500).toNanos();
        try (TestJob job = new TestJob(kafka, folder, PARTITIONS).withQuotesAndInstruments()) {
            job.options().set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
            job.parallelism(parallelism).start();
            int next = 0;
            for (Row row : trades) {
                while (next < quotes.size() && quotes.get(next).arrival() + behind <= row.arrival()) {
                    sendQuote(job, quotes.get(next++));
                }
                sendTrade(job, row);
            }
            while (next < quotes.size()) {
                sendQuote(job, quotes.get(next++));
            }
            job.flush();
            job.awaitAccount(
                    account -> account.of("records") == trades.size() && account.of("quotesRecords") == quotes.size());
            job.drain();
            assertJoined(job);
        }
    }

    private static void sendTrade(TestJob job, Row row) {
        String[] fields = row.fields;
        job.send(
                "prices",
                row.partition(),
                row.symbol(),
                "{\"price\":%s,\"size\":%s,\"time\":%s,\"id\":%s}"
                        .formatted(fields[3], fields[4], fields[1], fields[5]));
    }

    private static void sendQuote(TestJob job, Row row) {
        String[] fields = row.fields;
        job.send(
                "quotes",
                row.partition(),
                row.symbol(),
                "{\"bid\":%s,\"bidSize\":%s,\"ask\":%s,\"askSize\":%s,\"time\":%s}"
                        .formatted(fields[3], fields[4], fields[5], fields[6], fields[1]));
    }

    private static void assertJoined(TestJob job) {
        assertThat(job.records("dead-letters")).isEmpty();
        List<JsonNode> joined = job.read("quoted-trades");
        assertThat(joined).hasSize(expected.size());
        for (JsonNode trade : joined) {
            String key =
                    trade.get("symbol").asText() + " " + trade.get("tradeId").asText();
            assertThat(QuotedTradeJson.read(trade)).as(key).isEqualTo(expected.get(key));
        }
        assertThat(joined.stream()
                        .map(trade -> trade.get("symbol").asText() + trade.get("tradeId"))
                        .distinct())
                .hasSize(expected.size());
    }
}
