package io.tapewatch.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Tick;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuoteDecoderTest {

    private static final Origin ORIGIN = new Origin(3, 42, RecordTable.RECORD_TIME, Origin.Stamp.LOG_APPEND_TIME);
    private static final byte[] KEY = "KEY".getBytes(UTF_8);

    private static RecordDecoder decoder(boolean allowNonpositive) {
        return QuoteDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), allowNonpositive))
                .decoder("quotes");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void readsEachRecordOfTheTablesAsTheySay(RecordTable.Row row) {
        String read = told(decoder(row.allowsNonpositive()).decode(row.key(), row.value(), row.origin()));

        assertThat(read).matches(row::expects, "is what the table says: " + row.expected());
    }

    static List<RecordTable.Row> table() {
        return RecordTable.rows("quotes");
    }

    private static String told(Decoded decoded) {
        if (decoded instanceof Quote quote) {
            return "quote " + quote.symbol()
                    + (Double.isNaN(Quote.nearest(quote.bid())) ? "" : " bid=" + Quote.nearest(quote.bid()))
                    + (Double.isNaN(Quote.nearest(quote.bidSize())) ? "" : " x " + Quote.nearest(quote.bidSize()))
                    + (Double.isNaN(Quote.nearest(quote.ask())) ? "" : " ask=" + Quote.nearest(quote.ask()))
                    + (Double.isNaN(Quote.nearest(quote.askSize())) ? "" : " x " + Quote.nearest(quote.askSize()))
                    + at(quote)
                    + (quote.seq() == Tick.NO_SEQ ? "" : " seq=" + quote.seq());
        }
        return decoded instanceof Rejection rejection
                ? rejection.reason().label() + ": " + rejection.detail()
                : "heartbeat" + at(decoded);
    }

    private static String at(Decoded decoded) {
        return decoded.time() == RecordTable.RECORD_TIME ? " at record's time" : " at " + decoded.time();
    }

    @Test
    void aQuoteKnowsTheRecordItCameIn() {
        assertThat(decoder(false).decode(KEY, "{\"bid\":1}".getBytes(UTF_8), ORIGIN))
                .isInstanceOfSatisfying(
                        Quote.class, quote -> assertThat(quote.origin()).isEqualTo(ORIGIN));
    }

    @Test
    void aRejectionIsOfTheQuotesTopicAndKeepsTheRecordAsItCame() {
        byte[] value = "{\"bid\":-1}".getBytes(UTF_8);

        assertThat(decoder(false).decode(KEY, value, ORIGIN)).isInstanceOfSatisfying(Rejection.class, rejection -> {
            assertThat(rejection.topic()).isEqualTo("quotes");
            assertThat(rejection.origin()).isEqualTo(ORIGIN);
            assertThat(rejection.key()).isSameAs(KEY);
            assertThat(rejection.value()).isSameAs(value);
        });
    }

    @Test
    void aRecordIsReadAsIfItWereTheFirst() {
        RecordDecoder decoder = decoder(false);
        byte[] bad = "{\"bid\":1,\"ask\":".getBytes(UTF_8);
        byte[] good = "{\"bid\":1,\"ask\":2}".getBytes(UTF_8);

        assertThat(decoder.decode(KEY, bad, ORIGIN)).isInstanceOf(Rejection.class);
        assertThat(decoder.decode(KEY, good, ORIGIN)).isInstanceOf(Quote.class);
        assertThat(decoder.decode(KEY, good, ORIGIN)).isInstanceOf(Quote.class);
    }

    @Test
    void whateverIsDoneToARecordTheAnswerIsAQuoteAHeartbeatOrARejectionOnOneLine() {
        Map<Class<?>, Integer> answers = MutatedRecords.quotes(20_260_217)
                .decode(Rounds.of(100_000), List.of(decoder(false), decoder(true)), (record, decoded) -> {
                    if (decoded instanceof Quote quote) {
                        assertThat(DoubleStream.of(Quote.nearest(quote.bid()), Quote.nearest(quote.ask())))
                                .allMatch(price -> Double.isNaN(price) || Math.abs(price) <= 1e12);
                        assertThat(DoubleStream.of(Quote.nearest(quote.bidSize()), Quote.nearest(quote.askSize())))
                                .allMatch(size -> Double.isNaN(size) || size >= 0 && size <= 1e12);
                        assertThat(quote.symbol()).hasSizeBetween(1, 64);
                        assertThat(quote.time()).isBetween(100_000_000_000L, 4_099_999_999_999L);
                        assertThat(quote.time() - 60_000).isLessThanOrEqualTo(record.timestamp());
                    }
                });

        assertThat(answers).containsOnlyKeys(Quote.class, Heartbeat.class, Rejection.class);
        assertThat(answers.get(Quote.class)).isGreaterThan(Rounds.of(10_000));
        assertThat(answers.get(Rejection.class)).isGreaterThan(Rounds.of(10_000));
    }
}
