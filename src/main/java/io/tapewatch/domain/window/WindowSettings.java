package io.tapewatch.domain.window;

import java.io.Serializable;
import java.util.Map;

/**
 * The settings of the windows.
 *
 * @param list the windows, such as {@code 1m,1h}
 * @param allowedLateness how long after its end a window may still change, in milliseconds
 * @param latenessOf the lateness of windows that differ from that, by the window's canonical name
 * @param reviseEvery the least event time between two revisions of a window, in milliseconds
 * @param previousCloseMaxAge how long before a window the one may have ended that it is compared with, in milliseconds
 */
public record WindowSettings(
        String list, long allowedLateness, Map<String, Long> latenessOf, long reviseEvery, long previousCloseMaxAge)
        implements Serializable {

    public WindowSettings {
        latenessOf = Map.copyOf(latenessOf);
    }

    /** How long after its end a window may still change, in milliseconds. */
    public long latenessOf(String window) {
        return latenessOf.getOrDefault(window, allowedLateness);
    }

    public Windows newWindows() {
        return new Windows(WindowSpec.parseList(list), allowedLateness, latenessOf, reviseEvery, previousCloseMaxAge);
    }
}
