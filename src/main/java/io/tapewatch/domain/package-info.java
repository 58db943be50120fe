/**
 * What the job computes: ticks, windows, summaries, rules and flags. Plain Java: no Flink, no Kafka, no JSON, no clock
 * and no log, so that every figure can be computed, and checked, without any of them.
 */
package io.tapewatch.domain;
