package io.tapewatch.operators;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.TapeRecord;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** Writes what the decoder made of a record. It is called only where operators are not chained. */
public final class DecodedSerializer extends RecordSerializer<Decoded> {

    public static final DecodedSerializer INSTANCE = new DecodedSerializer();
    public static final TypeInformation<Decoded> TYPE = new SerializedType<>(Decoded.class, INSTANCE);

    private static final int ON_TAPE = 0;
    private static final int HEARTBEAT = 1;
    private static final int REJECTION = 2;

    @Override
    public void serialize(Decoded decoded, DataOutputView target) throws IOException {
        if (decoded instanceof TapeRecord record) {
            target.writeByte(ON_TAPE);
            TapeRecordSerializer.INSTANCE.serialize(record, target);
        } else if (decoded instanceof Heartbeat heartbeat) {
            target.writeByte(HEARTBEAT);
            target.writeLong(heartbeat.time());
            target.writeInt(heartbeat.partition());
        } else if (decoded instanceof Rejection rejection) {
            target.writeByte(REJECTION);
            StringValue.writeString(rejection.reason().name(), target);
            StringValue.writeString(rejection.detail(), target);
            writeBytes(rejection.key(), target);
            writeBytes(rejection.value(), target);
            StringValue.writeString(rejection.topic(), target);
            OriginFormat.write(rejection.origin(), target);
        }
    }

    @Override
    public Decoded deserialize(DataInputView source) throws IOException {
        int kind = source.readByte();
        return switch (kind) {
            case ON_TAPE -> (Decoded) TapeRecordSerializer.INSTANCE.deserialize(source);
            case HEARTBEAT -> new Heartbeat(source.readLong(), source.readInt());
            case REJECTION ->
                new Rejection(
                        Rejection.Reason.valueOf(StringValue.readString(source)),
                        StringValue.readString(source),
                        readBytes(source),
                        readBytes(source),
                        StringValue.readString(source),
                        OriginFormat.read(source));
            default -> throw new IOException("kind " + kind + " of record is not known");
        };
    }

    private static void writeBytes(byte @Nullable [] bytes, DataOutputView target) throws IOException {
        target.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            target.write(bytes);
        }
    }

    private static byte @Nullable [] readBytes(DataInputView source) throws IOException {
        int length = source.readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        source.readFully(bytes);
        return bytes;
    }

    @Override
    public TypeSerializerSnapshot<Decoded> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Decoded> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
