package io.tapewatch.domain.window;

/** Where the nodes of a symbol's {@link Slices} are kept, by their number. */
public interface SliceNodes {

    /** The node of this number, which is there. A caller that changes it says so with {@link #put}. */
    SliceNode get(long number);

    /** Keeps a node that is new or was changed. */
    void put(long number, SliceNode node);

    /** Removes a node. */
    void remove(long number);
}
