package io.tapewatch.io.json;

import static io.tapewatch.domain.Printable.printable;
import static io.tapewatch.io.json.FieldNames.name;

import com.fasterxml.jackson.core.JsonParser;
import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.Instrument;
import io.tapewatch.domain.InstrumentChange;
import io.tapewatch.domain.Rejection.Reason;
import io.tapewatch.domain.Symbols;
import io.tapewatch.domain.exact.Decimal;
import io.tapewatch.domain.exact.DecimalReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The decoder of instruments as JSON objects, or without a value: a record is a change or a rejection. */
public final class InstrumentDecoder extends JsonDecoder {

    static final FieldNames NAMES = FieldNames.of(
            name("symbol", RecordField.SYMBOL),
            name("venue", RecordField.VENUE),
            name("type", RecordField.TYPE),
            name("name", RecordField.NAME),
            name("currency", RecordField.CURRENCY),
            name("sector", RecordField.SECTOR),
            name("multiplier", RecordField.MULTIPLIER),
            name("tape", RecordField.TAPE));

    private InstrumentDecoder(String topic, int maxBytes, DecoderCounters counters) {
        super(topic, maxBytes, NAMES, counters);
    }

    /** @param maxBytes the longest value that is read, in bytes */
    public static DecoderFactory factory(int maxBytes) {
        return (topic, counters) -> new InstrumentDecoder(topic, maxBytes, counters);
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
        Decimal multiplier = Instrument.ONE;
        String tape = null;

        for (int field = nextField(parser); field != RecordField.END; field = nextField(parser)) {
            switch (field) {
                case RecordField.SYMBOL -> symbolOfValue = readSymbol(parser);
                case RecordField.NAME -> name = text(parser, "name");
                case RecordField.CURRENCY -> currency = text(parser, "currency");
                case RecordField.TYPE -> type = text(parser, "type");
                case RecordField.SECTOR -> sector = text(parser, "sector");
                case RecordField.VENUE -> venue = text(parser, "venue");
                case RecordField.MULTIPLIER -> multiplier = multiplier(parser);
                case RecordField.TAPE -> tape = text(parser, "tape");
                default -> throw new IllegalStateException("field " + field);
            }
        }
        String symbol = symbol(symbolOfValue);
        // Compaction goes by the key: it would keep the wrong entry.
        if (hasKey() && !symbol.equals(Symbols.trimmed(key()))) {
            throw new InvalidRecord(
                    Reason.BAD_SYMBOL,
                    "symbol is \"" + symbol + "\"; expected the record's key, which is \"" + printable(key()) + '"');
        }
        return new InstrumentChange(
                symbol, new Instrument(symbol, name, currency, type, sector, venue, multiplier, tape), origin());
    }

    /** The current value as a text that outputs can carry, or null where it is empty. */
    private static @Nullable String text(JsonParser parser, String name) throws IOException {
        String text = FieldValues.text(parser, name);
        int length = text.codePointCount(0, text.length());
        if (length > Instrument.MAX_TEXT) {
            throw new InvalidRecord(
                    Reason.TOO_LARGE,
                    name + " has " + length + " characters; at most " + Instrument.MAX_TEXT + " are kept");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRecord(
                    Reason.MALFORMED_JSON,
                    name + " is " + FieldValues.describe(parser) + ", which holds a control character");
        }
        return text.isEmpty() ? null : text;
    }

    private Decimal multiplier(JsonParser parser) throws IOException {
        DecimalReader number = numberToCheck(parser, Reason.BAD_MULTIPLIER, "multiplier");
        if (number.units() <= 0 || number.scale() > Instrument.MAX_SCALE || number.isRounded()) {
            throw new InvalidRecord(
                    Reason.BAD_MULTIPLIER,
                    "multiplier is " + FieldValues.describe(parser)
                            + "; expected a number above zero with at most 18 digits, " + Instrument.MAX_SCALE
                            + " of them decimals");
        }
        return new Decimal(number.units(), number.scale());
    }
}
