/** The programs that are measured side by side, and the process in which one of them is measured. */
package io.tapewatch.bench.contender;
