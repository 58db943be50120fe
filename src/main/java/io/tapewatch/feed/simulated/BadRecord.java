package io.tapewatch.feed.simulated;

import io.tapewatch.feed.PriceRow;
import io.tapewatch.feed.RawRow;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.commons.rng.UniformRandomProvider;

/** A record of prices that cannot be used: a tick in which one thing is wrong. Their order is part of what a seed means. */
enum BadRecord {
    CUT_OFF("{\"symbol\":\"%1$s\",\"price\":%2$s,\"si"),
    NO_PRICE("{\"symbol\":\"%1$s\",\"size\":%3$s,\"time\":%4$d}"),
    COMMA_IN_SYMBOL("{\"symbol\":\"%1$s,X\",\"price\":%2$s,\"size\":%3$s,\"time\":%4$d}"),
    WORDS_FOR_PRICE("{\"symbol\":\"%1$s\",\"price\":\"n/a\",\"size\":%3$s,\"time\":%4$d}"),
    NEGATIVE_SIZE("{\"symbol\":\"%1$s\",\"price\":%2$s,\"size\":-%3$s,\"time\":%4$d}"),
    TIME_IN_SECONDS("{\"symbol\":\"%1$s\",\"price\":%2$s,\"size\":%3$s,\"time\":%5$d}"),
    CLOCK_IN_2099("{\"symbol\":\"%1$s\",\"price\":%2$s,\"size\":%3$s,\"time\":\"2099-11-30T00:00:00.000Z\"}"),
    NOTHING(""),
    CANCEL("{\"symbol\":\"%1$s\",\"price\":%2$s,\"size\":%3$s,\"time\":%4$d,\"type\":\"cancel\"}");

    private static final BadRecord[] ALL = values();

    private final String format;

    BadRecord(String format) {
        this.format = format;
    }

    /** Any of them. */
    static BadRecord of(UniformRandomProvider random) {
        return ALL[random.nextInt(ALL.length)];
    }

    /** What this tick has become. */
    RawRow of(PriceRow tick) {
        String value = String.format(
                Locale.ROOT, format, tick.symbol(), tick.price(), tick.size(), tick.time(), tick.time() / 1000);
        return new RawRow(tick.symbol(), value.getBytes(StandardCharsets.UTF_8), tick.time());
    }
}
