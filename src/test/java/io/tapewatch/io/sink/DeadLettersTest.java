package io.tapewatch.io.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Quotes;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.QuoteDecoder;
import io.tapewatch.io.json.RecordLimits;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeadLettersTest {

    private static final Origin ORIGIN = new Origin(3, 42, 1_700_000_001_000L, Origin.Stamp.LOG_APPEND_TIME);
    private static final byte[] KEY = {'K', (byte) 0xC3};
    private static final byte[] VALUE = {'{', 0, (byte) 0xFF};

    private final DeadLetters letters = new DeadLetters("tapewatch.dead-letters", 1_000);

    @Test
    void keyAndValueAreAsTheyCameAndTheHeadersSayWhyAndWhereFrom() {
        ProducerRecord<byte[], byte[]> letter = letter(KEY, VALUE, ORIGIN);

        assertThat(letter.topic()).isEqualTo("tapewatch.dead-letters");
        assertThat(letter.partition()).isNull();
        assertThat(letter.timestamp()).as("the broker's to set").isNull();
        assertThat(letter.key()).isEqualTo(KEY);
        assertThat(letter.value()).isEqualTo(VALUE);
        assertThat(headers(letter))
                .containsExactly(
                        Map.entry("reason", "bad-price"),
                        Map.entry("detail", "price is \"é\"; expected a number"),
                        Map.entry("source-topic", "prices"),
                        Map.entry("source-partition", "3"),
                        Map.entry("source-offset", "42"),
                        Map.entry("source-timestamp", "1700000001000"),
                        Map.entry("source-timestamp-type", "log-append-time"));
    }

    @Test
    void aRecordWithoutKeyValueAndTimestampStaysOne() {
        ProducerRecord<byte[], byte[]> letter =
                letter(null, null, new Origin(0, 0, Origin.NO_TIMESTAMP, Origin.Stamp.NONE));

        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isNull();
        assertThat(headers(letter))
                .doesNotContainKey("source-timestamp")
                .containsEntry("source-timestamp-type", "none");
    }

    @Test
    void theProducersTimestampSaysSo() {
        assertThat(headers(letter(KEY, VALUE, new Origin(0, 0, 5, Origin.Stamp.CREATE_TIME))))
                .containsEntry("source-timestamp", "5")
                .containsEntry("source-timestamp-type", "create-time");
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsSpelledWithDashes(Reason reason) {
        Rejection rejection = new Rejection(reason, "detail", KEY, VALUE, "prices", ORIGIN);

        assertThat(headers(letters.serialize(rejection, null, null)).get("reason"))
                .matches("[a-z]+(-[a-z]+)*")
                .isEqualTo(reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    }

    @Test
    void aValueThatFitsIsWhole() {
        byte[] value = bytes(1_000 - KEY.length);

        ProducerRecord<byte[], byte[]> letter = letter(KEY, value, ORIGIN);

        assertThat(letter.value()).isEqualTo(value);
        assertThat(headers(letter)).doesNotContainKeys("truncated", "truncated-key");
    }

    @Test
    void aValueThatDoesNotFitIsCutAndItsFullLengthIsTold() {
        byte[] value = bytes(5_000);

        ProducerRecord<byte[], byte[]> letter = letter(KEY, value, ORIGIN);

        assertThat(letter.value()).isEqualTo(Arrays.copyOf(value, 1_000 - KEY.length));
        assertThat(headers(letter)).containsEntry("truncated", "5000").doesNotContainKey("truncated-key");
    }

    @Test
    void aKeyGetsAtMostHalfOfTheRoom() {
        ProducerRecord<byte[], byte[]> letter = letter(bytes(700), bytes(501), ORIGIN);

        assertThat(letter.key()).hasSize(500);
        assertThat(letter.value()).hasSize(500);
        assertThat(headers(letter)).containsEntry("truncated-key", "700").containsEntry("truncated", "501");
    }

    /** Beyond the producer's limit, which is below the broker's, the sink would fail. */
    @ParameterizedTest
    @EnumSource(Reason.class)
    void theLongestLetterOfEachReasonIsNotTooLongForKafka(Reason reason) {
        String topic = "t".repeat(249);
        Rejection rejection = new Rejection(
                reason,
                "😀".repeat(300),
                bytes(2_000_000),
                bytes(2_000_000),
                topic,
                new Origin(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, Origin.Stamp.LOG_APPEND_TIME));

        ProducerRecord<byte[], byte[]> letter = new DeadLetters(topic, 1_000_000).serialize(rejection, null, null);

        int longest = AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE,
                CompressionType.NONE,
                letter.key(),
                letter.value(),
                letter.headers().toArray());
        assertThat(letter.key().length + letter.value().length).isEqualTo(1_000_000);
        assertThat(longest).isLessThanOrEqualTo((int) new ProducerConfig(Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092",
                        ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class,
                        ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class))
                .getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG));
    }

    @Test
    void aTickThatIsTooLateCanBeSentAgain() {
        Tick tick = Ticks.of(
                "BTC-USD",
                0.1 + 0.2,
                1e-12,
                1_700_000_000_000L,
                "a \"quoted\" 😀\nid",
                Long.MIN_VALUE + 1,
                Side.SELL,
                "X",
                "@,T",
                ORIGIN);

        assertThat(sentAgain(tick)).isEqualTo(tick);
    }

    @Test
    void aTickThatSaysLittleSaysNoMoreWhenItIsSentAgain() {
        Tick tick =
                Ticks.of("^N225", -1e12, Ticks.NO_SIZE, 100_000_000_000L, null, Tick.NO_SEQ, null, null, null, ORIGIN);

        assertThat(sentAgain(tick)).isEqualTo(tick);
    }

    @Test
    void aTickThatIsTooLateSaysWhen() {
        Tick tick = Ticks.of("A", 1, Ticks.NO_SIZE, 1_700_000_000_000L, null, Tick.NO_SEQ, null, null, null, ORIGIN);

        Rejection rejection = DeadLetters.tooLate(tick, "prices");

        assertThat(rejection.reason()).isEqualTo(Reason.TOO_LATE);
        assertThat(rejection.detail())
                .isEqualTo("time is 2023-11-14T22:13:20.000Z; all windows that it belongs to are final");
        assertThat(rejection.origin()).isEqualTo(ORIGIN);
        assertThat(rejection.topic()).isEqualTo("prices");
    }

    private static Object sentAgain(Tick tick) {
        Rejection rejection = DeadLetters.tooLate(tick, "prices");
        return PriceDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), true))
                .decoder("prices")
                .decode(rejection.key(), rejection.value(), tick.origin());
    }

    @Test
    void aQuoteThatIsTooLateCanBeSentAgain() {
        long time = 1_700_000_000_000L;

        assertThat(List.of(
                        Quotes.of("BTC-USD", 0.1 + 0.2, 1e-12, 1e12, 0, time, Long.MIN_VALUE + 1, ORIGIN),
                        Quotes.of("^N225", -1e12, Quotes.NONE, 0, 3, 100_000_000_000L, Tick.NO_SEQ, ORIGIN),
                        Quotes.of("A", Quotes.NONE, Quotes.NONE, 1, Quotes.NONE, time, 0, ORIGIN),
                        Quotes.of("A", 2, Quotes.NONE, Quotes.NONE, Quotes.NONE, time, 0, ORIGIN)))
                .allSatisfy(quote -> assertThat(sentAgain(quote)).isEqualTo(quote));
    }

    @Test
    void aQuoteThatIsTooLateIsWrittenAsItWasDecodedAndSaysWhy() {
        Quote quote = Quotes.of("A", 1.5, 2, Quotes.NONE, Quotes.NONE, 1_700_000_000_000L, 7, ORIGIN);

        Rejection rejection = DeadLetters.tooLate(quote, "quotes");

        assertThat(rejection.reason()).isEqualTo(Reason.TOO_LATE);
        assertThat(rejection.detail())
                .isEqualTo("time is 2023-11-14T22:13:20.000Z; it came behind the watermark,"
                        + " when a later quote had been taken or quotes.max-age was over");
        assertThat(rejection.key()).isEqualTo("A".getBytes(UTF_8));
        assertThat(new String(rejection.value(), UTF_8))
                .isEqualTo("{\"symbol\":\"A\",\"bid\":1.5,\"bidSize\":2,\"time\":1700000000000,\"seq\":7}");
        assertThat(rejection.origin()).isEqualTo(ORIGIN);
        assertThat(rejection.topic()).isEqualTo("quotes");
    }

    private static Object sentAgain(Quote quote) {
        Rejection rejection = DeadLetters.tooLate(quote, "quotes");
        return QuoteDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), true))
                .decoder("quotes")
                .decode(rejection.key(), rejection.value(), quote.origin());
    }

    private ProducerRecord<byte[], byte[]> letter(byte[] key, byte[] value, Origin origin) {
        String detail = "price is \"é\"; expected a number";
        return letters.serialize(new Rejection(Reason.BAD_PRICE, detail, key, value, "prices", origin), null, null);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static Map<String, String> headers(ProducerRecord<byte[], byte[]> letter) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : letter.headers()) {
            assertThat(headers.put(header.key(), new String(header.value(), UTF_8)))
                    .as("once: " + header.key())
                    .isNull();
        }
        return headers;
    }
}
