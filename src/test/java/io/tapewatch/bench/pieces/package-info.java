/** The pieces of the job, each measured alone by JMH: {@link io.tapewatch.bench.Pieces} runs them. */
package io.tapewatch.bench.pieces;
