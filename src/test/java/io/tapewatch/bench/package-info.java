/** The engine beside Flink's own window operators: how many ticks a second, and how much state. Not part of the tests. */
package io.tapewatch.bench;
