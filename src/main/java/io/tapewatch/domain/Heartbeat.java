package io.tapewatch.domain;

/**
 * A feed's word that it is alive: it moves its partition's watermark and makes no tick.
 *
 * @param time the event time in epoch milliseconds up to which the feed has sent everything
 * @param partition the partition it came in
 */
public record Heartbeat(long time, int partition) implements Decoded {}
