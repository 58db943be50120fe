package io.tapewatch.domain.trade;

import io.tapewatch.domain.Tick;
import org.jspecify.annotations.Nullable;

/**
 * The name of a trade among those of its symbol: a hash of its venue and its id, of 128 bits. Among 10 billion trades of one
 * symbol, two share a hash with a probability below 10⁻¹⁸.
 *
 * @param high the one half
 * @param low the other half
 */
public record TradeId(long high, long low) {

    private static final long FIRST = 0x87c37b91114253d5L;
    private static final long SECOND = 0x4cf5ad432745937fL;

    /** What stands between the venue and the id; no character of either. */
    private static final int SEPARATOR = 0x10000;

    /**
     * The name of a trade.
     *
     * @param venue where it traded, or null if it does not say
     * @param id the producer's id of it
     */
    public static TradeId of(@Nullable String venue, String id) {
        long high = venue == null ? 1 : 2;
        long low = id.length();
        if (venue != null) {
            for (int i = 0; i < venue.length(); i++) {
                high = mixFirst(high, low, venue.charAt(i));
                low = mixSecond(low, high, venue.charAt(i));
            }
            high = mixFirst(high, low, SEPARATOR);
            low = mixSecond(low, high, SEPARATOR);
        }
        for (int i = 0; i < id.length(); i++) {
            high = mixFirst(high, low, id.charAt(i));
            low = mixSecond(low, high, id.charAt(i));
        }
        high += low;
        low += high;
        high = avalanche(high);
        low = avalanche(low);
        high += low;
        return new TradeId(high, low + high);
    }

    /** The name of a trade, or null if it has no id. */
    public static @Nullable TradeId of(Tick trade) {
        String id = trade.id();
        return id == null ? null : of(trade.venue(), id);
    }

    // The steps of MurmurHash3 x64 128 (Austin Appleby), a character at a time.

    private static long mixFirst(long hash, long other, int character) {
        long block = Long.rotateLeft(character * FIRST, 31) * SECOND;
        return (Long.rotateLeft(hash ^ block, 27) + other) * 5 + 0x52dce729;
    }

    private static long mixSecond(long hash, long other, int character) {
        long block = Long.rotateLeft(character * SECOND, 33) * FIRST;
        return (Long.rotateLeft(hash ^ block, 31) + other) * 5 + 0x38495ab5;
    }

    private static long avalanche(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }
}
