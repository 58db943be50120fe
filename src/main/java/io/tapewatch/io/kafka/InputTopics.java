package io.tapewatch.io.kafka;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The names of the topics that the job reads.
 *
 * @param prices the topic of prices
 * @param rules the topic of rules
 * @param quotes the topic of quotes, or null: there are none
 * @param instruments the topic of instruments, or null: nothing is known about them
 */
public record InputTopics(
        String prices,
        String rules,
        @Nullable String quotes,
        @Nullable String instruments) {

    public InputTopics {
        Objects.requireNonNull(prices, "prices");
        Objects.requireNonNull(rules, "rules");
    }

    /** Prices and rules alone. */
    public InputTopics(String prices, String rules) {
        this(prices, rules, null, null);
    }
}
