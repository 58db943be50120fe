package io.tapewatch;

import org.apache.flink.api.connector.sink2.Sink;

/**
 * One place that a stream goes to.
 *
 * @param name its name in the web UI and the metrics, and its uid in savepoints: a name that never changes
 * @param sink what writes the records of the stream
 * @param hasOneTask whether one task writes them, whatever the parallelism of the job
 */
public record Output<T>(String name, Sink<T> sink, boolean hasOneTask) {}
