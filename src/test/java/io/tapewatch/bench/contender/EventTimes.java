package io.tapewatch.bench.contender;

import io.tapewatch.domain.Decoded;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** The event times of prices. A record without one has that of its partition so far, and moves no time. */
final class EventTimes implements TimestampExtractor {

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long timeOfPartition) {
        long time = ((Decoded) record.value()).time();
        return time == Decoded.NO_TIME ? timeOfPartition : time;
    }
}
