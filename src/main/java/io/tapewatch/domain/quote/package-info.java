/** The quotes of a symbol, and the trades beside the quotes that were in force. */
package io.tapewatch.domain.quote;
