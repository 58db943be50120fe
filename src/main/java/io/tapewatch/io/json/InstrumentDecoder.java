package io.tapewatch.io.json;

import static io.tapewatch.domain.Printable.printable;

import com.fasterxml.jackson.core.JsonParser;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.InstrumentChange;
import io.tapewatch.domain.Rejection.Reason;
import java.io.IOException;
import java.util.function.Function;

/** Reads a record of the instruments topic, a JSON object or no value at all: a change or a rejection. */
public final class InstrumentDecoder extends RecordDecoder {

    private static final int FIELDS = RecordField.SYMBOL
            | RecordField.NAME
            | RecordField.CURRENCY
            | RecordField.TYPE
            | RecordField.SECTOR
            | RecordField.VENUE
            | RecordField.MULTIPLIER;

    /**
     * @param topic the topic the records come from
     * @param maxBytes the longest value that is read, in bytes
     */
    public InstrumentDecoder(String topic, int maxBytes) {
        this(topic, maxBytes, RecordDecoder::uncounted);
    }

    /** @param unknownFields makes what counts the records with a field that is not read, by a label for its name */
    public InstrumentDecoder(String topic, int maxBytes, Function<String, Runnable> unknownFields) {
        super(topic, maxBytes, FIELDS, unknownFields);
    }

    @Override
    String expected() {
        return "an object such as {\"symbol\":\"BTC-USD\",\"name\":\"Bitcoin\",\"currency\":\"USD\"}";
    }

    /** Nothing is known any more about the instrument that the key names. */
    @Override
    Decoded noValue() {
        if (!hasKey()) {
            throw new InvalidRecord(
                    Reason.MISSING_FIELD, "the record has no value, and no key that says which instrument to delete");
        }
        return new InstrumentChange(symbol(null), null, origin());
    }

    @Override
    Decoded object(JsonParser parser) throws IOException {
        String symbolOfValue = null;
        String name = null;
        String currency = null;
        String type = null;
        String sector = null;
        String venue = null;
        double multiplier = Instrument.ONE;

        for (int field = nextField(parser); field != RecordField.END; field = nextField(parser)) {
            switch (field) {
                case RecordField.SYMBOL -> symbolOfValue = RecordFields.string(parser, Reason.BAD_SYMBOL, "symbol");
                case RecordField.NAME -> name = text(parser, "name");
                case RecordField.CURRENCY -> currency = text(parser, "currency");
                case RecordField.TYPE -> type = text(parser, "type");
                case RecordField.SECTOR -> sector = text(parser, "sector");
                case RecordField.VENUE -> venue = text(parser, "venue");
                case RecordField.MULTIPLIER -> multiplier = multiplier(parser);
                default -> throw new IllegalStateException("field " + field);
            }
        }
        String symbol = symbol(symbolOfValue);
        // Compaction goes by the key: it would keep the wrong entry.
        if (hasKey() && !symbol.equals(key())) {
            throw new InvalidRecord(
                    Reason.BAD_SYMBOL,
                    "symbol is \"" + symbol + "\"; expected the record's key, which is \"" + printable(key()) + '"');
        }
        return new InstrumentChange(
                symbol, new Instrument(symbol, name, currency, type, sector, venue, multiplier), origin());
    }

    /** The current value as a text that outputs can carry, or null where it is empty. */
    private static String text(JsonParser parser, String name) throws IOException {
        String text = RecordFields.text(parser, name);
        int length = text.codePointCount(0, text.length());
        if (length > Instrument.MAX_TEXT) {
            throw new InvalidRecord(
                    Reason.TOO_LARGE,
                    name + " has " + length + " characters; at most " + Instrument.MAX_TEXT + " are kept");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRecord(
                    Reason.MALFORMED_JSON,
                    name + " is " + RecordFields.describe(parser) + ", which holds a control character");
        }
        return text.isEmpty() ? null : text;
    }

    private static double multiplier(JsonParser parser) throws IOException {
        double multiplier = RecordFields.number(parser, Reason.BAD_MULTIPLIER, "multiplier");
        if (!(multiplier > 0)) {
            throw new InvalidRecord(Reason.BAD_MULTIPLIER, "multiplier is " + multiplier + "; expected above zero");
        }
        RecordLimits.expectInRange(multiplier, Reason.BAD_MULTIPLIER, "multiplier");
        return multiplier;
    }
}
