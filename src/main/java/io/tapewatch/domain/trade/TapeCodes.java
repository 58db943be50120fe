package io.tapewatch.domain.trade;

import io.tapewatch.domain.trade.ConditionTable.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the codes of one tape allow, as a table has them. The codes of a print are one text, in which they are separated by
 * commas; a table whose codes are single characters takes them without commas as well. The same text is read once: after that,
 * it costs a look into a hash table.
 */
public final class TapeCodes {

    /** So many texts are remembered. A feed has some hundred of them. */
    private static final int MOST_TEXTS = 10_000;

    /** The longest text that is remembered, in characters. */
    private static final int LONGEST_TEXT = 64;

    private final @Nullable String tape;
    private final ConditionCounts counts;
    private final Map<String, Code> codes;
    private final Map<String, Code> numbers;
    private final boolean areSingle;
    private final Map<String, Print> texts = new HashMap<>();

    /** @param differs whether the tapes of the table differ on this code, and the tape is not known */
    private record Code(Eligibility eligibility, boolean differs) {}

    private record Print(Eligibility eligibility, boolean isUnknown) {}

    /** @param tape one of the table's, or null: not known */
    TapeCodes(ConditionTable table, @Nullable String tape, ConditionCounts counts) {
        this.tape = tape;
        this.counts = counts;
        this.codes = codesOf(table.rows(), tape);
        this.numbers = codesOf(table.numbers(), tape);
        this.areSingle = table.rows().stream().allMatch(row -> row.code().length() == 1);
    }

    /** What the rows say of a tape, before that what they say of every tape, and without a tape what they say of any. */
    private static Map<String, Code> codesOf(List<Row> rows, @Nullable String tape) {
        Map<String, Code> ofEvery = new HashMap<>();
        Map<String, Code> ofThis = new HashMap<>();
        for (Row row : rows) {
            Code code = new Code(row.eligibility(), false);
            if (row.tape() == null) {
                ofEvery.put(row.code(), code);
            } else if (row.tape().equals(tape)) {
                ofThis.put(row.code(), code);
            } else if (tape == null) {
                ofThis.merge(row.code(), code, TapeCodes::ofEither);
            }
        }
        if (tape == null) {
            ofThis.putAll(ofEvery);
            return ofThis;
        }
        ofEvery.putAll(ofThis);
        return ofEvery;
    }

    /** What a code allows that may be this or that. */
    private static Code ofEither(Code one, Code other) {
        Eligibility both = one.eligibility.and(other.eligibility);
        return new Code(both, one.differs || other.differs || !one.eligibility.equals(other.eligibility));
    }

    /** What a print with these codes may update: what each of them allows. A code that the table does not know allows all. */
    public Eligibility of(String conditions) {
        Print print = texts.get(conditions);
        if (print == null) {
            print = read(conditions);
            if (texts.size() < MOST_TEXTS && conditions.length() <= LONGEST_TEXT) {
                texts.put(conditions, print);
            }
        }
        counts.print(print.eligibility, print.isUnknown);
        return print.eligibility;
    }

    private Print read(String conditions) {
        List<String> given = ConditionCodes.of(conditions);
        Reading reading = new Reading();
        String number = numbers.isEmpty() ? null : numberIn(given);
        if (number != null) {
            counts.numbersRead(number);
            given.forEach(code -> reading.take(code, numbers));
            return reading.print();
        }
        for (String code : given) {
            if (areSingle && code.length() > 1) {
                code.codePoints()
                        .filter(each -> !Character.isWhitespace(each))
                        .forEach(each -> reading.take(Character.toString(each), codes));
            } else {
                reading.take(code, codes);
            }
        }
        return reading.print();
    }

    /** A code that is a number of two digits or more, or null. */
    private static @Nullable String numberIn(List<String> codes) {
        for (String code : codes) {
            if (code.length() > 1 && code.chars().allMatch(each -> each >= '0' && each <= '9')) {
                return code;
            }
        }
        return null;
    }

    /** The codes of a print that have been looked at. */
    private final class Reading {
        private Eligibility eligibility = Eligibility.ALL;
        private boolean isUnknown;

        void take(String code, Map<String, Code> codes) {
            Code found = codes.get(code);
            if (found == null || found.differs) {
                isUnknown = true;
                counts.unknown(code, tape, found != null);
            }
            if (found != null) {
                eligibility = eligibility.and(found.eligibility);
            }
        }

        Print print() {
            return new Print(eligibility, isUnknown);
        }
    }
}
