package io.tapewatch.feed;

import java.util.List;

/** Where rows for the tape come from. */
@FunctionalInterface
public interface FeedSource {

    /** All its rows, from the first. */
    FeedRows open();

    /** These rows and those of another on one clock, as {@link MergedRows} has it. */
    default FeedSource with(FeedSource other) {
        return () -> new MergedRows(
                List.of(MergedRows.Sequence.opensAtOnce(this::open), MergedRows.Sequence.opensAtOnce(other::open)));
    }
}
