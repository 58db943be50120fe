package io.tapewatch.domain.window;

import io.tapewatch.domain.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One node of a symbol's {@link Slices}: some slices in the order of their starts, or above them some nodes, each with
 * what its slices add up to.
 */
public final class SliceNode {

    /** How many entries a node has at most. */
    static final int CAPACITY = 16;

    private static final int LAYOUT = 0;

    private static final long[] NO_NODES = {};

    /** 0 for slices, 1 for nodes of slices, and so on. */
    final int level;

    int size;

    /** Of each entry: the slice's start, or a time at or before all starts in the node. */
    final long[] starts = new long[CAPACITY];

    /** Of each entry: the slice's bar; or that of all slices in the node, null until somebody wants to know it. */
    final @Nullable Bar[] bars = new Bar[CAPACITY];

    /** Of each entry above level 0: the node's number; empty at level 0. */
    final long[] nodes;

    SliceNode(int level) {
        this.level = level;
        this.nodes = level == 0 ? NO_NODES : new long[CAPACITY];
    }

    /** The index of the last entry that starts at or before {@code time}, or −1. */
    int indexAt(long time) {
        int index = size - 1;
        while (index >= 0 && starts[index] > time) {
            index--;
        }
        return index;
    }

    void insert(int index, long start, @Nullable Bar bar, long node) {
        int moved = size - index;
        System.arraycopy(starts, index, starts, index + 1, moved);
        System.arraycopy(bars, index, bars, index + 1, moved);
        starts[index] = start;
        bars[index] = bar;
        if (level > 0) {
            System.arraycopy(nodes, index, nodes, index + 1, moved);
            nodes[index] = node;
        }
        size++;
    }

    void remove(int index) {
        int moved = size - index - 1;
        System.arraycopy(starts, index + 1, starts, index, moved);
        System.arraycopy(bars, index + 1, bars, index, moved);
        if (level > 0) {
            System.arraycopy(nodes, index + 1, nodes, index, moved);
        }
        size--;
        bars[size] = null;
    }

    /** Moves the entries from {@code index} on to the end of another node of the same level. */
    void moveFrom(int index, SliceNode to) {
        for (int i = index; i < size; i++) {
            to.insert(to.size, starts[i], bars[i], level == 0 ? 0 : nodes[i]);
            bars[i] = null;
        }
        size = index;
    }

    /** Writes the node; a slice of a minute with fifty trades takes about 85 bytes. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(LAYOUT);
        out.writeByte(level);
        out.writeByte(size);
        long before = 0;
        for (int i = 0; i < size; i++) {
            Varint.writeSigned(out, starts[i] - before);
            before = starts[i];
            if (level > 0) {
                Varint.write(out, nodes[i]);
                out.writeBoolean(bars[i] != null);
            }
            if (bars[i] != null) {
                bars[i].writeTo(out);
            }
        }
    }

    /** Reads a node that {@link #writeTo} wrote. */
    public static SliceNode readFrom(DataInput in) throws IOException {
        int layout = in.readUnsignedByte();
        if (layout != LAYOUT) {
            throw new IOException("layout " + layout + " of slices was written by a later release");
        }
        SliceNode node = new SliceNode(in.readUnsignedByte());
        node.size = in.readUnsignedByte();
        long before = 0;
        for (int i = 0; i < node.size; i++) {
            node.starts[i] = before + Varint.readSigned(in);
            before = node.starts[i];
            if (node.level > 0) {
                node.nodes[i] = Varint.read(in);
            }
            if (node.level == 0 || in.readBoolean()) {
                node.bars[i] = Bar.readFrom(in);
            }
        }
        return node;
    }

    SliceNode copy() {
        SliceNode copy = new SliceNode(level);
        for (int i = 0; i < size; i++) {
            copy.insert(i, starts[i], bars[i] == null ? null : bars[i].copy(), level == 0 ? 0 : nodes[i]);
        }
        return copy;
    }
}
