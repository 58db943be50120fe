package io.tapewatch.io.json;

import java.util.ArrayList;
import java.util.List;

/**
 * The fields of prices, quotes and instruments, as bits: which of them a kind of record has is one number, and a field
 * that stands there twice is seen at once.
 */
final class RecordField {

    /** The names of all fields. */
    private static final List<String> NAMES = List.of(
            "symbol",
            "price",
            "size",
            "time",
            "id",
            "seq",
            "side",
            "venue",
            "conditions",
            "type",
            "heartbeat",
            "bid",
            "bidSize",
            "ask",
            "askSize",
            "name",
            "currency",
            "sector",
            "multiplier");

    /** No field: the object has ended. */
    static final int END = 0;

    static final int OTHER = 1;
    static final int SYMBOL = 1 << 1;
    static final int PRICE = 1 << 2;
    static final int SIZE = 1 << 3;
    static final int TIME = 1 << 4;
    static final int ID = 1 << 5;
    static final int SEQ = 1 << 6;
    static final int SIDE = 1 << 7;
    static final int VENUE = 1 << 8;
    static final int CONDITIONS = 1 << 9;
    static final int TYPE = 1 << 10;
    static final int HEARTBEAT = 1 << 11;
    static final int BID = 1 << 12;
    static final int BID_SIZE = 1 << 13;
    static final int ASK = 1 << 14;
    static final int ASK_SIZE = 1 << 15;
    static final int NAME = 1 << 16;
    static final int CURRENCY = 1 << 17;
    static final int SECTOR = 1 << 18;
    static final int MULTIPLIER = 1 << 19;

    private RecordField() {}

    /** The names of these fields. */
    static List<String> names(int fields) {
        List<String> names = new ArrayList<>();
        for (String name : NAMES) {
            if ((fields & of(name)) != 0) {
                names.add(name);
            }
        }
        return names;
    }

    /** The field of this name, or {@link #OTHER}. */
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
            case "bid" -> BID;
            case "bidSize" -> BID_SIZE;
            case "ask" -> ASK;
            case "askSize" -> ASK_SIZE;
            case "name" -> NAME;
            case "currency" -> CURRENCY;
            case "sector" -> SECTOR;
            case "multiplier" -> MULTIPLIER;
            default -> OTHER;
        };
    }
}
