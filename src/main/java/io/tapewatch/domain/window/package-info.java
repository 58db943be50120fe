/** The windows of a symbol: their forms, the bars they are made of, their summaries and how those are corrected. */
@NullMarked
package io.tapewatch.domain.window;

import org.jspecify.annotations.NullMarked;
