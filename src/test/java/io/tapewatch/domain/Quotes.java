package io.tapewatch.domain;

import io.tapewatch.domain.exact.Decimal;

/** Quotes in words: {@code quote("BTC-USD").at(1000).bid(99).ask(101).quote()}. */
public final class Quotes {

    /** What stands for no price and no size where they are doubles. */
    public static final double NONE = Double.NaN;

    private final String symbol;
    private long time;
    private int nanos;
    private Decimal bid;
    private Decimal ask;
    private long seq = Tick.NO_SEQ;
    private int partition = 3;
    private long offset;

    private Quotes(String symbol) {
        this.symbol = symbol;
    }

    public static Quotes quote(String symbol) {
        return new Quotes(symbol);
    }

    public Quotes at(long time) {
        this.time = time;
        return this;
    }

    public Quotes nanos(int nanos) {
        this.nanos = nanos;
        return this;
    }

    public Quotes bid(double bid) {
        return bid(Numbers.decimal(bid));
    }

    /** The bid, or null for none. */
    public Quotes bid(Decimal bid) {
        this.bid = bid;
        return this;
    }

    public Quotes ask(double ask) {
        return ask(Numbers.decimal(ask));
    }

    /** The ask, or null for none. */
    public Quotes ask(Decimal ask) {
        this.ask = ask;
        return this;
    }

    public Quotes seq(long seq) {
        this.seq = seq;
        return this;
    }

    public Quotes partition(int partition) {
        this.partition = partition;
        return this;
    }

    public Quotes offset(long offset) {
        this.offset = offset;
        return this;
    }

    public Quote quote() {
        Origin origin = new Origin(partition, offset, time, Origin.Stamp.CREATE_TIME);
        return new Quote(symbol, bid, null, ask, null, time, nanos, seq, origin);
    }

    /** A quote whose numbers are the shortest decimals of doubles, or {@link #NONE}. */
    public static Quote of(
            String symbol, double bid, double bidSize, double ask, double askSize, long time, long seq, Origin origin) {
        return new Quote(
                symbol,
                Numbers.decimal(bid),
                Numbers.decimal(bidSize),
                Numbers.decimal(ask),
                Numbers.decimal(askSize),
                time,
                0,
                seq,
                origin);
    }
}
