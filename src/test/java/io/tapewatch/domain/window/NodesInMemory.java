package io.tapewatch.domain.window;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** Nodes of slices as bytes, as in state: what is changed and not put back is lost at the next {@link #writeBack}. */
public final class NodesInMemory implements SliceNodes {

    private final Map<Long, byte[]> state = new HashMap<>();
    private final Map<Long, SliceNode> hot = new HashMap<>();
    private final Map<Long, SliceNode> changed = new HashMap<>();
    private int reads;

    @Override
    public SliceNode get(long number) {
        return hot.computeIfAbsent(number, key -> {
            reads++;
            try {
                return SliceNode.readFrom(new DataInputStream(new ByteArrayInputStream(state.get(key))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public void put(long number, SliceNode node) {
        hot.put(number, node);
        changed.put(number, node);
    }

    @Override
    public void remove(long number) {
        hot.remove(number);
        changed.remove(number);
        state.remove(number);
    }

    public void writeBack() {
        changed.forEach((number, node) -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                node.writeTo(new DataOutputStream(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            state.put(number, bytes.toByteArray());
        });
        changed.clear();
        hot.clear();
    }

    void takeFrom(NodesInMemory others) {
        others.writeBack();
        state.putAll(others.state);
    }

    boolean isEmpty() {
        return state.isEmpty() && changed.isEmpty();
    }

    /** The number of nodes there are. */
    int count() {
        writeBack();
        return state.size();
    }

    /** The bytes of all of them. */
    int bytes() {
        writeBack();
        return state.values().stream().mapToInt(bytes -> bytes.length).sum();
    }

    /** How often a node was read from its bytes so far. */
    int reads() {
        return reads;
    }
}
