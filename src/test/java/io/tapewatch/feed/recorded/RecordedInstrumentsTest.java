package io.tapewatch.feed.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.feed.InstrumentRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedInstrumentsTest {

    @Test
    void columnsAreFoundByNameInAnyOrderAndOthersAreIgnored() throws Exception {
        assertThat(read("multiplier,isin,venue,sector,type,currency,name,symbol\n"
                        + "50.0,US123,XCME,index,future,USD,\"E-mini S&P, Dec\",ESZ4\n"))
                .containsExactly(
                        new InstrumentRow("ESZ4", "E-mini S&P, Dec", "USD", "future", "index", "XCME", "50.0"));
    }

    @Test
    void onlyTheSymbolMustBeThere() throws Exception {
        assertThat(read("symbol\nA\n\nB\n"))
                .containsExactly(
                        new InstrumentRow("A", null, null, null, null, null, null),
                        new InstrumentRow("B", null, null, null, null, null, null));
        assertThat(read("symbol,sector,multiplier\nA,,\n"))
                .containsExactly(new InstrumentRow("A", null, null, null, null, null, null));
        assertThat(read("symbol,tape\nA,C\n"))
                .containsExactly(new InstrumentRow("A", null, null, null, null, null, null, "C"));
        assertThat(read("symbol,name\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name,sector             | instruments.csv: expected a column 'symbol' for the symbol, found name, sector",
                "symbol,name~,Nobody     | instruments.csv, line 2: expected a symbol in column 'symbol', found nothing",
                "symbol,multiplier~A,ten | instruments.csv, line 2: expected a number in column 'multiplier', found 'ten'",
                "symbol,name~A,B~C       | instruments.csv, line 3: expected 2 columns as in the header, found 1",
            })
    void whatIsWrongIsSaidWithFileAndLine(String csv, String message) {
        assertThatThrownBy(() -> read(csv.replace('~', '\n')))
                .isInstanceOf(RecordingException.class)
                .hasMessage(message);
    }

    private static List<InstrumentRow> read(String csv) throws IOException {
        byte[] bytes = csv.getBytes(StandardCharsets.UTF_8);
        return RecordedInstruments.read(new Recording("instruments.csv", () -> new ByteArrayInputStream(bytes)));
    }
}
