package io.tapewatch.bench.pieces;

/** Which fields trades have. */
public enum Fields {
    /** Symbol, price, size and time. */
    few,

    /** And id, sequence number, side and venue. */
    all
}
