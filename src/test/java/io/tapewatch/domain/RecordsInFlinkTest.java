package io.tapewatch.domain;

import static io.tapewatch.domain.mover.KnownMovers.mover;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.domain.mover.Mover;
import io.tapewatch.domain.mover.Movers;
import io.tapewatch.domain.mover.Ranking;
import io.tapewatch.domain.quote.QuotedTrade;
import io.tapewatch.domain.quote.QuotedTrades;
import io.tapewatch.domain.rule.Evidence;
import io.tapewatch.domain.rule.Extreme;
import io.tapewatch.domain.rule.Flag;
import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.Severity;
import io.tapewatch.domain.rule.Verdict;
import io.tapewatch.domain.window.Summary;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsInFlinkTest {

    /** What the check must catch. */
    public record NotPlain(Duration duration) {}

    @ParameterizedTest
    @ValueSource(
            classes = {
                Verdict.class,
                Flag.class,
                Evidence.class,
                Extreme.class,
                Instrument.class,
                QuotedTrade.class,
                Summary.class,
                Mover.class,
                Movers.class
            })
    void recordsThatGoOutAreSerializedWithoutKryo(Class<?> type) {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
    }

    @Test
    void theCheckCatchesWhatNeedsKryo() {
        assertThatThrownBy(() -> PojoTestUtils.assertSerializedAsPojoWithoutKryo(NotPlain.class))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void theyReadBackAsTheyWereWritten() throws IOException {
        assertReadsBack(new Verdict(null, null, Verdict.Outcome.REJECTED, "why", -1), Verdict.class);
        Evidence evidence = new Evidence("price", null, 2, ">", 1);
        assertReadsBack(
                new Flag(
                        "id",
                        "a",
                        1,
                        Severity.LOW,
                        "X",
                        5,
                        Rule.On.TRADE,
                        1.5,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        0,
                        9,
                        List.of(evidence),
                        List.of(),
                        "it",
                        0,
                        null,
                        0,
                        true,
                        false,
                        null),
                Flag.class);
        assertReadsBack(
                new Flag(
                        "id",
                        "a",
                        1,
                        Severity.LOW,
                        "X",
                        5,
                        Rule.On.TRADE,
                        1.5,
                        2.0,
                        3.0,
                        null,
                        null,
                        "t",
                        4L,
                        Side.SELL,
                        "v",
                        "c",
                        0,
                        9,
                        List.of(evidence, evidence),
                        List.of(new Extreme(evidence, 5), new Extreme(evidence, 6)),
                        "it",
                        7,
                        8L,
                        1,
                        false,
                        false,
                        Instruments.GOLD),
                Flag.class);
        assertReadsBack(
                new Flag(
                        "id",
                        "a",
                        1,
                        Severity.LOW,
                        "X",
                        5,
                        Rule.On.QUOTE,
                        null,
                        null,
                        null,
                        1.5,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        0,
                        9,
                        List.of(evidence),
                        List.of(),
                        "it",
                        0,
                        null,
                        0,
                        true,
                        false,
                        Instrument.unknown("X")),
                Flag.class);
        assertReadsBack(Instruments.GOLD, Instrument.class);
        assertReadsBack(
                QuotedTrades.of("X", 5, 1.5, null, null, null, null, null, null, null, null, null, true),
                QuotedTrade.class);
        assertReadsBack(
                QuotedTrades.of("X", 5, 1.5, 2.0, 1.0, 2.0, 1.5, 0.5, 0.0, Side.SELL, 7L, "t", false),
                QuotedTrade.class);
        Mover known = mover(
                "X",
                "1.5",
                "1",
                3,
                "0.3",
                "123456789012345678901234567890.000000000000000000000000000000000001",
                Instruments.GOLD);
        Mover unknown = mover("Y", "-0.000000000000000001", null, 3, null, null, null);
        assertReadsBack(known, Mover.class);
        assertReadsBack(unknown, Mover.class);
        assertReadsBack(Movers.of("1d", 0, 1, 1, new Ranking(2).of(List.of(known, unknown)), 0), Movers.class);
    }

    private static <T> void assertReadsBack(T value, Class<T> type) throws IOException {
        TypeSerializer<T> serializer = TypeInformation.of(type).createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                .isEqualTo(value);
        assertThat(serializer.copy(value)).isEqualTo(value);
    }
}
