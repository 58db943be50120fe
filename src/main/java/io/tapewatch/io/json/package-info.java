/**
 * How records look outside, as JSON and as rows of CSV: the decoders of the inputs, and the formats of the outputs. Nothing
 * here knows Flink or Kafka.
 */
package io.tapewatch.io.json;
