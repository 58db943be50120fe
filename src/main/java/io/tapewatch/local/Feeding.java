package io.tapewatch.local;

import io.tapewatch.feed.PriceFeed;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A price feed at work in a thread of its own. */
final class Feeding implements AutoCloseable {

    private final PriceFeed feed;
    private final FutureTask<Void> task;
    private final Thread thread;

    Feeding(String bootstrapServers, String topic, LocalRunSettings settings) {
        this.feed = new PriceFeed(bootstrapServers, topic, settings.speed());
        this.task = new FutureTask<>(() -> {
            feed.send(settings.recordings(), settings.format());
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

    /** How many prices it has sent. */
    long prices() {
        return feed.sent();
    }

    /** How many records it has sent, heartbeats among them. */
    long records() {
        return feed.sent() + feed.heartbeats();
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
