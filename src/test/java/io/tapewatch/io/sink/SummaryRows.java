package io.tapewatch.io.sink;

import io.tapewatch.domain.window.Summary;
import io.tapewatch.io.json.SummaryFormat;
import java.io.IOException;
import java.io.OutputStream;

/** The rows of summaries as the job writes them into CSV files, without the files. */
public final class SummaryRows {

    private final CsvRowWriter<Summary> rows;

    private SummaryRows(CsvRowWriter<Summary> rows) {
        this.rows = rows;
    }

    public static SummaryRows to(OutputStream out) throws IOException {
        return new SummaryRows(new CsvRowWriter<>(
                out,
                CsvRowWriter.schema(SummaryFormat.FIELDS, LineEnding.LF),
                (summary, row) -> SummaryFormat.write(row, summary)));
    }

    public void add(Summary summary) throws IOException {
        rows.addElement(summary);
    }
}
