/** What the job writes: Flink's sinks to Kafka and CSV files, and what becomes of their transactions. */
@NullMarked
package io.tapewatch.io.sink;

import org.jspecify.annotations.NullMarked;
