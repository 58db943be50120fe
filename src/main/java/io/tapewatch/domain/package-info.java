/**
 * What the job computes, in its own words: ticks, quotes, instruments and what comes of a record. Plain Java in all its
 * packages: no Flink, no Kafka, no JSON, no clock and no log, so that every figure can be computed, and checked, without
 * any of them.
 */
@NullMarked
package io.tapewatch.domain;

import org.jspecify.annotations.NullMarked;
