package io.tapewatch.operators;

import io.tapewatch.domain.trade.TradeId;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes the names of trades: 16 bytes each. */
public final class TradeIdSerializer extends RecordSerializer<TradeId> {

    static final TradeIdSerializer INSTANCE = new TradeIdSerializer();

    @Override
    public int getLength() {
        return 2 * Long.BYTES;
    }

    @Override
    public void serialize(TradeId id, DataOutputView target) throws IOException {
        target.writeLong(id.high());
        target.writeLong(id.low());
    }

    @Override
    public TradeId deserialize(DataInputView source) throws IOException {
        return new TradeId(source.readLong(), source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<TradeId> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TradeId> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
