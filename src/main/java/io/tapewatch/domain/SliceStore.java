package io.tapewatch.domain;

/** The slices of one symbol, by their start. */
public interface SliceStore {

    /** The slice that starts at {@code start}, or null. Who changes it says so with {@link #put}. */
    Slice get(long start);

    /** Keeps a slice that is new or was changed. */
    void put(Slice slice);

    /** Removes the slice that starts at {@code start}, if it is there. */
    void remove(long start);
}
