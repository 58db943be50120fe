package io.tapewatch.io.json;

/** What makes the counters of a decoder: of things in good records that their producer should hear of. */
@FunctionalInterface
public interface DecoderCounters {

    /**
     * Makes what counts the records with a field that is not read.
     *
     * @param label that of the field's name
     */
    Runnable unknownFields(String label);

    /**
     * Makes what counts the numbers that had more digits than are kept, and were rounded.
     *
     * @param field the name of their field
     */
    default Runnable roundedNumbers(String field) {
        return () -> {};
    }

    /** Makes what counts the trades whose side says neither that they bought nor that they sold. */
    default Runnable unknownSides() {
        return () -> {};
    }
}
