package io.tapewatch.domain.trade;

import io.tapewatch.domain.trade.ConditionTable.Row;
import io.tapewatch.domain.trade.Eligibility.Last;
import java.util.List;

/** What a table says of a print, field by field, by looking through all of it. */
final class NaiveConditions {

    private NaiveConditions() {}

    /** The rows that speak of a code: of the tape; else of every tape; else, if the tape is not known, of any. */
    private static List<Row> rowsOf(List<Row> rows, String tape, String code) {
        boolean isTapeKnown =
                rows.stream().anyMatch(row -> row.tape() != null && row.tape().equals(tape));
        List<Row> ofCode = rows.stream().filter(row -> row.code().equals(code)).toList();
        List<Row> ofTape = ofCode.stream()
                .filter(row -> row.tape() != null && row.tape().equals(tape))
                .toList();
        List<Row> ofEvery = ofCode.stream().filter(row -> row.tape() == null).toList();
        return !ofTape.isEmpty() ? ofTape : !ofEvery.isEmpty() || isTapeKnown ? ofEvery : ofCode;
    }

    static boolean isUnknown(List<Row> rows, String tape, String code) {
        return rowsOf(rows, tape, code).stream()
                        .map(Row::eligibility)
                        .distinct()
                        .count()
                != 1;
    }

    static Eligibility of(List<Row> rows, String tape, List<String> codes) {
        List<Eligibility> said = codes.stream()
                .flatMap(code -> rowsOf(rows, tape, code).stream())
                .map(Row::eligibility)
                .toList();
        boolean highLow = said.stream().allMatch(Eligibility::highLow);
        boolean volume = said.stream().allMatch(Eligibility::volume);
        Last last = said.stream().anyMatch(each -> each.last() == Last.NO)
                ? Last.NO
                : said.stream().anyMatch(each -> each.last() == Last.FIRST_OF_DAY) ? Last.FIRST_OF_DAY : Last.YES;
        boolean inMinutes =
                !highLow && volume && said.stream().allMatch(each -> each.pricesInMinutes() || each.last() == Last.YES);
        return new Eligibility(highLow, last, volume, inMinutes);
    }
}
