/** What the job reads: Flink's sources on Kafka, and the event time of their partitions. */
package io.tapewatch.io.source;
