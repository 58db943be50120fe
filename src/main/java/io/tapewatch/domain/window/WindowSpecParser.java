package io.tapewatch.domain.window;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.Printable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@link WindowSpec}s as people write them. Blanks may stand around every part. */
final class WindowSpecParser {

    private static final String A_ZONE = "write an IANA zone such as America/New_York";

    private static final Pattern OFFSET = Pattern.compile("(UTC|GMT|UT|Z)?[+-][0-9][0-9:]*");

    private WindowSpecParser() {}

    static List<WindowSpec> parseList(String text) {
        String[] parts = text.split(",", -1);
        if (parts.length > WindowSpec.MAX_WINDOWS) {
            throw new IllegalArgumentException(parts.length + " windows; at most " + WindowSpec.MAX_WINDOWS);
        }
        List<WindowSpec> specs = new ArrayList<>();
        for (String part : parts) {
            WindowSpec spec = parse(part);
            for (WindowSpec other : specs) {
                checkDiffer(part, spec, other);
            }
            specs.add(spec);
        }
        return specs;
    }

    private static void checkDiffer(String part, WindowSpec spec, WindowSpec other) {
        if (spec.equals(other)) {
            throw new IllegalArgumentException(window(part) + " is listed twice: it is " + other.name());
        }
        if (spec.hasTheWindowsOf(other)) {
            throw new IllegalArgumentException(window(part) + " is listed twice: it is " + other.name()
                    + ", as the two zones have the same rules");
        }
    }

    static WindowSpec parse(String text) {
        try {
            int at = text.indexOf('@');
            return at < 0
                    ? parseWithoutZone(text)
                    : parseWithZone(
                            text.substring(0, at), text.substring(at + 1).strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(window(text) + ": " + e.getMessage(), e);
        }
    }

    private static String window(String text) {
        return "window '" + Printable.printable(text.strip()) + "'";
    }

    private static WindowSpec parseWithoutZone(String text) {
        int slash = text.indexOf('/');
        int plus = text.indexOf('+');
        if (slash >= 0 && plus >= 0) {
            throw new IllegalArgumentException(hoppingOrSliding(text)
                    + " window does not cumulate; expected either / or +, such as 5m/1m or 5m+1m");
        }
        if (slash < 0 && plus < 0) {
            return WindowSpec.tumbling(duration(text));
        }
        int sign = Math.max(slash, plus);
        long length = duration(text.substring(0, sign));
        String step = text.substring(sign + 1).strip();
        if (plus >= 0) {
            return WindowSpec.cumulating(length, duration(step));
        }
        if (step.equals("tick")) {
            return WindowSpec.sliding(length);
        }
        if (step.equalsIgnoreCase("tick")) {
            throw new IllegalArgumentException("there is no step " + Printable.quoted(step) + "; write tick");
        }
        return WindowSpec.hopping(length, duration(step));
    }

    private static WindowSpec parseWithZone(String length, String zoneAndStep) {
        if (length.indexOf('/') >= 0) {
            throw hasNoZone(length);
        }
        if (length.indexOf('+') >= 0) {
            throw new IllegalArgumentException(
                    "the step stands before the zone; expected it after, as in 1d@America/New_York+1m");
        }
        // A zone may have a plus in its name: Etc/GMT+5.
        boolean isWholeZone = isZone(zoneAndStep) || OFFSET.matcher(zoneAndStep).matches();
        int plus = isWholeZone ? -1 : zoneAndStep.lastIndexOf('+');
        ZoneId zone =
                zone(plus < 0 ? zoneAndStep : zoneAndStep.substring(0, plus).strip());
        if (duration(length) != WindowSpec.DAY) {
            throw new IllegalArgumentException("a zone goes with a day only; expected 1d@" + zone.getId() + ", or "
                    + length.strip() + " without a zone");
        }
        return plus < 0
                ? WindowSpec.day(zone)
                : WindowSpec.cumulatingDay(zone, duration(zoneAndStep.substring(plus + 1)));
    }

    private static IllegalArgumentException hasNoZone(String text) {
        return new IllegalArgumentException(hoppingOrSliding(text)
                + " window has no zone; expected 5m/1m or 5m/tick without one, or a day such as 1d@America/New_York");
    }

    private static String hoppingOrSliding(String text) {
        return text.substring(text.lastIndexOf('/') + 1).strip().startsWith("tick") ? "a sliding" : "a hopping";
    }

    private static ZoneId zone(String id) {
        if (isZone(id)) {
            return ZoneId.of(id);
        }
        if (id.isEmpty()) {
            throw new IllegalArgumentException("no zone after the @; " + A_ZONE);
        }
        if (OFFSET.matcher(id).matches()) {
            throw new IllegalArgumentException(Printable.quoted(id) + " is an offset and no zone; " + A_ZONE);
        }
        int slash = id.lastIndexOf('/');
        if (slash >= 0 && isZone(id.substring(0, slash).strip())) {
            throw hasNoZone(id);
        }
        throw new IllegalArgumentException("there is no zone " + Printable.quoted(id) + "; "
                + nearly(id).map(right -> "write " + right).orElse(A_ZONE));
    }

    private static boolean isZone(String id) {
        return zones().contains(id);
    }

    /** The zone that {@code id} would be but for small and capital letters, and blanks for underscores. */
    private static Optional<String> nearly(String id) {
        String underscored = id.replace(' ', '_');
        return zones().stream()
                .filter(right -> right.equalsIgnoreCase(underscored))
                .findFirst();
    }

    private static Set<String> zones() {
        Set<String> zones = ZoneId.getAvailableZoneIds();
        zones.add("Z");
        return zones;
    }

    private static long duration(String text) {
        return Durations.parse(text.strip());
    }
}
