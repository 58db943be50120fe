package io.tapewatch.cli;

import java.util.List;

/** The lines of a table, and how records of a kind stand in it. */
interface Layout {

    /** What stands above all of them, if anything. */
    default List<String> heading() {
        return List.of();
    }

    /** The lines of a record, at least one. */
    List<String> lines(Received record);

    /** One of these lines in its colour. */
    default String paint(Received record, String line) {
        return line;
    }
}
