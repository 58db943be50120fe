/** What a trade counts for, decided once, before windows and rules see it. */
@NullMarked
package io.tapewatch.domain.trade;

import org.jspecify.annotations.NullMarked;
