/**
 * Decimal numbers, sums without rounding, and the figures that are rounded once, at their end.
 *
 * <p>What was sent is a decimal from {@link io.tapewatch.domain.exact.DecimalReader} on; sums of decimals are {@link
 * io.tapewatch.domain.exact.WideDecimal}s, and what is compared with the limit of a rule is a {@link
 * io.tapewatch.domain.exact.Quotient}. The returns of ticks are doubles, and {@link io.tapewatch.domain.exact.ExactSum} is for
 * these alone.
 */
@NullMarked
package io.tapewatch.domain.exact;

import org.jspecify.annotations.NullMarked;
