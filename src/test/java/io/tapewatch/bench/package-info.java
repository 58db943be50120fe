/**
 * Benchmarks: the engine beside Flink's own window operators, a cluster's size, and pieces of the job. Not part of the tests, but
 * that they work.
 */
package io.tapewatch.bench;
