package io.tapewatch.feed;

/** What a feed has handed to Kafka for one topic. The feed's thread counts, any thread may ask. */
@SuppressWarnings("NonAtomicVolatileUpdate") // One thread counts.
public final class FedTopic {

    private final String name;
    private final int partitions;
    private volatile long sent;
    private volatile long heartbeats;

    /**
     * @param name an existing topic
     * @param partitions how many it has
     */
    public FedTopic(String name, int partitions) {
        this.name = name;
        this.partitions = partitions;
    }

    public String name() {
        return name;
    }

    public int partitions() {
        return partitions;
    }

    /** How many prices, or quotes, it was; heartbeats not counted. */
    public long sent() {
        return sent;
    }

    /** How many heartbeats it was. */
    public long heartbeats() {
        return heartbeats;
    }

    /** How many records it was, heartbeats among them. */
    public long records() {
        return sent + heartbeats;
    }

    public void countSent() {
        sent++;
    }

    void countHeartbeat() {
        heartbeats++;
    }
}
