package io.tapewatch.domain;

/**
 * A feed's word that it is alive: it moves its partition's watermark and makes no tick.
 *
 * @param time the event time in epoch milliseconds up to which the feed has sent everything
 */
public record Heartbeat(long time) implements Decoded {}
