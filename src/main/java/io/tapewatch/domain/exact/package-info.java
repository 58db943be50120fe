/**
 * Decimal numbers, sums without rounding, and the figures that are rounded once, at their end.
 *
 * <p>Ticks, bars and rules still have doubles: they use {@link io.tapewatch.domain.exact.ExactSum} and what belongs to it. The
 * decimals, from {@link io.tapewatch.domain.exact.DecimalReader} to {@link io.tapewatch.domain.exact.Quotient}, are what they
 * move to next; until then only tests use them.
 */
@NullMarked
package io.tapewatch.domain.exact;

import org.jspecify.annotations.NullMarked;
