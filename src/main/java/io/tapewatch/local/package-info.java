/** The local run: a Kafka broker, a Flink cluster, a price feed and the job, all in this JVM. */
@NullMarked
package io.tapewatch.local;

import org.jspecify.annotations.NullMarked;
