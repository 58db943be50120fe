package io.tapewatch;

import java.math.BigDecimal;

/** A recorded trade, with the digits its file has. */
public record Trade(long time, String symbol, BigDecimal price, BigDecimal size) {

    public Trade(long time, String symbol, String price, String size) {
        this(time, symbol, new BigDecimal(price), new BigDecimal(size));
    }

    /** With the shortest decimals of two doubles. */
    public Trade(long time, String symbol, double price, double size) {
        this(time, symbol, BigDecimal.valueOf(price), BigDecimal.valueOf(size));
    }
}
