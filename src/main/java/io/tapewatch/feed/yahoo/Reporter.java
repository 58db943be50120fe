package io.tapewatch.feed.yahoo;

import java.util.function.Consumer;

/**
 * Where lines for a person go; the feed's thread tells them.
 *
 * @param news what there is to say
 * @param trouble what is wrong, and what to do
 */
public record Reporter(Consumer<String> news, Consumer<String> trouble) {}
