package io.tapewatch.io.sink;

/** What ends a line of a CSV file. */
public enum LineEnding {
    /** A line feed, as tools on Unix expect. */
    LF("lf", "\n"),
    /** A carriage return and a line feed, as RFC 4180 has it. */
    CRLF("crlf", "\r\n");

    private final String name;
    private final String characters;

    LineEnding(String name, String characters) {
        this.name = name;
        this.characters = characters;
    }

    String characters() {
        return characters;
    }

    @Override
    public String toString() {
        return name;
    }
}
