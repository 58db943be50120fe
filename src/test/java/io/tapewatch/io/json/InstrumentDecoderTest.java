package io.tapewatch.io.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.Rounds;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.InstrumentChange;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InstrumentDecoderTest {

    private static final Origin ORIGIN = new Origin(3, 42, RecordTable.RECORD_TIME, Origin.Stamp.LOG_APPEND_TIME);
    private static final byte[] KEY = "KEY".getBytes(UTF_8);

    private final RecordDecoder decoder = InstrumentDecoder.factory(64_000).decoder("instruments");

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void readsEachRecordOfTheTablesAsTheySay(RecordTable.Row row) {
        String read = told(decoder.decode(row.key(), row.value(), row.origin()));

        assertThat(read).matches(row::expects, "is what the table says: " + row.expected());
    }

    static List<RecordTable.Row> table() {
        return RecordTable.rows("instruments");
    }

    private static String told(Decoded decoded) {
        if (decoded instanceof InstrumentChange change) {
            Instrument instrument = change.instrument();
            return instrument == null
                    ? "deletion " + change.symbol()
                    : "instrument " + instrument.symbol()
                            + told(" name=", instrument.name())
                            + told(" currency=", instrument.currency())
                            + told(" type=", instrument.type())
                            + told(" sector=", instrument.sector())
                            + told(" venue=", instrument.venue())
                            + " multiplier=" + instrument.multiplier()
                            + told(" tape=", instrument.tape());
        }
        Rejection rejection = (Rejection) decoded;
        return rejection.reason().label() + ": " + rejection.detail();
    }

    private static String told(String name, String text) {
        return text == null ? "" : name + text;
    }

    @Test
    void aChangeKnowsItsPartitionAndMovesNoWatermark() {
        for (byte[] value : new byte[][] {"{\"name\":\"a\"}".getBytes(UTF_8), null}) {
            Decoded change = decoder.decode(KEY, value, ORIGIN);

            assertThat(change).isInstanceOf(InstrumentChange.class);
            assertThat(change.partition()).isEqualTo(3);
            assertThat(change.time()).isEqualTo(Decoded.NO_TIME);
        }
    }

    @Test
    void aRejectionIsOfTheInstrumentsTopicAndKeepsTheRecordAsItCame() {
        byte[] value = "{\"multiplier\":0}".getBytes(UTF_8);

        assertThat(decoder.decode(KEY, value, ORIGIN)).isInstanceOfSatisfying(Rejection.class, rejection -> {
            assertThat(rejection.topic()).isEqualTo("instruments");
            assertThat(rejection.origin()).isEqualTo(ORIGIN);
            assertThat(rejection.key()).isSameAs(KEY);
            assertThat(rejection.value()).isSameAs(value);
        });
    }

    @Test
    void whateverIsDoneToARecordTheAnswerIsAChangeOrARejectionOnOneLine() {
        Map<Class<?>, Integer> answers = MutatedRecords.instruments(20_260_218)
                .decode(Rounds.of(100_000), List.of(decoder), (record, decoded) -> {
                    if (decoded instanceof InstrumentChange change && change.instrument() != null) {
                        Instrument instrument = change.instrument();
                        assertThat(change.symbol()).isEqualTo(instrument.symbol());
                        assertThat(instrument
                                        .symbol()
                                        .codePointCount(0, instrument.symbol().length()))
                                .isBetween(1, 64);
                        assertThat(instrument.multiplier().sign()).isPositive();
                        assertThat(instrument.multiplier().scale()).isBetween(0, 9);
                        assertThat(Stream.of(
                                                instrument.name(),
                                                instrument.currency(),
                                                instrument.type(),
                                                instrument.sector(),
                                                instrument.venue(),
                                                instrument.tape())
                                        .filter(Objects::nonNull))
                                .allMatch(text -> !text.isEmpty()
                                        && text.codePointCount(0, text.length()) <= Instrument.MAX_TEXT
                                        && text.chars().noneMatch(Character::isISOControl)
                                        && new String(text.getBytes(UTF_8), UTF_8).equals(text));
                    }
                });

        assertThat(answers).containsOnlyKeys(InstrumentChange.class, Rejection.class);
        assertThat(answers.get(InstrumentChange.class)).isGreaterThan(Rounds.of(10_000));
        assertThat(answers.get(Rejection.class)).isGreaterThan(Rounds.of(10_000));
    }
}
