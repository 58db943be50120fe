package io.tapewatch.domain.trade;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table of sale conditions: what a print with a code may update. It is read once, where the job is submitted, and travels with
 * the job.
 *
 * @param name what a person calls it: its name, or its file
 * @param zone the time zone whose days are meant by the first print of a day
 * @param rows the codes
 * @param numbers what the codes of a print mean if one of them is a number of two digits or more; none if such numbers are
 *     codes as any others
 */
public record ConditionTable(String name, String zone, List<Row> rows, List<Row> numbers) implements Serializable {

    /**
     * A code and what it allows.
     *
     * @param tape the tape on which the code means this, or null: every tape
     */
    public record Row(@Nullable String tape, String code, Eligibility eligibility) implements Serializable {
        public Row {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(eligibility, "eligibility");
            if (code.isBlank() || !code.equals(code.strip()) || code.indexOf(',') >= 0) {
                throw new IllegalArgumentException(
                        "'" + code + "' is no code; a code has no comma, and no space around it");
            }
        }

        /** The code as a person would name it. */
        private String inWords() {
            return code + (tape == null ? "" : " of tape " + tape);
        }
    }

    /** @throws IllegalArgumentException if a code stands there twice, or there is no such zone */
    public ConditionTable {
        Objects.requireNonNull(name, "name");
        requireZone(zone);
        rows = onceEach(rows);
        numbers = onceEach(numbers);
    }

    /** A table whose numbers are codes as any others. */
    public ConditionTable(String name, String zone, List<Row> rows) {
        this(name, zone, rows, List.of());
    }

    /** Whether this is a table of ours, and not of a file. */
    public boolean isBuiltIn() {
        return name.equals(UsConsolidated.NAME);
    }

    private static List<Row> onceEach(List<Row> rows) {
        Set<String> seen = new HashSet<>();
        for (Row row : rows) {
            if (!seen.add(row.inWords())) {
                throw new IllegalArgumentException("code " + row.inWords() + " stands there twice");
            }
        }
        return List.copyOf(rows);
    }

    /** @throws IllegalArgumentException if there is no such zone */
    static ZoneId requireZone(String zone) {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + zone + "' is no time zone; expected one such as America/New_York", e);
        }
    }
}
