package io.tapewatch.operators;

import io.tapewatch.domain.Bar;
import io.tapewatch.domain.Slice;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes slices into state; the bar in it begins with the number of its layout. */
public final class SliceSerializer extends RecordSerializer<Slice> {

    static final SliceSerializer INSTANCE = new SliceSerializer();

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public Slice copy(Slice from) {
        return new Slice(from.start(), from.end(), from.bar().copy());
    }

    @Override
    public void serialize(Slice slice, DataOutputView target) throws IOException {
        target.writeLong(slice.start());
        target.writeLong(slice.end());
        slice.bar().writeTo(target);
    }

    @Override
    public Slice deserialize(DataInputView source) throws IOException {
        return new Slice(source.readLong(), source.readLong(), Bar.readFrom(source));
    }

    @Override
    public TypeSerializerSnapshot<Slice> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Slice> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
