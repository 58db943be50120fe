/** Benchmarks: how many records a second, and how much state. Not part of the tests. */
package io.tapewatch.bench;
