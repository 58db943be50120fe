package io.tapewatch.settings;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.window.WindowSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Readers of those settings that are texts with a form of their own. */
final class SettingTexts {

    /** Times and durations add up without overflow. */
    static final Duration LONGEST = Duration.ofDays(36_500);

    static final String LONGEST_TEXT = "36500d";

    private SettingTexts() {}

    /** @throws DateTimeException if it is no time with an offset */
    static long epochMillis(String isoTime) {
        return OffsetDateTime.parse(isoTime).toInstant().toEpochMilli();
    }

    static boolean isTime(String text) {
        try {
            epochMillis(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    static boolean isReadableFile(String text) {
        return Files.isReadable(Path.of(text)) && !Files.isDirectory(Path.of(text));
    }

    /** Names and patterns of symbols. */
    static List<String> symbols(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    /**
     * The lateness of single windows in milliseconds, by the window's canonical name.
     *
     * @throws IllegalArgumentException if the text is not a list of those
     */
    static Map<String, Long> lateness(String text) {
        Map<String, Long> lateness = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int colon = part.lastIndexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("'" + part + "'; expected window:duration, such as 1s:1m");
            }
            String window = WindowSpec.parse(part.substring(0, colon)).name();
            long millis = Durations.parse(part.substring(colon + 1));
            if (millis > LONGEST.toMillis()) {
                throw new IllegalArgumentException("'" + part + "'; expected at most " + LONGEST_TEXT);
            }
            lateness.put(window, millis);
        }
        return lateness;
    }
}
