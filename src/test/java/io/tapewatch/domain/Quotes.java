package io.tapewatch.domain;

/** Quotes in words: {@code quote("BTC-USD").at(1000).bid(99).ask(101).quote()}. */
public final class Quotes {

    private final String symbol;
    private long time;
    private double bid = Quote.NONE;
    private double ask = Quote.NONE;
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

    public Quotes bid(double bid) {
        this.bid = bid;
        return this;
    }

    public Quotes ask(double ask) {
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
        return new Quote(symbol, bid, Quote.NONE, ask, Quote.NONE, time, seq, origin);
    }
}
