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
import java.util.stream.Stream;
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
                    + (quote.bid() == null ? "" : " bid=" + quote.bid())
                    + (quote.bidSize() == null ? "" : " x " + quote.bidSize())
                    + (quote.ask() == null ? "" : " ask=" + quote.ask())
                    + (quote.askSize() == null ? "" : " x " + quote.askSize())
                    + at(quote)
                    + (quote.seq() == Tick.NO_SEQ ? "" : " seq=" + quote.seq());
        }
        return decoded instanceof Rejection rejection
                ? rejection.reason().label() + ": " + rejection.detail()
                : "heartbeat" + at(decoded);
    }

    private static String at(Decoded decoded) {
        if (decoded.time() == RecordTable.RECORD_TIME) {
            return " at record's time";
        }
        int nanos = decoded instanceof Quote quote ? quote.nanos() : 0;
        return " at " + decoded.time() + (nanos == 0 ? "" : " and " + nanos + " ns");
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
                        assertThat(Stream.of(quote.bidSize(), quote.askSize()))
                                .allMatch(size -> size == null || size.sign() >= 0);
                        assertThat(quote.symbol()
                                        .codePointCount(0, quote.symbol().length()))
                                .isBetween(1, 64);
                        assertThat(quote.nanos()).isBetween(0, 999_999);
                        assertThat(quote.time()).isBetween(100_000_000_000L, 4_099_999_999_999L);
                        assertThat(quote.time() - 60_000).isLessThanOrEqualTo(record.timestamp());
                    }
                });

        assertThat(answers).containsOnlyKeys(Quote.class, Heartbeat.class, Rejection.class);
        assertThat(answers.get(Quote.class)).isGreaterThan(Rounds.of(10_000));
        assertThat(answers.get(Rejection.class)).isGreaterThan(Rounds.of(10_000));
    }
}
