/** What the job reads: Flink's sources on Kafka, and the event time of their partitions. */
@NullMarked
package io.tapewatch.io.source;

import org.jspecify.annotations.NullMarked;
