package io.tapewatch.domain.window;

import io.tapewatch.domain.Varint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The slices of one symbol in the order of their starts, so kept that one is found, and any number of neighbours is
 * added up, in few steps: as a tree whose nodes remember what is below them (a B+ tree with aggregates, as in Tangwongsan
 * et al., Optimal and General Out-of-Order Sliding-Window Aggregation, VLDB 2019).
 *
 * <p>Many slices are one value in state. The root is kept here, all other nodes in {@link SliceNodes}: of a symbol with a
 * slice a minute that ticks now, one node is read and written.
 */
final class Slices {

    /** The root has no number: it is not among the nodes. */
    private static final long ROOT = -1;

    /** Slices with ticks. */
    static final Predicate<Bar> WITH_TICKS = Bar::hasTicks;

    private SliceNode root = new SliceNode(0);
    private long nextNode;

    boolean isEmpty() {
        return root.size == 0;
    }

    /** The last slice that starts at or before {@code time}. */
    @Nullable
    Slice floor(long time, SliceNodes nodes) {
        return floor(root, time, any -> true, nodes);
    }

    /**
     * The last slice that starts at or before {@code time}, of those that are wanted.
     *
     * @param wanted where it is so of a bar, and not of what that bar is added to, it is never found
     */
    @Nullable
    Slice floor(long time, Predicate<Bar> wanted, SliceNodes nodes) {
        return floor(root, time, wanted, nodes);
    }

    private static @Nullable Slice floor(SliceNode node, long time, Predicate<Bar> wanted, SliceNodes nodes) {
        for (int i = node.indexAt(time); i >= 0; i--) {
            Bar bar = node.bars[i];
            if (bar != null && !wanted.test(bar)) {
                continue;
            }
            if (node.level == 0) {
                return new Slice(node.starts[i], node.bars[i]);
            }
            Slice found = floor(nodes.get(node.nodes[i]), time, wanted, nodes);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The first slice that starts at or after {@code time}. */
    @Nullable
    Slice ceiling(long time, SliceNodes nodes) {
        return ceiling(root, time, any -> true, nodes);
    }

    /** The first slice that starts at or after {@code time}, of those that are wanted; see {@link #floor}. */
    @Nullable
    Slice ceiling(long time, Predicate<Bar> wanted, SliceNodes nodes) {
        return ceiling(root, time, wanted, nodes);
    }

    private static @Nullable Slice ceiling(SliceNode node, long time, Predicate<Bar> wanted, SliceNodes nodes) {
        for (int i = Math.max(0, node.indexAt(time)); i < node.size; i++) {
            Bar bar = node.bars[i];
            if (bar != null && !wanted.test(bar)) {
                continue;
            }
            if (node.level > 0) {
                Slice found = ceiling(nodes.get(node.nodes[i]), time, wanted, nodes);
                if (found != null) {
                    return found;
                }
            } else if (node.starts[i] >= time) {
                return new Slice(node.starts[i], node.bars[i]);
            }
        }
        return null;
    }

    /**
     * Adds to {@code sum} all slices that start at or after {@code from} and before {@code to}.
     *
     * @return from how many parts, besides those that nobody had added up before
     */
    int addUp(long from, long to, Bar sum, SliceNodes nodes) {
        return addUp(ROOT, root, from, to, Long.MAX_VALUE, sum, nodes);
    }

    /** @param end a time after all starts in {@code node} */
    private static int addUp(long number, SliceNode node, long from, long to, long end, Bar sum, SliceNodes nodes) {
        int parts = 0;
        for (int i = Math.max(0, node.indexAt(from)); i < node.size && node.starts[i] < to; i++) {
            if (node.level == 0) {
                if (node.starts[i] >= from) {
                    sum.merge(node.bars[i]);
                    parts++;
                }
                continue;
            }
            long below = node.nodes[i];
            long endOfEntry = i + 1 < node.size ? node.starts[i + 1] : end;
            if (node.starts[i] < from || endOfEntry > to) {
                parts += addUp(below, nodes.get(below), from, to, endOfEntry, sum, nodes);
                continue;
            }
            if (node.bars[i] == null) {
                node.bars[i] = new Bar();
                addUp(below, nodes.get(below), Long.MIN_VALUE, Long.MAX_VALUE, endOfEntry, node.bars[i], nodes);
                if (number != ROOT) {
                    nodes.put(number, node);
                }
            }
            sum.merge(node.bars[i]);
            parts++;
        }
        return parts;
    }

    /** The bar of the slice that starts at {@code start}, to be added to; a new one where there is none. */
    Bar open(long start, SliceNodes nodes) {
        Opened opened = new Opened();
        open(root, start, nodes, opened);
        if (opened.right != null) {
            SliceNode left = root;
            root = new SliceNode(left.level + 1);
            root.insert(0, left.starts[0], null, keep(left, nodes));
            root.insert(1, opened.right.starts[0], null, keep(opened.right, nodes));
        }
        return opened.bar;
    }

    /** What came of opening a slice below a node. */
    private static final class Opened {
        @SuppressWarnings("NullAway.Init") // Set by open.
        private Bar bar;

        /** What did not fit into the node and comes right after it. */
        private @Nullable SliceNode right;

        /** Whether the node was changed. */
        private boolean changed;
    }

    private void open(SliceNode node, long start, SliceNodes nodes, Opened opened) {
        int i = node.indexAt(start);
        if (node.level == 0) {
            opened.changed = true;
            if (i >= 0 && node.starts[i] == start) {
                opened.bar = node.bars[i];
            } else {
                opened.bar = new Bar();
                opened.right = insert(node, i + 1, start, opened.bar, 0);
            }
            return;
        }
        boolean first = i < 0;
        i = Math.max(0, i);
        long number = node.nodes[i];
        SliceNode below = nodes.get(number);
        open(below, start, nodes, opened);
        if (opened.changed) {
            nodes.put(number, below);
        }
        opened.changed = first || node.bars[i] != null || opened.right != null;
        if (first) {
            node.starts[i] = start;
        }
        node.bars[i] = null;
        if (opened.right != null) {
            opened.right = insert(node, i + 1, opened.right.starts[0], null, keep(opened.right, nodes));
        }
    }

    private long keep(SliceNode node, SliceNodes nodes) {
        nodes.put(nextNode, node);
        return nextNode++;
    }

    /** Inserts an entry and returns the node that takes what does not fit. */
    private static @Nullable SliceNode insert(SliceNode node, int index, long start, @Nullable Bar bar, long below) {
        if (node.size < SliceNode.CAPACITY) {
            node.insert(index, start, bar, below);
            return null;
        }
        SliceNode right = new SliceNode(node.level);
        if (index == node.size) {
            // Most slices come in their order: they leave full nodes behind.
            right.insert(0, start, bar, below);
            return right;
        }
        int half = node.size / 2;
        node.moveFrom(half, right);
        if (index <= half) {
            node.insert(index, start, bar, below);
        } else {
            right.insert(index - half, start, bar, below);
        }
        return right;
    }

    /** Removes the slice that starts at {@code start}, which is there. */
    void remove(long start, SliceNodes nodes) {
        remove(root, start, nodes);
        while (root.level > 0 && root.size <= 1) {
            if (root.size == 0) {
                root = new SliceNode(0);
            } else {
                long number = root.nodes[0];
                root = nodes.get(number);
                nodes.remove(number);
            }
        }
    }

    private static void remove(SliceNode node, long start, SliceNodes nodes) {
        int i = node.indexAt(start);
        if (node.level == 0) {
            node.remove(i);
            return;
        }
        long number = node.nodes[i];
        SliceNode below = nodes.get(number);
        remove(below, start, nodes);
        node.bars[i] = null;
        if (below.size == 0) {
            node.remove(i);
            nodes.remove(number);
        } else {
            nodes.put(number, below);
            if (below.size <= SliceNode.CAPACITY / 4) {
                joinNeighbours(node, i, nodes);
            }
        }
    }

    /** Joins an entry's node with the one before or after it if they fit into one. */
    private static void joinNeighbours(SliceNode node, int index, SliceNodes nodes) {
        for (int left = Math.max(0, index - 1); left <= index && left + 1 < node.size; left++) {
            SliceNode one = nodes.get(node.nodes[left]);
            SliceNode other = nodes.get(node.nodes[left + 1]);
            if (one.size + other.size <= SliceNode.CAPACITY) {
                other.moveFrom(0, one);
                nodes.put(node.nodes[left], one);
                nodes.remove(node.nodes[left + 1]);
                node.bars[left] = null;
                node.remove(left + 1);
                return;
            }
        }
    }

    void writeTo(DataOutput out) throws IOException {
        root.writeTo(out);
        Varint.write(out, nextNode);
    }

    static Slices readFrom(DataInput in) throws IOException {
        Slices slices = new Slices();
        slices.root = SliceNode.readFrom(in);
        slices.nextNode = Varint.read(in);
        return slices;
    }

    Slices copy() {
        Slices copy = new Slices();
        copy.root = root.copy();
        copy.nextNode = nextNode;
        return copy;
    }
}
