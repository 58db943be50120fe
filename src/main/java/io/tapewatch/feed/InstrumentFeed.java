package io.tapewatch.feed;

import io.tapewatch.io.kafka.KafkaConnection;
import java.io.IOException;
import java.util.List;

/** Sends what is known about instruments to their topic. */
public final class InstrumentFeed {

    private InstrumentFeed() {}

    /**
     * Sends instruments, each under its symbol, and returns when Kafka has acknowledged all of them.
     *
     * @throws IOException if Kafka did not take one
     * @throws InterruptedException if the thread was interrupted
     */
    public static void send(KafkaConnection kafka, String topic, List<InstrumentRow> instruments)
            throws IOException, InterruptedException {
        try (FeedProducer producer = new FeedProducer(kafka)) {
            for (InstrumentRow instrument : instruments) {
                producer.send(topic, instrument.symbol(), FeedJson.of(instrument));
            }
            producer.flush();
        }
    }
}
