package io.tapewatch.domain.quote;

import java.io.Serializable;

/**
 * How trades are joined with quotes.
 *
 * @param maxAge how old the quote of a trade may be, in milliseconds; an older one says nothing any more
 * @param sameTimeIsBefore whether a quote of the trade's own millisecond stood before the trade; else it comes after it,
 *     as it is usually the trade's own effect
 */
public record QuoteSettings(long maxAge, boolean sameTimeIsBefore) implements Serializable {}
