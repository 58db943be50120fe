package io.tapewatch.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.HeardLog;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.InstrumentChange;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Tick;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UnknownFieldsTest {

    private static final Origin ORIGIN = new Origin(0, 0, RecordTable.RECORD_TIME, Origin.Stamp.LOG_APPEND_TIME);
    private static final RecordLimits LIMITS = new RecordLimits(64_000, Duration.ofMinutes(1), false);

    private final Map<String, Integer> counted = new TreeMap<>();
    private final DecoderCounters counters = field -> () -> counted.merge(field, 1, Integer::sum);
    private final RecordDecoder prices = PriceDecoder.factory(LIMITS).decoder("my-prices", counters);
    private final HeardLog log = HeardLog.of(UnknownFields.class.getName());

    @BeforeEach
    void hearAllThatIsSaid() {
        Configurator.setLevel(UnknownFields.class, Level.INFO);
    }

    @AfterEach
    void hearNoMore() {
        Configurator.setLevel(UnknownFields.class, Level.ERROR);
        log.close();
    }

    private static Decoded decode(RecordDecoder decoder, String value) {
        return decoder.decode("KEY".getBytes(UTF_8), value.getBytes(UTF_8), ORIGIN);
    }

    @Test
    void aMisspeltFieldIsAskedForOnceAndCountedEachTime() {
        for (int i = 0; i < 5; i++) {
            Decoded tick = decode(prices, "{\"symbol\":\"A\",\"price\":1,\"timestamp\":1700000000000}");
            assertThat(tick.time()).as("Kafka's").isEqualTo(RecordTable.RECORD_TIME);
        }

        assertThat(log.at(Level.WARN))
                .containsExactly("topic my-prices has a field \"timestamp\", which is not read: did you mean \"time\"?"
                        + " Without it, the record's Kafka timestamp is taken");
        assertThat(log.at(Level.INFO)).isEmpty();
        assertThat(counted).isEqualTo(Map.of("timestamp", 5));
    }

    @Test
    void fieldsOfAProducersOwnAreNoWarning() {
        decode(prices, "{\"price\":1,\"time\":1700000000000,\"tape\":\"A\",\"meta\":{\"px\":[1,{\"time\":2}]}}");
        decode(prices, "{\"price\":1,\"time\":1700000000000,\"tape\":\"B\",\"timestamp\":\"a second one\"}");

        assertThat(log.at(Level.WARN)).isEmpty();
        assertThat(log.at(Level.INFO))
                .containsExactly(
                        "topic my-prices has fields that are not read: tape, meta",
                        "topic my-prices has fields that are not read: timestamp");
        assertThat(counted).isEqualTo(Map.of("meta", 1, "tape", 2, "timestamp", 1));
    }

    @Test
    void knownFieldsAreNotCounted() {
        assertThat(decode(
                        prices,
                        "{\"symbol\":\"A\",\"price\":1,\"size\":1,\"time\":1700000000000,\"id\":\"1\",\"seq\":1,"
                                + "\"side\":\"buy\",\"venue\":\"X\",\"conditions\":\"@\",\"type\":\"trade\"}"))
                .isInstanceOf(Tick.class);
        assertThat(decode(prices, "1")).isInstanceOf(Tick.class);

        assertThat(counted).isEmpty();
        assertThat(log.at(Level.INFO)).isEmpty();
    }

    @Test
    void quotesAndInstrumentsHaveFieldsOfTheirOwn() {
        RecordDecoder quotes = QuoteDecoder.factory(LIMITS).decoder("quotes", counters);
        RecordDecoder instruments = InstrumentDecoder.factory(64_000).decoder("instruments", counters);

        assertThat(decode(quotes, "{\"bid\":1,\"askPrice\":2,\"time\":1700000000000,\"price\":3}"))
                .isInstanceOf(Quote.class);
        assertThat(decode(instruments, "{\"currency\":\"USD\",\"contractSize\":50,\"isin\":\"X\"}"))
                .isInstanceOf(InstrumentChange.class);

        assertThat(log.at(Level.WARN))
                .containsExactly(
                        "topic quotes has a field \"askPrice\", which is not read: did you mean \"ask\"?",
                        "topic instruments has a field \"contractSize\", which is not read: did you mean"
                                + " \"multiplier\"?");
        assertThat(log.at(Level.INFO))
                .containsExactly(
                        "topic quotes has fields that are not read: price",
                        "topic instruments has fields that are not read: isin");
        assertThat(counted).containsOnlyKeys("askPrice", "price", "contractSize", "isin");
    }

    @Test
    void ofAHeartbeatNoMoreIsMissedThanItsTime() {
        assertThat(decode(prices, "{\"heartbeat\":true,\"time\":1700000000000,\"exchange\":\"X\",\"p\":1}"))
                .isInstanceOf(Heartbeat.class);
        assertThat(log.at(Level.WARN)).isEmpty();
        decode(prices, "{\"heartbeat\":true,\"ts\":1700000000000}");
        assertThat(log.at(Level.WARN)).singleElement().asString().contains("did you mean \"time\"?");
    }

    @Test
    void aRecordThatIsCutShortDoesNotTellWhatItLacks() {
        assertThat(decode(prices, "{\"timestamp\":1,\"price\":\"dear\",\"time\":1700000000000}"))
                .isInstanceOf(Rejection.class);
        assertThat(decode(prices, "{\"timestamp\":1,\"price\":1,\"ti")).isInstanceOf(Rejection.class);
        decode(prices, "{\"price\":1}");
        assertThat(log.at(Level.WARN)).isEmpty();
        assertThat(log.at(Level.INFO)).isEmpty();

        decode(prices, "{\"timestamp\":1,\"price\":1}");
        assertThat(log.at(Level.WARN)).hasSize(1);
    }

    @Test
    void moreNamesThanAreToldAreCountedTogetherAndSaidOnce() {
        for (int record = 0; record < 10; record++) {
            StringBuilder value = new StringBuilder("{\"price\":1");
            for (int field = 0; field < 7; field++) {
                value.append(",\"mine-").append(record * 7 + field).append("\":0");
            }
            decode(prices, value + "}");
        }
        decode(prices, "{\"price\":1,\"mine-0\":0,\"mine-69\":0}");

        assertThat(counted).hasSize(UnknownFields.MAX_NAMES + 1).containsEntry("mine-0", 2);
        assertThat(counted).containsEntry(UnknownFields.OTHER, 70 - UnknownFields.MAX_NAMES + 1);
        assertThat(log.at(Level.INFO))
                .hasSize(4)
                .containsOnlyOnce(
                        "topic my-prices has more fields that are not read; they are counted, and not named here");
    }

    @Test
    void aFieldThatIsCalledOtherDoesNotHideThatThereAreMore() {
        decode(prices, "{\"price\":1,\"other\":0}");
        decode(prices, "{\"price\":1,\"" + "y".repeat(UnknownFields.MAX_NAME + 1) + "\":0}");

        assertThat(log.at(Level.INFO))
                .containsExactly(
                        "topic my-prices has fields that are not read: other",
                        "topic my-prices has more fields that are not read; they are counted, and not named here");
    }

    @Test
    void aNameIsMadeHarmlessOrNotToldAtAll() {
        String reversed = "e\u202Etime\u2028[ERROR]";
        decode(prices, "{\"price\":1,\"time\":1700000000000,\"a\\n\\u001b[31m b\":0,\"" + reversed + "\":0,\"\":0}");
        decode(prices, "{\"price\":1,\"" + "x".repeat(50_000) + "\":0}");

        assertThat(log.at(Level.INFO))
                .first()
                .isEqualTo("topic my-prices has fields that are not read: \"a\\u000a\\u001b[31m b\","
                        + " \"e\\u202etime\\u2028[ERROR]\", \"\"");
        assertThat(log.at(Level.INFO)).allMatch(line -> line.length() < 200);
        assertThat(counted).containsOnlyKeys("a___31m_b", "e_time__ERROR_", "_", UnknownFields.OTHER);
    }

    @Test
    void namesThatMakeTheSameLabelAreCountedTogether() {
        decode(prices, "{\"price\":1,\"my.field\":0,\"my field\":0}");
        decode(prices, "{\"price\":1,\"my.field\":0}");
        assertThat(counted).isEqualTo(Map.of("my_field", 3));
    }

    @Test
    void whatIsMissingIsLookedForAmongWhatIsThere() {
        assertThat(detail("{\"symbol\":\"A\",\"px\":1,\"time\":null}"))
                .isEqualTo("price is missing; found: symbol, px, time (null)");
        assertThat(detail("{\"o\":{\"price\":1},\"l\":[{\"price\":1}]}")).isEqualTo("price is missing; found: o, l");
        assertThat(detail("{}")).isEqualTo("price is missing; the object has no fields");
        assertThat(detail("{\"a, b\":1,\"c\\n\u202E\":1}"))
                .isEqualTo("price is missing; found: \"a, b\", \"c\\u000a\\u202e\"");
        assertThat(detail("{\"1\":0,\"2\":0,\"3\":0,\"4\":0,\"5\":0,\"6\":0,\"7\":0,\"8\":0,\"9\":0,\"10\":0,\"11\":0,"
                        + "\"12\":0}"))
                .isEqualTo("price is missing; found: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more");
        assertThat(detail("{\"" + "y".repeat(50_000) + "\":0}"))
                .isEqualTo("price is missing; found: \"" + "y".repeat(40) + "…\"");
    }

    private String detail(String value) {
        Decoded decoded = decode(prices, value);
        assertThat(decoded).isInstanceOf(Rejection.class);
        return ((Rejection) decoded).detail();
    }
}
