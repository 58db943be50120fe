package io.tapewatch.bench.pieces;

import io.tapewatch.domain.Tick;
import io.tapewatch.operators.TickSerializer;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A tick is written for the network between two tasks, and read again. */
@State(Scope.Thread)
public class Serialize {

    private static final int LONGEST = 256;

    /** Which fields the ticks have. */
    @Param
    public Fields fields;

    private Tick[] ticks;
    private final byte[][] written = new byte[Trades.COUNT][];
    private final DataOutputSerializer out = new DataOutputSerializer(LONGEST);
    private final DataInputDeserializer in = new DataInputDeserializer();
    private int next;

    @Setup
    public void make() throws IOException {
        ticks = Trades.ticks(fields);
        for (int i = 0; i < ticks.length; i++) {
            out.clear();
            TickSerializer.INSTANCE.serialize(ticks[i], out);
            written[i] = out.getCopyOfBuffer();
        }
    }

    @Benchmark
    public DataOutputSerializer write() throws IOException {
        out.clear();
        TickSerializer.INSTANCE.serialize(ticks[next++ & Trades.MASK], out);
        return out;
    }

    @Benchmark
    public Tick read() throws IOException {
        in.setBuffer(written[next++ & Trades.MASK]);
        return TickSerializer.INSTANCE.deserialize(in);
    }
}
