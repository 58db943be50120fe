package io.tapewatch;

/** A recorded trade, as its file has it. */
public record Trade(long time, String symbol, double price, double size) {}
