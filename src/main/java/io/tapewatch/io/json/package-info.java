/**
 * How records look outside, as JSON and as rows of CSV: the decoders of the inputs, and the formats of the outputs. Another
 * format of an input is a class that extends {@link io.tapewatch.io.json.RecordDecoder} or, for JSON, JsonDecoder; the job
 * chooses among the formats in InputFormats. Nothing here knows Flink or Kafka.
 */
@NullMarked
package io.tapewatch.io.json;

import org.jspecify.annotations.NullMarked;
