/**
 * How records look outside: JSON and CSV, and the Kafka topics and files they come from and go to. The formats need no
 * Flink; the sources and sinks put them into Flink's.
 */
package io.tapewatch.io;
