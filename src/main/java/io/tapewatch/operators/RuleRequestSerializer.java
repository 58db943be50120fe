package io.tapewatch.operators;

import io.tapewatch.domain.Origin;
import io.tapewatch.domain.rule.RuleRequest;
import io.tapewatch.domain.rule.Verdict;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes what records of the rules topic ask for, and into the state of those that wait at the gate. */
public final class RuleRequestSerializer extends RecordSerializer<RuleRequest> {

    static final RuleRequestSerializer INSTANCE = new RuleRequestSerializer();
    public static final TypeInformation<RuleRequest> TYPE = new SerializedType<>(RuleRequest.class, INSTANCE);

    private static final int LAYOUT = 1;

    @Override
    public void serialize(RuleRequest request, DataOutputView target) throws IOException {
        target.writeByte(LAYOUT);
        OriginFormat.write(request.origin(), target);
        Verdict refusal = request.refusal();
        target.writeBoolean(refusal != null);
        if (refusal == null) {
            RuleChangeSerializer.INSTANCE.serialize(Objects.requireNonNull(request.change(), "change"), target);
            return;
        }
        StringValue.writeString(refusal.ruleId(), target);
        target.writeInt(refusal.version() == null ? 0 : refusal.version());
        target.writeUTF(refusal.outcome().word());
        StringValue.writeString(refusal.reason(), target);
        target.writeLong(refusal.time());
    }

    @Override
    public RuleRequest deserialize(DataInputView source) throws IOException {
        int layout = source.readUnsignedByte();
        if (layout != LAYOUT) {
            throw new IOException("layout " + layout + " of a request for a rule was written by another release");
        }
        Origin origin = OriginFormat.read(source);
        if (!source.readBoolean()) {
            return new RuleRequest(RuleChangeSerializer.INSTANCE.deserialize(source), null, origin);
        }
        String ruleId = StringValue.readString(source);
        int version = source.readInt();
        Verdict.Outcome outcome = outcome(source.readUTF());
        String reason = StringValue.readString(source);
        return new RuleRequest(
                null, new Verdict(ruleId, version == 0 ? null : version, outcome, reason, source.readLong()), origin);
    }

    private static Verdict.Outcome outcome(String word) throws IOException {
        for (Verdict.Outcome outcome : Verdict.Outcome.values()) {
            if (outcome.word().equals(word)) {
                return outcome;
            }
        }
        throw new IOException("a verdict of another release: it says " + word);
    }

    @Override
    public TypeSerializerSnapshot<RuleRequest> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RuleRequest> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
