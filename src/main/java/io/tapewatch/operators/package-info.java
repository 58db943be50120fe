/**
 * The job's Flink operators: state, timers, watermarks, side outputs and metrics around calls to the domain. No
 * arithmetic on prices is done here.
 */
@NullMarked
package io.tapewatch.operators;

import org.jspecify.annotations.NullMarked;
