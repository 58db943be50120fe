package io.tapewatch.operators;

import io.tapewatch.domain.Origin;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How serializers write where a record came from, off the path that ticks take. */
final class OriginFormat {

    private OriginFormat() {}

    static void write(Origin origin, DataOutputView target) throws IOException {
        target.writeInt(origin.partition());
        target.writeLong(origin.offset());
        target.writeLong(origin.timestamp());
        target.writeUTF(origin.stamp().name());
    }

    static Origin read(DataInputView source) throws IOException {
        return new Origin(
                source.readInt(), source.readLong(), source.readLong(), Origin.Stamp.valueOf(source.readUTF()));
    }
}
