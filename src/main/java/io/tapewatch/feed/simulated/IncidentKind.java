package io.tapewatch.feed.simulated;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What can be planted in a simulated market. */
public enum IncidentKind {
    /** The price leaps, stays where it is for minutes, and wears off. */
    SPIKE("spike", "percent"),
    /** The price falls within a minute or so and comes back as fast. */
    FLASH_CRASH("flash-crash", "percent"),
    /** The price is driven up on heavy volume and let fall. */
    PUMP_AND_DUMP("pump-and-dump", "percent"),
    /** Far more is traded than usual, at the usual price. */
    VOLUME_BURST("volume-burst", "times"),
    /** Nothing is traded or quoted. */
    SILENCE("silence", "seconds"),
    /** One trade outside the quote. */
    OFF_QUOTE_PRINT("off-quote-print", "bps"),
    /** One large trade at a wrong price. */
    FAT_FINGER("fat-finger", "percent");

    private final String word;
    private final String unit;

    IncidentKind(String word, String unit) {
        this.word = word;
        this.unit = unit;
    }

    /** How commands and lists spell it: {@code flash-crash}. */
    public String word() {
        return word;
    }

    /** What an {@link Incident#size()} of it counts: {@code percent}, {@code times}, {@code seconds} or {@code bps}. */
    public String unit() {
        return unit;
    }

    /**
     * The kind that is spelt so.
     *
     * @throws IllegalArgumentException if there is none, naming all there are
     */
    public static IncidentKind parse(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no incident '" + word + "'; expected one of "
                        + Arrays.stream(values()).map(IncidentKind::word).collect(Collectors.joining(", "))));
    }
}
