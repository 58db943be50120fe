package io.tapewatch.domain;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Whole numbers in as many bytes as they need: seven bits to a byte, the lowest first, the top bit set in all but the
 * last (LEB128). A number that may be negative is folded first, so that those near zero stay short: 0, −1, 1, −2, …
 */
public final class Varint {

    private Varint() {}

    /** Writes a number; one below zero takes ten bytes. */
    public static void write(DataOutput out, long value) throws IOException {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.writeByte((int) rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    /** Reads what {@link #write} has written. */
    public static long read(DataInput in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.readByte();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("Not a number: more than ten bytes long");
    }

    /** Writes a number that is as likely below zero as above. */
    public static void writeSigned(DataOutput out, long value) throws IOException {
        write(out, (value << 1) ^ (value >> 63));
    }

    /** Reads what {@link #writeSigned} has written. */
    public static long readSigned(DataInput in) throws IOException {
        long folded = read(in);
        return (folded >>> 1) ^ -(folded & 1);
    }
}
