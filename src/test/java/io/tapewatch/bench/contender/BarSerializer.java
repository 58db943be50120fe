package io.tapewatch.bench.contender;

import io.tapewatch.domain.window.Bar;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes bars into the state of Flink's window operators, in the few bytes that the engine's slices take. */
public final class BarSerializer extends TypeSerializerSingleton<Bar> {

    static final BarSerializer INSTANCE = new BarSerializer();

    @Override
    public boolean isImmutableType() {
        return false;
    }

    @Override
    public Bar createInstance() {
        return new Bar();
    }

    @Override
    public Bar copy(Bar from) {
        return from.copy();
    }

    @Override
    public Bar copy(Bar from, Bar reuse) {
        return from.copy();
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public void serialize(Bar bar, DataOutputView target) throws IOException {
        bar.writeTo(target);
    }

    @Override
    public Bar deserialize(DataInputView source) throws IOException {
        return Bar.readFrom(source);
    }

    @Override
    public Bar deserialize(Bar reuse, DataInputView source) throws IOException {
        return Bar.readFrom(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        serialize(deserialize(source), target);
    }

    @Override
    public TypeSerializerSnapshot<Bar> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a checkpoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Bar> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
