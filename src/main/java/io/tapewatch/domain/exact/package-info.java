/**
 * Decimal numbers, sums without rounding, and the figures that are rounded once, at their end.
 *
 * <p>Prices, sizes and limits are decimals: {@link io.tapewatch.domain.exact.DecimalReader} reads them,
 * {@link io.tapewatch.domain.exact.WideDecimal} adds them, and a {@link io.tapewatch.domain.exact.Quotient} of such sums is
 * compared with a limit exactly. Returns are doubles, and have {@link io.tapewatch.domain.exact.ExactSum}.
 */
@NullMarked
package io.tapewatch.domain.exact;

import org.jspecify.annotations.NullMarked;
