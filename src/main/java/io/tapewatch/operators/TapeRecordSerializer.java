package io.tapewatch.operators;

import io.tapewatch.domain.Amendment;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.InstrumentChange;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Quote;
import io.tapewatch.domain.TapeRecord;
import io.tapewatch.domain.Tick;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes what the tape takes in: a tick as {@link TickSerializer} does, so that it costs no byte more; of anything else
 * the first two bytes say what it is.
 */
public final class TapeRecordSerializer extends RecordSerializer<TapeRecord> {

    public static final TapeRecordSerializer INSTANCE = new TapeRecordSerializer();
    public static final TypeInformation<TapeRecord> TYPE = new SerializedType<>(TapeRecord.class, INSTANCE);

    private static final int QUOTE = TickSerializer.IS_OTHER;
    private static final int INSTRUMENT_CHANGE = TickSerializer.IS_OTHER | 1;
    private static final int AMENDMENT = TickSerializer.IS_OTHER | 2;

    @Override
    public void serialize(TapeRecord record, DataOutputView target) throws IOException {
        if (record instanceof Tick tick) {
            TickSerializer.INSTANCE.serialize(tick, target);
        } else if (record instanceof Quote quote) {
            target.writeShort(QUOTE);
            quote.writeTo(target);
        } else if (record instanceof Amendment amendment) {
            target.writeShort(AMENDMENT);
            amendment.writeTo(target);
        } else if (record instanceof InstrumentChange change) {
            target.writeShort(INSTRUMENT_CHANGE);
            target.writeUTF(change.symbol());
            OriginFormat.write(change.origin(), target);
            target.writeBoolean(change.instrument() != null);
            if (change.instrument() != null) {
                change.instrument().writeTo(target);
            }
        }
    }

    @Override
    public TapeRecord deserialize(DataInputView source) throws IOException {
        int first = source.readUnsignedShort();
        return switch (first) {
            case QUOTE -> Quote.readFrom(source);
            case AMENDMENT -> Amendment.readFrom(source);
            case INSTRUMENT_CHANGE -> instrumentChange(source);
            default -> TickSerializer.INSTANCE.deserialize(first, source);
        };
    }

    private static InstrumentChange instrumentChange(DataInputView source) throws IOException {
        String symbol = source.readUTF();
        Origin origin = OriginFormat.read(source);
        return new InstrumentChange(symbol, source.readBoolean() ? Instrument.readFrom(source) : null, origin);
    }

    @Override
    public TypeSerializerSnapshot<TapeRecord> snapshotConfiguration() {
        return new Snapshot();
    }

    /** What a savepoint remembers of this serializer. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TapeRecord> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
