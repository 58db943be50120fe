/** Kafka as tools and the job use it: connections, topics, consumers that bear any record. Nothing here knows Flink. */
package io.tapewatch.io.kafka;
