/** The local run: a Kafka broker, a Flink cluster, a price feed and the job, all in this JVM. */
package io.tapewatch.local;
