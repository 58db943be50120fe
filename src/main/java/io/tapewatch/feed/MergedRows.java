package io.tapewatch.feed;

import java.io.IOException;

/**
 * Two sequences of rows on one clock: of the next row of each, the earlier one comes first, and that of the first sequence
 * when both have one time. Each keeps its own order, which may be that of arrival: a row that is behind an earlier one of
 * its sequence comes right after it.
 */
public final class MergedRows implements FeedRows {

    private final FeedRows first;
    private final FeedRows second;
    private FeedRow nextOfFirst;
    private FeedRow nextOfSecond;

    public MergedRows(FeedRows first, FeedRows second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public FeedRow next() throws IOException {
        if (nextOfFirst == null) {
            nextOfFirst = first.next();
        }
        if (nextOfSecond == null) {
            nextOfSecond = second.next();
        }
        boolean isFirst = nextOfSecond == null || nextOfFirst != null && nextOfFirst.time() <= nextOfSecond.time();
        FeedRow next = isFirst ? nextOfFirst : nextOfSecond;
        if (isFirst) {
            nextOfFirst = null;
        } else {
            nextOfSecond = null;
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        try (first;
                second) {
            nextOfFirst = null;
            nextOfSecond = null;
        }
    }
}
