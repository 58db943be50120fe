/** Live prices as Yahoo's chart service tells them, asked for again and again. */
package io.tapewatch.feed.yahoo;
