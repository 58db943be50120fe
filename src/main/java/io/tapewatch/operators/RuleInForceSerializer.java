package io.tapewatch.operators;

import io.tapewatch.domain.check.RuleInForce;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes the rules in force into the tape's state. */
public final class RuleInForceSerializer extends RecordSerializer<RuleInForce> {

    static final RuleInForceSerializer INSTANCE = new RuleInForceSerializer();
    static final TypeInformation<RuleInForce> TYPE = new SerializedType<>(RuleInForce.class, INSTANCE);

    private static final int LAYOUT = 0;

    @Override
    public void serialize(RuleInForce rule, DataOutputView target) throws IOException {
        target.writeByte(LAYOUT);
        RuleSerializer.INSTANCE.serialize(rule.rule(), target);
        target.writeLong(rule.since());
        target.writeLong(rule.change());
    }

    @Override
    public RuleInForce deserialize(DataInputView source) throws IOException {
        int layout = source.readUnsignedByte();
        if (layout != LAYOUT) {
            throw new IOException("layout " + layout + " of a rule in force was written by another release");
        }
        return new RuleInForce(RuleSerializer.INSTANCE.deserialize(source), source.readLong(), source.readLong());
    }

    @Override
    public TypeSerializerSnapshot<RuleInForce> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RuleInForce> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
