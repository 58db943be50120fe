/** Kafka as tools and the job use it: connections, topics, consumers that bear any record. Nothing here knows Flink. */
@NullMarked
package io.tapewatch.io.kafka;

import org.jspecify.annotations.NullMarked;
