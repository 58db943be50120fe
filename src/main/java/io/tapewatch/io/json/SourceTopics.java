package io.tapewatch.io.json;

import io.tapewatch.domain.rule.Rule;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The topics that hold what rules look at.
 *
 * @param prices that of the trades
 * @param quotes that of the quotes, or null: the job reads none
 */
public record SourceTopics(String prices, @Nullable String quotes) implements Serializable {

    /**
     * The topic of what a rule looks at. Null in a job without quotes that was started from a savepoint of one with them,
     * for the update of a flag that was raised by a quote.
     */
    @Nullable
    String of(Rule.On on) {
        return on == Rule.On.QUOTE ? quotes : prices;
    }
}
