/** Price producers: what puts prices and quotes on the tape. So far recorded ones, replayed from CSV at a chosen speed. */
package io.tapewatch.feed;
