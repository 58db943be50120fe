package io.tapewatch.feed.yahoo;

/** What came of the answers so far. The feed's thread counts, any thread may ask. */
@SuppressWarnings("NonAtomicVolatileUpdate") // One thread counts.
public final class YahooCounts {

    private volatile long sent;
    private volatile long unchanged;
    private volatile long closed;
    private volatile long failed;

    void countSent() {
        sent++;
    }

    void countUnchanged() {
        unchanged++;
    }

    void countClosed() {
        closed++;
    }

    void countFailed() {
        failed++;
    }

    /** Prices that were sent. */
    public long sent() {
        return sent;
    }

    /** Prices that had been sent before. */
    public long unchanged() {
        return unchanged;
    }

    /** Prices that were too old, as their market is closed. */
    public long closed() {
        return closed;
    }

    /** Turns that brought no price that could be sent. */
    public long failed() {
        return failed;
    }

    @Override
    public String toString() {
        return "%d prices sent, %d unchanged, %d of closed markets, %d failed"
                .formatted(sent, unchanged, closed, failed);
    }
}
