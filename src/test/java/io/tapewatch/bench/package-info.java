/**
 * Benchmarks: the job beside its peers, pieces of the job, two builds beside each other, and how large a cluster must be. Not part
 * of the tests, but that they work.
 */
package io.tapewatch.bench;
