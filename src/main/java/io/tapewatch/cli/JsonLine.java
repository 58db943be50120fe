package io.tapewatch.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Rejection;
import io.tapewatch.io.source.SentRecords;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Records as JSON, each on a line, in ASCII, as nobody knows the encoding of a pipe. */
final class JsonLine {

    private static final JsonMapper JSON = new JsonMapper();

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private JsonLine() {}

    /** A text that is JSON, as it is but for how its characters are written: digits stay. */
    static String ofJson(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Outside of texts JSON is ASCII, and within them it has no control characters of that.
            if (c < ' ') {
                line.append(' ');
            } else if (c >= 0x7F) {
                line.append(String.format("\\u%04X", (int) c));
            } else {
                line.append(c);
            }
        }
        return line.toString();
    }

    /**
     * A dead letter: its reason, where its record is, when it was published, and key and value as text, or in base64 what
     * is none. What is absent is left out.
     */
    static String ofDeadLetter(Received letter) {
        ObjectNode json = JSON.createObjectNode();
        letter.header("reason").ifPresent(text -> json.put("reason", text));
        letter.header("detail").ifPresent(text -> json.put("detail", text));
        letter.header("source-topic").ifPresent(text -> json.put("topic", text));
        putNumber(json, "partition", letter, "source-partition");
        putNumber(json, "offset", letter, "source-offset");
        json.put("time", TIME.format(Instant.ofEpochMilli(letter.timestamp())));
        putBytes(json, "key", letter.key());
        putBytes(json, "value", letter.value());
        putNumber(json, "truncated", letter, "truncated");
        return line(json);
    }

    /**
     * A record of prices or quotes: where it is, when it was published, key and value as text, or in base64 what is none, and
     * what the job takes it for. What is absent is left out.
     */
    static String ofInput(Received record, Decoded decoded) {
        ObjectNode json = JSON.createObjectNode();
        json.put("partition", record.record().partition());
        json.put("offset", record.record().offset());
        json.put("published", TIME.format(Instant.ofEpochMilli(record.timestamp())));
        putBytes(json, "key", record.key());
        putBytes(json, "value", record.value());
        if (decoded instanceof Heartbeat heartbeat) {
            json.put("heartbeat", heartbeat.time());
        } else if (decoded instanceof Rejection rejection) {
            json.put("rejected", rejection.reason().label());
            json.put("detail", rejection.detail());
        } else {
            json.putRawValue("taken", new RawValue(SentRecords.json(decoded).orElseThrow()));
        }
        return line(json);
    }

    private static String line(ObjectNode json) {
        try {
            return ofJson(JSON.writeValueAsString(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object of texts and numbers is JSON", e);
        }
    }

    private static void putNumber(ObjectNode json, String field, Received letter, String header) {
        letter.header(header).ifPresent(text -> {
            if (text.matches("[0-9]{1,18}")) {
                json.put(field, Long.parseLong(text));
            } else {
                json.put(field, text);
            }
        });
    }

    private static void putBytes(ObjectNode json, String field, byte @Nullable [] bytes) {
        if (bytes != null) {
            Received.utf8(bytes)
                    .ifPresentOrElse(
                            text -> json.put(field, text),
                            () -> json.put(field + "Base64", Base64.getEncoder().encodeToString(bytes)));
        }
    }
}
