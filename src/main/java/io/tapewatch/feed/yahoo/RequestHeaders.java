package io.tapewatch.feed.yahoo;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Headers that go with each request. Their values may be secret: they are told to nobody else, nor are they in messages. */
public final class RequestHeaders {

    private final Map<String, String> values;

    private RequestHeaders(Map<String, String> values) {
        this.values = values;
    }

    /** None. */
    public static RequestHeaders none() {
        return new RequestHeaders(Map.of());
    }

    /**
     * Reads lines such as {@code Cookie: …}. Lines that are blank or begin with {@code #} say nothing.
     *
     * @param lines the lines of a file
     * @throws IllegalArgumentException if one is no header, or one that cannot be set; the message names the line and
     *     tells no value
     */
    public static RequestHeaders parse(List<String> lines) {
        Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    add(line, values);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("line " + (i + 1) + ": " + e.getMessage(), e);
                }
            }
        }
        return new RequestHeaders(values);
    }

    private static void add(String line, Map<String, String> values) {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("expected a header such as Cookie: VALUE, found a line without a name");
        }
        String name = line.substring(0, colon);
        String value = line.substring(colon + 1).strip();
        if (!canBeSet(name, "x")) {
            throw new IllegalArgumentException("what is before the colon is no header's name, or one that the request"
                    + " sets itself, such as Host");
        }
        if (name.toLowerCase(Locale.ROOT).equals("accept-encoding")) {
            throw new IllegalArgumentException("leave Accept-Encoding out: answers are read as they come");
        }
        if (value.isEmpty() || !canBeSet(name, value)) {
            throw new IllegalArgumentException("expected a value for " + name + " of one or more visible characters");
        }
        if (values.put(name, value) != null) {
            throw new IllegalArgumentException(name + " is there twice; leave one of them out");
        }
    }

    /** Whether a request can carry such a header. */
    public static boolean canBeSet(String name, String value) {
        try {
            HttpRequest.newBuilder(URI.create("http://localhost")).setHeader(name, value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** Sets them, in place of those of the same name. */
    void setOn(HttpRequest.Builder request) {
        values.forEach(request::setHeader);
    }

    /** Their names. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
