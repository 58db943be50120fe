package io.tapewatch.local;

import io.tapewatch.feed.FedTopic;
import io.tapewatch.feed.FeedSource;
import io.tapewatch.feed.PriceFeed;
import io.tapewatch.feed.Speed;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.KafkaConnection;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A feed of prices and quotes at work in a thread of its own. */
final class Feeding implements AutoCloseable {

    private final PriceFeed feed;
    private final FutureTask<Void> task;
    private final Thread thread;

    /** @param moveOnMillis how far event time moves on when all is sent, so that no record waits for others */
    Feeding(KafkaConnection kafka, InputTopics topics, FeedSource source, Speed speed, long moveOnMillis) {
        this.feed = new PriceFeed(kafka, topics.prices(), topics.quotes(), speed);
        this.task = new FutureTask<>(() -> {
            feed.send(source);
            feed.moveOn(moveOnMillis);
            return null;
        });
        this.thread = new Thread(task, "feed");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether all is sent. */
    boolean isOver() throws IOException, InterruptedException {
        if (!task.isDone()) {
            return false;
        }
        try {
            task.get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IOException("the feed failed: " + e.getCause(), e.getCause());
        }
    }

    /** The prices it has sent. */
    FedTopic prices() {
        return feed.prices();
    }

    /** The quotes it has sent. */
    FedTopic quotes() {
        return feed.quotes();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        feed.close();
    }
}
