package io.tapewatch.operators;

import io.tapewatch.domain.rule.Rule;
import io.tapewatch.domain.rule.RuleChange;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes changes of rules on their way to the tape. */
public final class RuleChangeSerializer extends RecordSerializer<RuleChange> {

    static final RuleChangeSerializer INSTANCE = new RuleChangeSerializer();
    public static final TypeInformation<RuleChange> TYPE = new SerializedType<>(RuleChange.class, INSTANCE);

    @Override
    public void serialize(RuleChange change, DataOutputView target) throws IOException {
        target.writeUTF(change.ruleId());
        Rule rule = change.rule();
        target.writeBoolean(rule == null);
        if (rule != null) {
            RuleSerializer.INSTANCE.serialize(rule, target);
        }
    }

    @Override
    public RuleChange deserialize(DataInputView source) throws IOException {
        String id = source.readUTF();
        return new RuleChange(id, source.readBoolean() ? null : RuleSerializer.INSTANCE.deserialize(source));
    }

    @Override
    public TypeSerializerSnapshot<RuleChange> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RuleChange> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
