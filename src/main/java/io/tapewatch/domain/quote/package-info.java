/** The quotes of a symbol, and the trades beside the quotes that were in force. */
@NullMarked
package io.tapewatch.domain.quote;

import org.jspecify.annotations.NullMarked;
