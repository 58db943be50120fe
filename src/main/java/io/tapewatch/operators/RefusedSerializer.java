package io.tapewatch.operators;

import io.tapewatch.domain.Rejection;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes the records that the tape does not take. It is called only where operators are not chained. */
public final class RefusedSerializer extends RecordSerializer<Refused> {

    public static final RefusedSerializer INSTANCE = new RefusedSerializer();
    public static final TypeInformation<Refused> TYPE = new SerializedType<>(Refused.class, INSTANCE);

    @Override
    public void serialize(Refused refused, DataOutputView target) throws IOException {
        StringValue.writeString(refused.reason().name(), target);
        StringValue.writeString(refused.detail(), target);
        TapeRecordSerializer.INSTANCE.serialize(refused.record(), target);
    }

    @Override
    public Refused deserialize(DataInputView source) throws IOException {
        Rejection.Reason reason = Rejection.Reason.valueOf(StringValue.readString(source));
        String detail = StringValue.readString(source);
        return new Refused(TapeRecordSerializer.INSTANCE.deserialize(source), reason, detail);
    }

    @Override
    public TypeSerializerSnapshot<Refused> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Refused> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
