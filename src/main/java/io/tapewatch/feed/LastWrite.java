package io.tapewatch.feed;

/**
 * The moment at which anyone last wrote to a topic: this feed or another producer, whatever it was, but for this feed's own
 * heartbeats. It is found by counting: a topic has as many records as its offsets say, and the feed knows how many of them
 * are its heartbeats.
 *
 * <p>It says when a live feed may send a heartbeat with a time in the past. Live prices are not of a later time than the
 * moment of writing. So a heartbeat whose time is not before the last write is not behind any partition: it holds nobody
 * back when it is sent. When someone writes again, that is seen at the next look, and the heartbeats stop. Then the
 * partitions that they had kept active go idle, and hold event time back for no longer than the job's idle timeout.
 *
 * <p>The heartbeats of another feed are writes, too: beside a feed that sends some, this one need not.
 */
public final class LastWrite {

    private long at;
    private long others = -1;

    /** @param startedAt when the feed began to look, in epoch milliseconds: what was before is not known */
    public LastWrite(long startedAt) {
        this.at = startedAt;
    }

    /**
     * Takes a look.
     *
     * @param records how many records the topic has had in all
     * @param heartbeats how many of them are this feed's heartbeats
     * @param now in epoch milliseconds
     */
    public void look(long records, long heartbeats, long now) {
        if (records - heartbeats != others) {
            others = records - heartbeats;
            at = Math.max(at, now);
        }
    }

    /** Whether nobody has written after this time, in epoch milliseconds, as far as is known. */
    public boolean isBeforeOrAt(long time) {
        return at <= time;
    }
}
