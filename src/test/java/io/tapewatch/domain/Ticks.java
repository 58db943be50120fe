package io.tapewatch.domain;

/** Ticks in words: {@code tick("BTC-USD").at(1000).price(101.5).size(2).tick()}. Each has an offset of its own. */
public final class Ticks {

    private final String symbol;
    private long time;
    private double price = 100;
    private double size = Tick.NO_SIZE;
    private long seq = Tick.NO_SEQ;
    private Side side;
    private String id;
    private int partition = 3;
    private long offset;

    private Ticks(String symbol) {
        this.symbol = symbol;
    }

    public static Ticks tick(String symbol) {
        return new Ticks(symbol);
    }

    public Ticks at(long time) {
        this.time = time;
        return this;
    }

    public Ticks price(double price) {
        this.price = price;
        return this;
    }

    public Ticks size(double size) {
        this.size = size;
        return this;
    }

    public Ticks seq(long seq) {
        this.seq = seq;
        return this;
    }

    public Ticks side(Side side) {
        this.side = side;
        return this;
    }

    public Ticks id(String id) {
        this.id = id;
        return this;
    }

    public Ticks partition(int partition) {
        this.partition = partition;
        return this;
    }

    public Ticks offset(long offset) {
        this.offset = offset;
        return this;
    }

    public Tick tick() {
        Origin origin = new Origin(partition, offset, time, Origin.Stamp.CREATE_TIME);
        return new Tick(symbol, price, size, time, id, seq, side, null, null, origin);
    }
}
