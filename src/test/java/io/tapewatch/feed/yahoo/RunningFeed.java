package io.tapewatch.feed.yahoo;

import io.tapewatch.feed.yahoo.YahooFeed.Ending;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.local.EmbeddedKafka;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** A feed that runs in a thread of its own, and the lines it tells. */
final class RunningFeed implements AutoCloseable {

    private static final Duration BACK_OFF = Duration.ofMillis(10);

    private final List<String> lines = new ArrayList<>();
    private final KafkaConnection kafka;
    private final YahooFeed feed;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "feed");

    RunningFeed(
            EmbeddedKafka broker,
            String topic,
            YahooSettings settings,
            String baseUrl,
            RequestHeaders headers,
            Duration timeout,
            InstantSource clock) {
        kafka = new KafkaConnection(broker.bootstrapServers(), new Properties());
        feed = new YahooFeed(
                kafka,
                topic,
                settings,
                new ChartRequests(URI.create(baseUrl), "Test/1.0", headers, timeout, BACK_OFF),
                new Reporter(this::tell, line -> tell("! " + line)),
                clock);
    }

    RunningFeed start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            ending.complete(feed.run());
        } catch (Exception e) {
            ending.completeExceptionally(e);
        }
    }

    private synchronized void tell(String line) {
        lines.add(line);
        notifyAll();
    }

    /** What it has told, trouble after an exclamation mark. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    synchronized void awaitLine(String line) throws InterruptedException {
        while (!lines.contains(line)) {
            wait();
        }
    }

    /** How it ended, when it has. */
    Ending ending() throws InterruptedException, ExecutionException {
        return ending.get();
    }

    Ending stop() throws InterruptedException, ExecutionException {
        feed.stop();
        return ending();
    }

    YahooCounts counts() {
        return feed.counts();
    }

    @Override
    public void close() {
        feed.stop();
        ending.exceptionally(e -> null).join();
        feed.close();
        kafka.close();
    }
}
