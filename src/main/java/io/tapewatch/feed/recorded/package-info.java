/** Recordings of prices and quotes in CSV, replayed in the order of their files. */
package io.tapewatch.feed.recorded;
