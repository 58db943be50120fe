package io.tapewatch.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tapewatch.domain.Printable;
import io.tapewatch.domain.Symbols;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record as it came from a topic. What is in it may be anything. */
final class Received {

    /** How much of a key or a value a terminal shows. */
    private static final int MOST_BYTES = 800;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final ConsumerRecord<byte[], byte[]> record;
    private final JsonNode json;

    Received(ConsumerRecord<byte[], byte[]> record) {
        this.record = record;
        this.json = parse(record.value());
    }

    private static JsonNode parse(byte @Nullable [] value) {
        Optional<String> text = value == null ? Optional.empty() : utf8(value);
        try {
            return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text.get());
        } catch (JsonProcessingException | NumberFormatException e) {
            // Numbers have exponents that none can have, too.
            return MissingNode.getInstance();
        }
    }

    /** Whether the value is a JSON object, as all are that the job writes but dead letters. */
    boolean isObject() {
        return json.isObject();
    }

    /** The value, if it is JSON. */
    JsonNode json() {
        return json;
    }

    ShownFields fields() {
        return new ShownFields(json);
    }

    /** The value as text, of what is JSON. */
    String text() {
        return utf8(record.value()).orElseThrow();
    }

    /** The symbol that the value names, or else the key, if it is text. */
    Optional<String> symbol() {
        JsonNode named = json.path("symbol");
        Optional<String> symbol = named.isTextual()
                ? Optional.of(named.textValue())
                : Optional.ofNullable(record.key()).flatMap(Received::utf8);
        return symbol.map(Symbols::trimmed);
    }

    /** The value's bytes. */
    byte @Nullable [] value() {
        return record.value();
    }

    /** The key's bytes. */
    byte @Nullable [] key() {
        return record.key();
    }

    /** When it was published, in epoch milliseconds. */
    long timestamp() {
        return record.timestamp();
    }

    /** The record itself. */
    ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    /** {@code partition/offset}. */
    String coordinates() {
        return record.partition() + "/" + record.offset();
    }

    /** The last header of a name, as text. */
    Optional<String> header(String name) {
        return Optional.ofNullable(record.headers().lastHeader(name))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /**
     * These bytes as a table shows them; what is no text shows as U+FFFD.
     *
     * @param room how many characters a line of the terminal has; 0 for all that there is, else the beginning
     */
    static String shown(byte @Nullable [] bytes, int room) {
        if (bytes == null) {
            return "";
        }
        boolean isCut = room > 0 && bytes.length > MOST_BYTES;
        String text = new String(bytes, 0, isCut ? MOST_BYTES : bytes.length, StandardCharsets.UTF_8);
        return Printable.printable(text) + (isCut ? "…" : "");
    }

    /** The text that these bytes are in UTF-8, if they are any. */
    static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
