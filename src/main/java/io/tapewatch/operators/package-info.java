/**
 * The job's Flink operators: state, timers, watermarks, side outputs and metrics around calls to the domain. No
 * arithmetic on prices is done here.
 */
package io.tapewatch.operators;
