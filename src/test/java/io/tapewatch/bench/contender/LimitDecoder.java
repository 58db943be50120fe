package io.tapewatch.bench.contender;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;

/**
 * The decoder of prices as it was on 2026-11-30, when the benchmark was made: what the product is measured against must not
 * move when its own decoder gets better. So it is a copy that nothing else uses, and that is never changed. It does for each record what
 * the product's did: it looks up each name, takes no name twice, reads each value, checks the symbol and all ranges, and makes
 * one object with what it found. It differs in one thing: what it does not take it throws.
 */
public final class LimitDecoder {

    private static final int SYMBOL = 1 << 1;
    private static final int PRICE = 1 << 2;
    private static final int SIZE = 1 << 3;
    private static final int TIME = 1 << 4;
    private static final int ID = 1 << 5;
    private static final int SEQ = 1 << 6;
    private static final int SIDE = 1 << 7;
    private static final int VENUE = 1 << 8;
    private static final int CONDITIONS = 1 << 9;
    private static final int TYPE = 1 << 10;
    private static final int HEARTBEAT = 1 << 11;

    private static final String[] NAMES = {
        "symbol", "price", "size", "time", "id", "seq", "side", "venue", "conditions", "type", "heartbeat"
    };

    private static final double SMALLEST = 1e-12;
    private static final double LARGEST = 1e12;
    private static final long EARLIEST = 100_000_000_000L;
    private static final long AFTER_LATEST = 4_100_000_000_000L;
    private static final long MAX_FUTURE = 60_000;
    private static final int MAX_SYMBOL = 64;
    private static final String FIRST_OF_SYMBOL = "^.$/#@";
    private static final String IN_SYMBOL = "._=^:/+&@#$!-";

    private final String[] names = new String[64];
    private final int[] fields = new int[64];
    private final JsonFactory json = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    public LimitDecoder() {
        for (int i = 0; i < NAMES.length; i++) {
            int place = placeOf(NAMES[i]);
            names[place] = NAMES[i];
            fields[place] = 1 << i + 1;
        }
    }

    /** Where a record was found. */
    public record Found(int partition, long offset, long timestamp, int timestampType) {}

    /** What a record says. */
    public record Trade(
            String symbol,
            double price,
            double size,
            long time,
            String id,
            long seq,
            Boolean isBuy,
            String venue,
            String conditions,
            Found found) {}

    /** @throws IllegalArgumentException if it is no trade, with what is wrong */
    public Trade decode(byte[] value, int partition, long offset, long timestamp, int timestampType)
            throws IOException {
        Found found = new Found(partition, offset, timestamp, timestampType);
        try (JsonParser parser = json.createParser(value)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT, "no object");
            return object(parser, found);
        }
    }

    private Trade object(JsonParser parser, Found found) throws IOException {
        int seen = 0;
        String symbol = null;
        double price = Double.NaN;
        double size = Double.NaN;
        long time = found.timestamp;
        String id = null;
        long seq = Long.MIN_VALUE;
        Boolean isBuy = null;
        String venue = null;
        String conditions = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            int place = placeOf(parser.currentName());
            int field = names[place] == null ? 0 : fields[place];
            expect(field != 0, "a name that is not known");
            expect((seen & field) == 0, "a name that stands there twice");
            seen |= field;
            if (parser.nextToken() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (field) {
                case SYMBOL -> symbol = string(parser);
                case PRICE -> price = number(parser);
                case SIZE -> size = number(parser);
                case TIME -> time = parser.getLongValue();
                case ID -> id = text(parser);
                case SEQ -> seq = parser.getLongValue();
                case SIDE -> isBuy = isBuy(text(parser));
                case VENUE -> venue = text(parser);
                case CONDITIONS -> conditions = text(parser);
                case TYPE -> expect(text(parser).equals("trade"), "another type");
                case HEARTBEAT -> throw new IllegalArgumentException("a heartbeat");
                default -> throw new IllegalStateException();
            }
        }
        expect(parser.nextToken() == null, "something follows");
        expect(symbol != null, "no symbol");
        expectSymbol(symbol);
        expect(price > 0, "price not above zero");
        expectInRange(price);
        if (!Double.isNaN(size)) {
            expect(size >= 0, "size below zero");
            expectInRange(size);
        }
        expect(time >= EARLIEST && time < AFTER_LATEST, "time out of range");
        expect(time - MAX_FUTURE <= found.timestamp, "time in the future");
        return new Trade(symbol, price + 0.0, size + 0.0, time, id, seq, isBuy, venue, conditions, found);
    }

    private int placeOf(String name) {
        int hash = name.hashCode();
        int place = (hash ^ hash >>> 16) & names.length - 1;
        while (names[place] != null && !names[place].equals(name)) {
            place = place + 1 & names.length - 1;
        }
        return place;
    }

    private static String string(JsonParser parser) throws IOException {
        expect(parser.currentToken() == JsonToken.VALUE_STRING, "no string");
        return parser.getText();
    }

    private static String text(JsonParser parser) throws IOException {
        expect(
                parser.currentToken() == JsonToken.VALUE_STRING
                        || parser.currentToken().isNumeric(),
                "no text");
        String text = parser.getText();
        for (int i = 0; i < text.length(); i++) {
            expect(!Character.isSurrogate(text.charAt(i)), "a surrogate");
        }
        return text;
    }

    private static double number(JsonParser parser) throws IOException {
        expect(parser.currentToken().isNumeric(), "no number");
        double number = parser.getDoubleValue();
        expect(!Double.isNaN(number), "NaN");
        return number;
    }

    private static boolean isBuy(String side) {
        boolean isBuy = side.equalsIgnoreCase("buy");
        expect(isBuy || side.equalsIgnoreCase("sell"), "another side");
        return isBuy;
    }

    private static void expectInRange(double number) {
        double magnitude = Math.abs(number);
        expect(magnitude <= LARGEST && (magnitude >= SMALLEST || magnitude == 0), "a number out of range");
    }

    private static void expectSymbol(String symbol) {
        expect(!symbol.isEmpty() && symbol.length() <= MAX_SYMBOL, "the length of the symbol");
        for (int i = 0; i < symbol.length(); i++) {
            char c = symbol.charAt(i);
            boolean isLetterOrDigit = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            expect(
                    isLetterOrDigit || (i == 0 ? FIRST_OF_SYMBOL : IN_SYMBOL).indexOf(c) >= 0,
                    "a character of the symbol");
        }
    }

    private static void expect(boolean holds, String wrong) {
        if (!holds) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
