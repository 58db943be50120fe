package io.tapewatch.feed.yahoo;

import io.tapewatch.domain.Durations;
import io.tapewatch.feed.FedTopic;
import io.tapewatch.feed.FeedJson;
import io.tapewatch.feed.FeedProducer;
import io.tapewatch.feed.Heartbeats;
import io.tapewatch.feed.LastWrite;
import io.tapewatch.feed.PriceRow;
import io.tapewatch.feed.yahoo.Answer.Priced;
import io.tapewatch.io.kafka.KafkaConnection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks Yahoo for prices and sends those that are new to a Kafka topic, under the symbols that were asked for.
 *
 * <p>Requests run beside each other, at most one for a symbol; one thread takes the answers, sends and tells.
 *
 * <p>Its heartbeats say that event time has reached now less {@link YahooSettings#maxStale}: nothing older is sent, and as
 * several exchanges' prices come up to a quarter of an hour late, a heartbeat that said more would make them late ticks. Such
 * a heartbeat is behind whatever is live. So it is only sent when {@linkplain LastWrite nobody has written} to the topic for as
 * long as {@code maxStale}, this feed itself included: it closes the last windows when all markets are closed.
 *
 * <p>When Yahoo has had too many requests (HTTP 429), which it counts per client and not per symbol, every turn is postponed
 * by the time that the refused request waits.
 */
public final class YahooFeed implements AutoCloseable {

    private static final long TELL_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long LONGEST_GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final YahooSettings settings;
    private final Reporter telling;
    private final InstantSource clock;
    private final FeedProducer producer;
    private final FedTopic prices;
    private final Heartbeats heartbeats;
    private final LastWrite lastWrite;
    private final KafkaConnection kafka;
    private final ChartClient yahoo;
    private final YahooCounts counts = new YahooCounts();
    private final PollSchedule turns;
    private final Map<String, Watched> watched = new HashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final BlockingQueue<Message> inbox = new LinkedBlockingQueue<>();

    private volatile boolean isStopped;
    private long oldest = Long.MIN_VALUE;
    private long postponedUntilNanos;
    private boolean isTooManyTold;
    private boolean isLooking;

    /** What other threads have for the feed's. */
    @FunctionalInterface
    private interface Message {
        void take() throws IOException, InterruptedException;
    }

    /** How it ended. */
    public enum Ending {
        /** It was told to stop. */
        STOPPED,
        /** Each symbol has had its turn, and Yahoo told a price of each. */
        ALL_ANSWERED,
        /** Each symbol has had its turn; of one or more there was no price. */
        SOME_FAILED,
        /** Yahoo knows none of the symbols. */
        NONE_LEFT
    }

    /**
     * @param topic an existing topic
     * @param clock what prices are stale by
     * @throws io.tapewatch.io.kafka.KafkaConnection.KafkaUnusable if the topic cannot be found
     */
    public YahooFeed(
            KafkaConnection kafka,
            String topic,
            YahooSettings settings,
            ChartRequests requests,
            Reporter telling,
            InstantSource clock) {
        this.settings = settings;
        this.telling = telling;
        this.clock = clock;
        this.kafka = kafka;
        this.lastWrite = new LastWrite(clock.millis());
        this.prices = new FedTopic(topic, kafka.partitions(topic));
        this.producer = new FeedProducer(kafka);
        long now = System.nanoTime();
        this.postponedUntilNanos = now;
        this.heartbeats = new Heartbeats(producer, List.of(prices), now);
        long every = settings.every().toNanos();
        this.turns = settings.once()
                ? PollSchedule.once(
                        settings.symbols(),
                        Math.min(LONGEST_GAP_NANOS, every / settings.symbols().size()),
                        now)
                : PollSchedule.again(settings.symbols(), every, now);
        settings.symbols().forEach(symbol -> watched.put(symbol, new Watched(symbol, telling)));
        this.yahoo = new ChartClient(requests, clock, wait -> inbox.add(() -> postpone(wait)));
    }

    /**
     * Asks and sends until it is told to stop, each symbol has had its one turn, or none is left; returns when Kafka has
     * acknowledged what was sent.
     *
     * @throws IOException if Kafka did not take a record
     * @throws InterruptedException if the thread was interrupted
     */
    public Ending run() throws IOException, InterruptedException {
        long nextTelling = System.nanoTime() + TELL_EVERY_NANOS;
        while (!isStopped && !(turns.areOver() && asked.isEmpty())) {
            long now = System.nanoTime();
            if (heartbeats.areDue(now)) {
                heartbeats.passOver(now);
                lookAtTopic();
            }
            if (now - nextTelling >= 0) {
                telling.news().accept(counts.toString());
                nextTelling += TELL_EVERY_NANOS;
            }
            askThoseWhoseTurnItIs(now);
            long wait = Math.min(heartbeats.nanosUntilNext(now), nextTelling - now);
            if (!turns.areOver()) {
                wait = Math.min(wait, turns.nanosUntilNext(now));
            }
            Message message = inbox.poll(wait, TimeUnit.NANOSECONDS);
            if (message != null) {
                message.take();
            }
        }
        yahoo.close();
        producer.flush();
        return ending();
    }

    /**
     * Looks whether anyone has written to the topic, and sends heartbeats if nobody has for long enough. While Kafka has not
     * answered, or not acknowledged every heartbeat, nothing is known, and none is sent.
     */
    private void lookAtTopic() {
        if (isLooking || !producer.isAllAcknowledged()) {
            return;
        }
        isLooking = true;
        CompletableFuture.supplyAsync(() -> kafka.endOffsets(prices.name()))
                .whenComplete((ends, e) -> inbox.add(() -> {
                    isLooking = false;
                    if (e == null) {
                        beatIfNobodyWrites(ends);
                    }
                }));
    }

    private void beatIfNobodyWrites(Map<TopicPartition, Long> ends) throws IOException, InterruptedException {
        long records = ends.values().stream().mapToLong(Long::longValue).sum();
        lastWrite.look(records, prices.heartbeats(), clock.millis());
        if (lastWrite.isBeforeOrAt(oldest())) {
            heartbeats.sendBetween(oldest());
        }
    }

    private Ending ending() {
        if (isStopped) {
            return Ending.STOPPED;
        }
        if (watched.isEmpty()) {
            return Ending.NONE_LEFT;
        }
        return counts.failed() == 0 ? Ending.ALL_ANSWERED : Ending.SOME_FAILED;
    }

    /** Makes {@link #run} return soon; any thread may. */
    public void stop() {
        isStopped = true;
        inbox.add(() -> {});
    }

    /** What came of the answers so far. */
    public YahooCounts counts() {
        return counts;
    }

    @Override
    public void close() {
        yahoo.close();
        producer.close();
    }

    private void askThoseWhoseTurnItIs(long now) {
        for (String symbol = turns.take(now); symbol != null; symbol = turns.take(now)) {
            String asking = symbol;
            if (asked.add(asking)) {
                yahoo.ask(asking)
                        .exceptionally(e -> new Answer.Failed("unexpected", "it could not be asked for: " + e))
                        .thenAccept(answer -> inbox.add(() -> take(asking, answer)));
            }
        }
    }

    private void take(String symbol, Answer answer) throws IOException, InterruptedException {
        asked.remove(symbol);
        Watched about = Objects.requireNonNull(watched.get(symbol), symbol);
        if (answer instanceof Priced price) {
            isTooManyTold = false;
            take(about, symbol, price);
            return;
        }
        counts.countFailed();
        String next = settings.once() ? "" : "; it is asked for again at its next turn";
        if (answer instanceof Answer.Unpriced none) {
            about.trouble(none.what(), none.found() + "; nothing is sent" + next);
        } else if (answer instanceof Answer.Gone gone) {
            about.trouble("gone", gone.reason() + "; it is not asked for again; is this what Yahoo calls it?");
            turns.drop(symbol);
            watched.remove(symbol);
        } else if (answer instanceof Answer.Refused refused) {
            about.trouble(
                    "refused",
                    refused.reason() + "; Yahoo wants a cookie and a crumb: give it a browser's headers with"
                            + " --headers-file" + next);
        } else if (answer instanceof Answer.Failed failed) {
            about.trouble(failed.what(), failed.reason() + next);
        }
    }

    private void take(Watched about, String symbol, Priced price) throws IOException, InterruptedException {
        switch (about.standing(price, clock.millis(), oldest())) {
            case NEW -> {
                byte[] value = settings.plain()
                        ? price.price().getBytes(StandardCharsets.US_ASCII)
                        : FeedJson.of(new PriceRow(symbol, price.price(), null, price.time(), null, null, null));
                producer.send(prices.name(), symbol, value);
                prices.countSent();
                about.wasSent(price);
                counts.countSent();
            }
            case UNCHANGED -> counts.countUnchanged();
            case STALE -> counts.countClosed();
            case AHEAD -> counts.countFailed();
        }
    }

    /** What no price that is still sent is older than, in epoch milliseconds; it never goes back, though a clock may. */
    private long oldest() {
        oldest = Math.max(oldest, clock.millis() - settings.maxStale().toMillis());
        return oldest;
    }

    private void postpone(Duration wait) {
        long now = System.nanoTime();
        long from = postponedUntilNanos - now > 0 ? postponedUntilNanos : now;
        long more = now + wait.toNanos() - from;
        if (more > 0) {
            turns.postpone(more);
            postponedUntilNanos = from + more;
        }
        if (!isTooManyTold) {
            isTooManyTold = true;
            telling.trouble()
                    .accept("Yahoo has had too many requests (HTTP 429): every symbol waits for "
                            + Durations.format(Math.max(1, wait.toSeconds()) * 1000)
                            + "; if it comes again, ask less often (--every) or for fewer symbols");
        }
    }
}
