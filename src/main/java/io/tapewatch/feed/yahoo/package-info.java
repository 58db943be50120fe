/** Live prices as Yahoo's chart service tells them, asked for again and again. */
@NullMarked
package io.tapewatch.feed.yahoo;

import org.jspecify.annotations.NullMarked;
