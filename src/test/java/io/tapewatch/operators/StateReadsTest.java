package io.tapewatch.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Ticks;
import io.tapewatch.domain.check.SymbolRules;
import io.tapewatch.domain.quote.SymbolQuotes;
import io.tapewatch.domain.trade.SymbolTrades;
import io.tapewatch.domain.window.WindowsState;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** That state is read in a few large pieces: where Flink restores it from a file, each read is a call of the operating system. */
class StateReadsTest {

    private static final int SECONDS = 1000;

    @Test
    void aSymbolIsReadInAFewPiecesHoweverMuchIsKnownOfIt() throws IOException {
        SymbolState state = new SymbolState(
                new WindowsState(),
                new SymbolRules(),
                new SymbolQuotes(),
                new SymbolTrades(),
                null,
                76,
                LongStream.range(0, SECONDS).boxed().toList(),
                79,
                80);
        DataOutputSerializer written = new DataOutputSerializer(1);
        SymbolStateSerializer.INSTANCE.serialize(state, written);
        CountingReads reads = new CountingReads(new ByteArrayInputStream(written.getCopyOfBuffer()));

        SymbolState read = SymbolStateSerializer.INSTANCE.deserialize(new DataInputViewStreamWrapper(reads));

        assertThat(read.held()).hasSize(SECONDS);
        // Four for the length, one for the rest.
        assertThat(reads.count).isLessThanOrEqualTo(Integer.BYTES + 1);
    }

    @Test
    void theRecordsThatWaitAreReadInAFewPiecesHoweverManyTheyAre() throws IOException {
        List<TapeRecord> records = new ArrayList<>();
        for (int i = 0; i < SECONDS; i++) {
            records.add(Ticks.tick("BTC-USD").at(i).price(i + 1).id("t-" + i).tick());
        }
        DataOutputSerializer written = new DataOutputSerializer(1);
        RecordListSerializer.INSTANCE.serialize(records, written);
        CountingReads reads = new CountingReads(new ByteArrayInputStream(written.getCopyOfBuffer()));

        assertThat(RecordListSerializer.INSTANCE.deserialize(new DataInputViewStreamWrapper(reads)))
                .isEqualTo(records);
        // Four for the number, four for the length, one for the rest.
        assertThat(reads.count).isLessThanOrEqualTo(2 * Integer.BYTES + 1);
    }

    private static final class CountingReads extends FilterInputStream {

        private int count;

        CountingReads(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            count++;
            return super.read();
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            count++;
            return super.read(to, from, length);
        }
    }
}
