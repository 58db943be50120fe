/** Sums without rounding, and the figures that are rounded once, at their end. */
package io.tapewatch.domain.exact;
