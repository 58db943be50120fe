package io.tapewatch.operators;

import io.tapewatch.domain.mover.MoverLists;

/**
 * The foremost symbols of one bucket.
 *
 * @param start the first millisecond of the day, in epoch milliseconds
 * @param end the first millisecond after it
 * @param asOf the moment they describe
 * @param bucket the bucket's number
 * @param lists the symbols
 */
public record ShortLists(long start, long end, long asOf, int bucket, MoverLists lists) {}
