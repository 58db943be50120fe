package io.tapewatch.operators;

import io.tapewatch.domain.TapeRecord;
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
 * Writes the records of a symbol that wait in state: their number, then all of them as one block of bytes, its length in front.
 * What Flink writes state of the heap through has no buffer of its own for single bytes, and a checkpoint of all that
 * waits would cost more there than the ticks' way through the job.
 */
public final class RecordListSerializer extends RecordSerializer<List<TapeRecord>> {

    static final RecordListSerializer INSTANCE = new RecordListSerializer();

    /** Room for a record of most. */
    private static final int USUAL_BYTES = 80;

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public List<TapeRecord> copy(List<TapeRecord> from) {
        return new ArrayList<>(from);
    }

    @Override
    public void serialize(List<TapeRecord> records, DataOutputView target) throws IOException {
        DataOutputSerializer block = new DataOutputSerializer(records.size() * USUAL_BYTES);
        for (TapeRecord record : records) {
            TapeRecordSerializer.INSTANCE.serialize(record, block);
        }
        target.writeInt(records.size());
        target.writeInt(block.length());
        target.write(block.getSharedBuffer(), 0, block.length());
    }

    @Override
    public List<TapeRecord> deserialize(DataInputView source) throws IOException {
        int size = source.readInt();
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        DataInputDeserializer block = new DataInputDeserializer(bytes);
        List<TapeRecord> records = new ArrayList<>(size);
        for (int left = size; left > 0; left--) {
            records.add(TapeRecordSerializer.INSTANCE.deserialize(block));
        }
        return records;
    }

    @Override
    public TypeSerializerSnapshot<List<TapeRecord>> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<List<TapeRecord>> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
