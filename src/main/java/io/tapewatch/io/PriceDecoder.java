package io.tapewatch.io;

import static io.tapewatch.domain.Quoted.printable;
import static io.tapewatch.domain.Quoted.quoted;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Heartbeat;
import io.tapewatch.domain.Origin;
import io.tapewatch.domain.Rejection;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Side;
import io.tapewatch.domain.Symbols;
import io.tapewatch.domain.Tick;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * Reads a record of the prices topic: a JSON object, or a bare number, as {@code docs/records.md} describes them.
 *
 * <p>Whatever the bytes are, the answer is a tick, a heartbeat or a rejection that says what was wrong; nothing is
 * thrown. Not thread-safe: one decoder a task.
 */
public final class PriceDecoder {

    /** The smallest and largest magnitude of a price or size other than 0: what sums are exact for. */
    private static final double SMALLEST = 1e-12;

    private static final double LARGEST = 1e12;

    /** Epoch milliseconds from 1973-03-03 on; below, a number is taken for seconds. */
    private static final long EARLIEST = 100_000_000_000L;

    /** Epoch milliseconds before 2099-12-03; from there on, a number is taken for micro- or nanoseconds. */
    private static final long AFTER_LATEST = 4_100_000_000_000L;

    /** The longest detail of a rejection, in characters. */
    private static final int MAX_DETAIL = 300;

    /** How a detail begins that should never be given. */
    static final String UNREADABLE = "the record cannot be read: ";

    /** What Java reads bytes as that are not UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    private final String topic;
    private final int maxBytes;
    private final long maxFuture;
    private final boolean allowNonpositive;
    private final JsonFactory json = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Field names that were made to collide cost time, not the record.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            // NaN is read as a number, so that it is rejected as the bad price it is.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    // The record at hand.
    private byte[] key;
    private byte[] value;
    private Origin origin;

    /**
     * @param topic the topic the records come from
     * @param maxBytes the longest value that is read, in bytes
     * @param maxFuture how far a tick's time may lie after its Kafka timestamp
     * @param allowNonpositive whether a price may be zero or negative
     */
    public PriceDecoder(String topic, int maxBytes, Duration maxFuture, boolean allowNonpositive) {
        this.topic = topic;
        this.maxBytes = maxBytes;
        this.maxFuture = maxFuture.toMillis();
        this.allowNonpositive = allowNonpositive;
    }

    /** What the record with this key and value (either may be null), found at {@code origin}, says. */
    public Decoded decode(byte[] key, byte[] value, Origin origin) {
        this.key = key;
        this.value = value;
        this.origin = origin;
        if (value == null || value.length == 0) {
            return reject(Reason.EMPTY, value == null ? "the record has no value" : "the value has no bytes");
        }
        if (value.length > maxBytes) {
            return reject(
                    Reason.TOO_LARGE,
                    "the value has " + value.length + " bytes; at most " + maxBytes + " are read (prices.max-bytes)");
        }
        try (JsonParser parser = json.createParser(value)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                return object(parser);
            }
            if (first == null) {
                return reject(Reason.EMPTY, "the value is blank");
            }
            return bareNumber(parser, first);
        } catch (JsonProcessingException e) {
            return reject(Reason.MALFORMED_JSON, UnreadableJson.detail(value, e));
        } catch (InvalidPrice e) {
            return reject(e.reason, e.getMessage());
        } catch (IOException | RuntimeException e) {
            // A defect of ours or of the parser's; it must not stop the job.
            return reject(Reason.MALFORMED_JSON, UNREADABLE + e);
        }
    }

    private Decoded bareNumber(JsonParser parser, JsonToken token) throws IOException {
        if (!token.isNumeric() && token != JsonToken.VALUE_STRING) {
            throw new InvalidPrice(
                    Reason.MALFORMED_JSON,
                    "expected an object such as {\"symbol\":\"BTC-USD\",\"price\":64250.12} or a bare number, got "
                            + PriceFields.describe(parser));
        }
        double price = PriceFields.number(parser, Reason.BAD_PRICE, "price");
        PriceFields.expectEnd(parser);
        return tick(null, true, price, Tick.NO_SIZE, Decoded.NO_TIME, null, Tick.NO_SEQ, null, null, null);
    }

    private Decoded object(JsonParser parser) throws IOException {
        String symbol = null;
        boolean hasPrice = false;
        double price = 0;
        double size = Tick.NO_SIZE;
        long time = Decoded.NO_TIME;
        String id = null;
        long seq = Tick.NO_SEQ;
        Side side = null;
        String venue = null;
        String conditions = null;
        String type = null;
        boolean heartbeat = false;

        int seen = 0;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int field = FieldName.of(name);
            if (field == FieldName.OTHER) {
                parser.nextToken();
                parser.skipChildren();
                continue;
            }
            if ((seen & field) != 0) {
                throw new InvalidPrice(Reason.MALFORMED_JSON, "the field \"" + name + "\" stands there twice");
            }
            seen |= field;
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (field) {
                case FieldName.SYMBOL -> symbol = PriceFields.string(parser, Reason.BAD_SYMBOL, name);
                case FieldName.PRICE -> {
                    price = PriceFields.number(parser, Reason.BAD_PRICE, name);
                    hasPrice = true;
                }
                case FieldName.SIZE -> size = PriceFields.number(parser, Reason.BAD_SIZE, name);
                case FieldName.TIME -> time = PriceFields.time(parser);
                case FieldName.ID -> id = PriceFields.text(parser, name);
                case FieldName.SEQ -> seq = PriceFields.seq(parser);
                case FieldName.SIDE -> side = PriceFields.side(parser);
                case FieldName.VENUE -> venue = PriceFields.text(parser, name);
                case FieldName.CONDITIONS -> conditions = PriceFields.conditions(parser);
                case FieldName.TYPE -> type = PriceFields.text(parser, name);
                case FieldName.HEARTBEAT -> heartbeat = PriceFields.bool(parser, name);
                default -> throw new IllegalStateException("field " + name);
            }
        }
        PriceFields.expectEnd(parser);
        if (heartbeat) {
            return new Heartbeat(checkedTime(time), origin.partition());
        }
        if (type != null && !type.equals("trade")) {
            throw new InvalidPrice(
                    Reason.UNSUPPORTED_TYPE, "type is " + quoted(type) + "; expected \"trade\" or no type");
        }
        return tick(symbol, hasPrice, price, size, time, id, seq, side, venue, conditions);
    }

    private Tick tick(
            String symbolOfValue,
            boolean hasPrice,
            double price,
            double size,
            long time,
            String id,
            long seq,
            Side side,
            String venue,
            String conditions) {
        String symbol = symbolOfValue != null ? symbolOfValue : symbolOfKey();
        String problem = Symbols.problem(symbol);
        if (problem != null) {
            throw new InvalidPrice(
                    Reason.BAD_SYMBOL, symbolOfValue != null ? problem : "the record's key as " + problem);
        }
        if (!hasPrice) {
            throw new InvalidPrice(Reason.MISSING_FIELD, "price is missing");
        }
        if (!allowNonpositive && !(price > 0) && Double.isFinite(price)) {
            throw new InvalidPrice(
                    Reason.BAD_PRICE, "price is " + price + "; expected above zero (prices.allow-nonpositive is off)");
        }
        checkRange(price, Reason.BAD_PRICE, "price");
        if (!Double.isNaN(size)) {
            if (size < 0) {
                throw new InvalidPrice(Reason.BAD_SIZE, "size is " + size + "; expected zero or more");
            }
            checkRange(size, Reason.BAD_SIZE, "size");
        }
        // Adding 0.0 turns a negative zero into zero: they are the same price and the same size.
        return new Tick(symbol, price + 0.0, size + 0.0, checkedTime(time), id, seq, side, venue, conditions, origin);
    }

    private String symbolOfKey() {
        if (key == null || key.length == 0) {
            throw new InvalidPrice(Reason.MISSING_FIELD, "symbol is missing, and the record has no key");
        }
        String symbol = new String(key, StandardCharsets.UTF_8);
        if (symbol.indexOf(REPLACEMENT) >= 0 && UnreadableJson.firstByteThatIsNotUtf8(key) >= 0) {
            throw new InvalidPrice(Reason.BAD_SYMBOL, "symbol is missing, and the record's key is not UTF-8");
        }
        return symbol;
    }

    private static void checkRange(double number, Reason reason, String name) {
        double magnitude = Math.abs(number);
        if (!(magnitude <= LARGEST) || magnitude < SMALLEST && magnitude != 0) {
            throw new InvalidPrice(
                    reason, name + " is " + number + "; expected a finite number of magnitude 1e-12 to 1e12");
        }
    }

    private long checkedTime(long timeOfValue) {
        long time = timeOfValue;
        String timeIs = "time is ";
        if (time == Decoded.NO_TIME) {
            time = origin.timestamp();
            if (time == Origin.NO_TIMESTAMP) {
                throw new InvalidPrice(Reason.MISSING_FIELD, "time is missing, and the record has no timestamp");
            }
            timeIs = "time is missing, and the record's timestamp is ";
        }
        if (time < EARLIEST) {
            throw new InvalidPrice(
                    Reason.BAD_TIME,
                    timeIs + time + ", before 1973-03-03 in milliseconds: are these seconds? Expected epoch"
                            + " milliseconds or ISO-8601 with an offset");
        }
        if (time >= AFTER_LATEST) {
            String unit = time < AFTER_LATEST * 1000 ? "microseconds" : "nanoseconds";
            throw new InvalidPrice(
                    Reason.BAD_TIME,
                    timeIs + time + ", after 2099-12-03 in milliseconds: are these " + unit
                            + "? Expected epoch milliseconds or ISO-8601 with an offset");
        }
        // In this order nothing overflows, whatever the timestamp is.
        if (origin.timestamp() != Origin.NO_TIMESTAMP && time - maxFuture > origin.timestamp()) {
            throw new InvalidPrice(
                    Reason.FUTURE_TIME,
                    "time is " + Instant.ofEpochMilli(time) + ", more than " + maxFuture
                            + " ms (prices.max-future) after the record's timestamp "
                            + Instant.ofEpochMilli(origin.timestamp()));
        }
        return time;
    }

    private Rejection reject(Reason reason, String detail) {
        return new Rejection(reason, line(detail), key, value, topic, origin);
    }

    /** The detail on one line that is not too long: it may quote the record, and it becomes a header. */
    static String line(String detail) {
        String line = printable(detail);
        return line.codePointCount(0, line.length()) <= MAX_DETAIL
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_DETAIL - 1)) + "…";
    }

    /** The fields that are read, as bits: a field that stands there twice is seen at once. */
    private static final class FieldName {
        static final int OTHER = 0;
        static final int SYMBOL = 1;
        static final int PRICE = 1 << 1;
        static final int SIZE = 1 << 2;
        static final int TIME = 1 << 3;
        static final int ID = 1 << 4;
        static final int SEQ = 1 << 5;
        static final int SIDE = 1 << 6;
        static final int VENUE = 1 << 7;
        static final int CONDITIONS = 1 << 8;
        static final int TYPE = 1 << 9;
        static final int HEARTBEAT = 1 << 10;

        static int of(String name) {
            return switch (name) {
                case "symbol" -> SYMBOL;
                case "price" -> PRICE;
                case "size" -> SIZE;
                case "time" -> TIME;
                case "id" -> ID;
                case "seq" -> SEQ;
                case "side" -> SIDE;
                case "venue" -> VENUE;
                case "conditions" -> CONDITIONS;
                case "type" -> TYPE;
                case "heartbeat" -> HEARTBEAT;
                default -> OTHER;
            };
        }
    }
}
