package io.tapewatch.io.json;

import java.io.Serializable;
import java.util.function.Function;

/** A format of an input: what makes the decoder of one task. It is sent to the tasks with the job. */
@FunctionalInterface
public interface DecoderFactory extends Serializable {

    /**
     * A decoder.
     *
     * @param topic the topic the records come from
     * @param unknownFields makes what counts the records with a field that is not read, by a label for its name
     */
    RecordDecoder decoder(String topic, Function<String, Runnable> unknownFields);

    /** A decoder that counts nothing, where nobody looks at the counters. */
    default RecordDecoder decoder(String topic) {
        return decoder(topic, field -> () -> {});
    }
}
