package io.tapewatch.io.json;

/**
 * The fields of prices, quotes and instruments, as bits: which of them a record has is one number, and a field that stands
 * there twice is seen at once. What they are called is for each format to say, in its {@link FieldNames}. The bits from 26
 * on are free for fields that one format alone has.
 */
final class RecordField {

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
    static final int TAPE = 1 << 20;

    static final int NEW_ID = 1 << 24;
    static final int OF_TIME = 1 << 25;

    private RecordField() {}
}
