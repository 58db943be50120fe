package io.tapewatch.domain;

import io.tapewatch.domain.exact.Decimal;

/** Ticks in words: {@code tick("BTC-USD").at(1000).price(101.5).size(2).tick()}. Each has an offset of its own. */
public final class Ticks {

    /** What stands for no size where sizes are doubles. */
    public static final double NO_SIZE = Double.NaN;

    private final String symbol;
    private long time;
    private int nanos;
    private Decimal price = Decimal.of("100");
    private Decimal size;
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

    public Ticks nanos(int nanos) {
        this.nanos = nanos;
        return this;
    }

    public Ticks price(double price) {
        this.price = Numbers.decimal(price);
        return this;
    }

    /** The price in its own digits. */
    public Ticks price(String price) {
        this.price = Decimal.of(price);
        return this;
    }

    public Ticks size(double size) {
        this.size = Numbers.decimal(size);
        return this;
    }

    /** The size in its own digits. */
    public Ticks size(String size) {
        this.size = Decimal.of(size);
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
        return of(symbol, price, size, time, nanos, id, seq, side, null, null, origin);
    }

    /** A tick whose price and size are the shortest decimals of doubles. */
    public static Tick of(
            String symbol,
            double price,
            double size,
            long time,
            String id,
            long seq,
            Side side,
            String venue,
            String conditions,
            Origin origin) {
        return of(
                symbol,
                Numbers.decimal(price),
                Numbers.decimal(size),
                time,
                0,
                id,
                seq,
                side,
                venue,
                conditions,
                origin);
    }

    /** @param size or null for none */
    public static Tick of(
            String symbol,
            Decimal price,
            Decimal size,
            long time,
            int nanos,
            String id,
            long seq,
            Side side,
            String venue,
            String conditions,
            Origin origin) {
        return new Tick(
                symbol,
                price.units(),
                price.scale(),
                size == null ? 0 : size.units(),
                size == null ? Tick.NO_SIZE : size.scale(),
                time,
                nanos,
                id,
                seq,
                side,
                venue,
                conditions,
                origin);
    }
}
