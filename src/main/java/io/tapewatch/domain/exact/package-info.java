/** Decimal numbers, sums without rounding, and the figures that are rounded once, at their end. */
@NullMarked
package io.tapewatch.domain.exact;

import org.jspecify.annotations.NullMarked;
