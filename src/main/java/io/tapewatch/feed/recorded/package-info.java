/**
 * Recordings of prices and quotes in CSV, replayed on one clock. {@link io.tapewatch.feed.recorded.Recording} is one file,
 * {@link io.tapewatch.feed.recorded.Recordings} are all of them, and {@link io.tapewatch.feed.recorded.Replay} puts them in
 * order.
 */
@NullMarked
package io.tapewatch.feed.recorded;

import org.jspecify.annotations.NullMarked;
