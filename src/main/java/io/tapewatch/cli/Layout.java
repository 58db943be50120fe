package io.tapewatch.cli;

import java.util.List;
import java.util.Optional;

/** How records of a kind stand on a terminal. */
interface Layout {

    /** What stands above all of them, if anything. */
    default Optional<String> heading() {
        return Optional.empty();
    }

    /** The lines of a record, at least one. */
    List<String> lines(Received record);

    /** One of these lines in its colour. */
    default String paint(Received record, String line) {
        return line;
    }
}
