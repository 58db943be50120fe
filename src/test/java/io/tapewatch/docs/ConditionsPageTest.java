package io.tapewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.trade.ConditionAlphabet;
import io.tapewatch.domain.trade.ConditionTable;
import io.tapewatch.domain.trade.ConditionTable.Row;
import io.tapewatch.domain.trade.ConditionTableParser;
import io.tapewatch.domain.trade.Eligibility;
import io.tapewatch.domain.trade.Eligibility.Last;
import io.tapewatch.domain.trade.UsConsolidated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/conditions.md} are those that the job has. */
class ConditionsPageTest {

    private static final Pattern TABLE = Pattern.compile("(?s)```csv conditions\n(.*?)```");

    @Test
    void theTableOnThePageIsTheOneThatIsBuiltIn() throws IOException {
        List<Row> tapes = new ArrayList<>();
        List<Row> massive = new ArrayList<>();
        List<Row> finnhub = new ArrayList<>();
        for (String line : page().lines().toList()) {
            String[] cells = line.split("\\|", -1);
            if (cells.length != 11 || cells[1].contains("condition ") || cells[1].startsWith("-")) {
                continue;
            }
            Eligibility eligibility = eligibility(cells);
            for (String code : codes(cells[2])) {
                tapes.add(new Row("A", code, eligibility));
                tapes.add(new Row("B", code, eligibility));
            }
            codes(cells[3]).forEach(code -> tapes.add(new Row("C", code, eligibility)));
            codes(cells[4]).forEach(number -> massive.add(new Row(null, number, eligibility)));
            codes(cells[5]).forEach(number -> finnhub.add(new Row(null, number, eligibility)));
        }
        assertThat(UsConsolidated.of(ConditionAlphabet.SIP).rows()).containsExactlyElementsOf(tapes);
        assertThat(UsConsolidated.of(ConditionAlphabet.MASSIVE).rows()).containsExactlyElementsOf(massive);
        assertThat(UsConsolidated.of(ConditionAlphabet.FINNHUB).rows()).containsExactlyElementsOf(finnhub);
    }

    private static List<String> codes(String cell) {
        String codes = cell.replace("`", "").strip();
        return codes.isEmpty() ? List.of() : List.of(codes.split(" "));
    }

    private static Eligibility eligibility(String[] cells) {
        return new Eligibility(
                cells[6].strip().equals("yes"),
                switch (cells[7].strip()) {
                    case "yes" -> Last.YES;
                    case "first-of-day" -> Last.FIRST_OF_DAY;
                    default -> Last.NO;
                },
                cells[8].strip().equals("yes"),
                cells[9].strip().equals("yes"));
    }

    @Test
    void theFileOnThePageIsATable() throws IOException {
        Matcher matcher = TABLE.matcher(page());
        assertThat(matcher.find()).isTrue();
        ConditionTable table =
                ConditionTableParser.parse("mine.csv", matcher.group(1).lines().toList());
        assertThat(table.rows()).hasSize(5);
        assertThat(table.zone()).isEqualTo("America/Toronto");
    }

    private static String page() throws IOException {
        return Files.readString(Path.of("docs", "conditions.md"));
    }
}
