/** The wire formats, and the sources and sinks that speak them: Kafka, JSON, CSV, dead letters. */
package io.tapewatch.io;
