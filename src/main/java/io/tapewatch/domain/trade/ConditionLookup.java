package io.tapewatch.domain.trade;

import io.tapewatch.domain.ZonedDays;
import io.tapewatch.domain.trade.ConditionTable.Row;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of sale conditions of one task, ready to be asked by the tape of an instrument. Not thread-safe. */
public final class ConditionLookup {

    private final ConditionTable table;
    private final ConditionCounts counts;
    private final ZonedDays days;
    private final Set<String> tapes = new HashSet<>();
    private final Map<String, TapeCodes> byTape = new HashMap<>();
    private final TapeCodes ofNoTape;

    /** @param counts hears of what is asked */
    public ConditionLookup(ConditionTable table, ConditionCounts counts) {
        this.table = table;
        this.counts = counts;
        this.days = new ZonedDays(ZoneId.of(table.zone()));
        for (Row row : table.rows()) {
            if (row.tape() != null) {
                tapes.add(row.tape());
            }
        }
        this.ofNoTape = new TapeCodes(table, null, counts);
    }

    /**
     * The codes of a tape.
     *
     * @param tape that of the instrument, or null. One that the table does not have is no tape; {@code 1}, {@code 2} and
     *     {@code 3} are A, B and C, as Massive has them
     */
    public TapeCodes ofTape(@Nullable String tape) {
        String known = tape == null ? null : known(tape);
        return known == null ? ofNoTape : byTape.computeIfAbsent(known, name -> new TapeCodes(table, name, counts));
    }

    private @Nullable String known(String tape) {
        if (tapes.contains(tape)) {
            return tape;
        }
        String letter =
                switch (tape) {
                    case "1", "a" -> "A";
                    case "2", "b" -> "B";
                    case "3", "c" -> "C";
                    default -> tape;
                };
        return tapes.contains(letter) ? letter : null;
    }

    /** The days of which a print can be the first. */
    ZonedDays days() {
        return days;
    }
}
