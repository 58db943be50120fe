package io.tapewatch.feed;

/** What a feed has handed to Kafka for one topic. The feed's thread counts, any thread may ask. */
public final class FedTopic {

    private final String name;
    private final int partitions;
    private volatile long sent;
    private volatile long heartbeats;

    FedTopic(String name, int partitions) {
        this.name = name;
        this.partitions = partitions;
    }

    String name() {
        return name;
    }

    int partitions() {
        return partitions;
    }

    /** How many prices, or quotes, it was; heartbeats not counted. */
    public long sent() {
        return sent;
    }

    /** How many records it was, heartbeats among them. */
    public long records() {
        return sent + heartbeats;
    }

    void countSent() {
        sent++;
    }

    void countHeartbeat() {
        heartbeats++;
    }
}
