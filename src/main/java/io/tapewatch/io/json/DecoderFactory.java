package io.tapewatch.io.json;

import java.io.Serializable;

/** A format of an input: what makes the decoder of one task. It is sent to the tasks with the job. */
@FunctionalInterface
public interface DecoderFactory extends Serializable {

    /**
     * A decoder.
     *
     * @param topic the topic the records come from
     * @param counters makes what counts what its producers should hear of
     */
    RecordDecoder decoder(String topic, DecoderCounters counters);

    /** A decoder that counts nothing, where nobody looks at the counters. */
    default RecordDecoder decoder(String topic) {
        return decoder(topic, field -> () -> {});
    }
}
