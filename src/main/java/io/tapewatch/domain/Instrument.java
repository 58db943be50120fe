package io.tapewatch.domain;

import io.tapewatch.domain.exact.Decimal;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an instrument besides its symbol.
 *
 * @param symbol the instrument
 * @param name its name
 * @param currency the currency of its prices
 * @param type what kind of instrument it is, such as {@code equity} or {@code perpetual}
 * @param sector its sector
 * @param venue where it is listed, an ISO 10383 MIC at best
 * @param multiplier how many units of the underlying a size of one stands for, above zero, at most {@link #MAX_SCALE} decimals; turnover and notional are
 *     multiplied by it
 * @param tape the consolidated tape it is reported on, such as {@code A}: sale conditions mean different things on different tapes
 */
public record Instrument(
        String symbol,
        @Nullable String name,
        @Nullable String currency,
        @Nullable String type,
        @Nullable String sector,
        @Nullable String venue,
        Decimal multiplier,
        @Nullable String tape) {

    /** What {@link #readFrom} can read. */
    private static final int LAYOUT = 1;

    /** What {@link #multiplier} is of an instrument that does not say. */
    public static final Decimal ONE = Decimal.ONE;

    /** The most decimals of a multiplier: turnovers are multiplied by it, and stay exact. */
    public static final int MAX_SCALE = 9;

    /** The longest name, currency, type, sector, venue or tape, in characters. */
    public static final int MAX_TEXT = 100;

    public Instrument {
        Objects.requireNonNull(symbol, "symbol");
        if (multiplier.sign() <= 0) {
            throw new IllegalArgumentException("a multiplier is above zero, not " + multiplier);
        }
        if (multiplier.scale() > MAX_SCALE) {
            throw new IllegalArgumentException(
                    "a multiplier has at most " + MAX_SCALE + " decimals, not " + multiplier.scale());
        }
    }

    /** An instrument of which no tape is known. */
    public Instrument(
            String symbol,
            @Nullable String name,
            @Nullable String currency,
            @Nullable String type,
            @Nullable String sector,
            @Nullable String venue,
            Decimal multiplier) {
        this(symbol, name, currency, type, sector, venue, multiplier, null);
    }

    /** An instrument of which nothing is known but its symbol. */
    public static Instrument unknown(String symbol) {
        return new Instrument(symbol, null, null, null, null, null, ONE, null);
    }

    /** Itself, or null when nothing is known but its symbol. */
    public @Nullable Instrument orNull() {
        boolean isUnknown = name == null
                && currency == null
                && type == null
                && sector == null
                && venue == null
                && multiplier.equals(ONE)
                && tape == null;
        return isUnknown ? null : this;
    }

    /** Writes it as {@link #readFrom} reads it. */
    public void writeTo(DataOutput out) throws IOException {
        out.writeByte(LAYOUT);
        out.writeUTF(symbol);
        for (String text : new String[] {name, currency, type, sector, venue, tape}) {
            out.writeBoolean(text != null);
            if (text != null) {
                out.writeUTF(text);
            }
        }
        multiplier.writeTo(out);
    }

    public static Instrument readFrom(DataInput in) throws IOException {
        int layout = in.readUnsignedByte();
        if (layout != LAYOUT) {
            throw new IOException("layout " + layout + " of an instrument was written by another release");
        }
        String symbol = in.readUTF();
        String name = readText(in);
        String currency = readText(in);
        String type = readText(in);
        String sector = readText(in);
        String venue = readText(in);
        String tape = readText(in);
        return new Instrument(symbol, name, currency, type, sector, venue, Decimal.readFrom(in), tape);
    }

    private static @Nullable String readText(DataInput in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }
}
