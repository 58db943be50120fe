package io.tapewatch.operators;

import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.check.SymbolRules;
import io.tapewatch.domain.quote.SymbolQuotes;
import io.tapewatch.domain.trade.SymbolTrades;
import io.tapewatch.domain.window.WindowsState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes what is known about a symbol into state; each part begins with the number of its layout.
 *
 * <p>All of it is one block of bytes, its length in front. Flink restores state of the heap from the file itself, without
 * a buffer: there, each field that is read on its own is a call of the operating system, and a gigabyte takes minutes.
 */
public final class SymbolStateSerializer extends RecordSerializer<SymbolState> {

    static final SymbolStateSerializer INSTANCE = new SymbolStateSerializer();

    /** Room for the block of most symbols. */
    private static final int USUAL_BYTES = 1024;

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public SymbolState copy(SymbolState from) {
        return new SymbolState(
                from.windows().copy(),
                from.rules().copy(),
                from.quotes().copy(),
                from.trades().copy(),
                from.instrument(),
                from.publishedThrough(),
                from.held(),
                from.timer(),
                from.forgetAt());
    }

    @Override
    public void serialize(SymbolState state, DataOutputView target) throws IOException {
        DataOutputSerializer block = new DataOutputSerializer(USUAL_BYTES);
        writeParts(state, block);
        target.writeInt(block.length());
        target.write(block.getSharedBuffer(), 0, block.length());
    }

    private static void writeParts(SymbolState state, DataOutputView target) throws IOException {
        state.windows().writeTo(target);
        state.rules().writeTo(target);
        state.quotes().writeTo(target);
        state.trades().writeTo(target);
        target.writeBoolean(state.instrument() != null);
        if (state.instrument() != null) {
            state.instrument().writeTo(target);
        }
        target.writeLong(state.publishedThrough());
        target.writeInt(state.held().size());
        for (long second : state.held()) {
            target.writeLong(second);
        }
        target.writeLong(state.timer());
        target.writeLong(state.forgetAt());
    }

    @Override
    public SymbolState deserialize(DataInputView source) throws IOException {
        byte[] block = new byte[source.readInt()];
        source.readFully(block);
        return readParts(new DataInputDeserializer(block));
    }

    private static SymbolState readParts(DataInputView source) throws IOException {
        return new SymbolState(
                WindowsState.readFrom(source),
                SymbolRules.readFrom(source),
                SymbolQuotes.readFrom(source),
                SymbolTrades.readFrom(source),
                source.readBoolean() ? Instrument.readFrom(source) : null,
                source.readLong(),
                seconds(source),
                source.readLong(),
                source.readLong());
    }

    private static List<Long> seconds(DataInputView source) throws IOException {
        List<Long> seconds = new ArrayList<>();
        for (int left = source.readInt(); left > 0; left--) {
            seconds.add(source.readLong());
        }
        return seconds;
    }

    @Override
    public TypeSerializerSnapshot<SymbolState> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SymbolState> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
