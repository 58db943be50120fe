package io.tapewatch.local;

import java.util.Map;

/** The colours that flags have on a terminal, by their severity. */
public final class SeverityColours {

    private static final Map<String, String> COLOURS =
            Map.of("critical", "1;31", "high", "31", "medium", "33", "low", "36");

    private SeverityColours() {}

    /** The line in the colour of a severity, such as {@code high}; as it is where that has none. */
    public static String paint(String severity, String line) {
        String colour = COLOURS.get(severity);
        return colour == null ? line : "\u001b[" + colour + "m" + line + "\u001b[0m";
    }
}
