package io.tapewatch.domain;

/** The aggressor of a trade: who crossed the spread. */
public enum Side {
    BUY,
    SELL
}
