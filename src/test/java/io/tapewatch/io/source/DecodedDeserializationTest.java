package io.tapewatch.io.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.InstrumentChange;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quotes;
import io.tapewatch.domain.Tick;
import io.tapewatch.io.json.BinanceTradeDecoder;
import io.tapewatch.io.json.InstrumentDecoder;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.QuoteDecoder;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.operators.DecodedSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.Collector;
import org.apache.flink.util.InstantiationUtil;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodedDeserializationTest {

    private static final long TIME = 1_700_000_001_000L;

    @ParameterizedTest
    @CsvSource({
        "CREATE_TIME, 1700000001000, CREATE_TIME",
        "LOG_APPEND_TIME, 1700000001000, LOG_APPEND_TIME",
        "NO_TIMESTAMP_TYPE, -1, NONE",
        // Some producers send records without a timestamp to a topic that leaves timestamps to them.
        "CREATE_TIME, -1, NONE"
    })
    void aTickKnowsWhoseClockStampedItsRecord(TimestampType type, long timestamp, Origin.Stamp expected)
            throws Exception {
        DecodedDeserialization deserialization = new PriceDeserialization(
                "prices",
                PriceDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false)),
                DecodedSerializer.TYPE);

        assertThat(read(deserialization, "{\"price\":1,\"time\":1700000000000}", type, timestamp))
                .isInstanceOfSatisfying(Tick.class, tick -> assertThat(tick.origin())
                        .isEqualTo(new Origin(2, 17, timestamp, expected)));
    }

    @Test
    void quotesAndInstrumentsAreReadLikePrices() throws Exception {
        DecodedDeserialization quotes = new DecodedDeserialization(
                "quotes",
                QuoteDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), true)),
                DecodedSerializer.TYPE);
        DecodedDeserialization instruments =
                new DecodedDeserialization("instruments", InstrumentDecoder.factory(64_000), DecodedSerializer.TYPE);

        assertThat(read(quotes, "{\"bid\":-1}", TimestampType.CREATE_TIME, TIME))
                .isEqualTo(Quotes.of(
                        "BTC-USD",
                        -1,
                        Quotes.NONE,
                        Quotes.NONE,
                        Quotes.NONE,
                        TIME,
                        Tick.NO_SEQ,
                        new Origin(2, 17, TIME, Origin.Stamp.CREATE_TIME)));
        assertThat(read(instruments, "{\"currency\":\"USD\"}", TimestampType.CREATE_TIME, TIME))
                .isEqualTo(new InstrumentChange(
                        "BTC-USD",
                        new Instrument("BTC-USD", null, "USD", null, null, null, Instrument.ONE),
                        new Origin(2, 17, TIME, Origin.Stamp.CREATE_TIME)));
        assertThat(read(instruments, null, TimestampType.CREATE_TIME, TIME))
                .isEqualTo(new InstrumentChange("BTC-USD", null, new Origin(2, 17, TIME, Origin.Stamp.CREATE_TIME)));
        assertThat(List.of(quotes, instruments))
                .allSatisfy(each -> assertThat(each.getProducedType()).isSameAs(DecodedSerializer.TYPE));
    }

    @Test
    void pricesMayComeInAFormatOfAnotherClass() throws Exception {
        DecodedDeserialization trades = new PriceDeserialization(
                "trades",
                BinanceTradeDecoder.factory(new RecordLimits(64_000, Duration.ofMinutes(1), false)),
                DecodedSerializer.TYPE);

        assertThat(read(
                        trades,
                        "{\"s\":\"BNBBTC\",\"p\":\"0.001\",\"T\":1700000000000}",
                        TimestampType.CREATE_TIME,
                        TIME))
                .isInstanceOfSatisfying(
                        Tick.class, tick -> assertThat(tick.symbol()).isEqualTo("BNBBTC"));
    }

    /** What a deserialization that was sent to a task reads. */
    private static Decoded read(DecodedDeserialization sent, String value, TimestampType type, long timestamp)
            throws Exception {
        DecodedDeserialization deserialization = InstantiationUtil.clone(sent);
        deserialization.open(new NoMetrics());
        List<Decoded> decoded = new ArrayList<>();
        deserialization.deserialize(
                new ConsumerRecord<>(
                        "topic",
                        2,
                        17,
                        timestamp,
                        type,
                        ConsumerRecord.NULL_SIZE,
                        ConsumerRecord.NULL_SIZE,
                        "BTC-USD".getBytes(UTF_8),
                        value == null ? null : value.getBytes(UTF_8),
                        new RecordHeaders(),
                        Optional.empty()),
                collectorOf(decoded));
        assertThat(decoded).hasSize(1);
        return decoded.get(0);
    }

    private record NoMetrics() implements DeserializationSchema.InitializationContext {
        @Override
        public MetricGroup getMetricGroup() {
            return new UnregisteredMetricsGroup();
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(DecodedDeserializationTest.class.getClassLoader());
        }
    }

    private static <T> Collector<T> collectorOf(List<T> list) {
        return new Collector<>() {
            @Override
            public void collect(T record) {
                list.add(record);
            }

            @Override
            public void close() {}
        };
    }
}
