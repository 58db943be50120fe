package io.tapewatch.io.sink;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.tapewatch.domain.Printable;
import io.tapewatch.io.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.flink.api.common.serialization.BulkWriter;

/**
 * The rows of one CSV file, below a header.
 *
 * @param <T> the record that becomes a row, or some
 */
final class CsvRowWriter<T> implements BulkWriter<T> {

    private final JsonWriter<T> writer;
    private final JsonGenerator rows;

    CsvRowWriter(OutputStream file, CsvSchema schema, JsonWriter<T> writer) throws IOException {
        this.writer = writer;
        this.rows = new Harmless(generator(file, schema));
    }

    /** The columns of a file, and how its lines end. */
    static CsvSchema schema(List<String> fields, LineEnding lineEnding) {
        CsvSchema.Builder schema =
                CsvSchema.builder().setLineSeparator(lineEnding.characters()).setUseHeader(true);
        fields.forEach(schema::addColumn);
        return schema.build();
    }

    private static CsvGenerator generator(OutputStream file, CsvSchema schema) throws IOException {
        // Its strict check for quoting would leave alone what does not end a line here and does elsewhere.
        CsvGenerator generator = new CsvFactory().createGenerator(file);
        // Flink closes the file, not the writer of its rows.
        generator.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        generator.setSchema(schema);
        return generator;
    }

    @Override
    public void addElement(T element) throws IOException {
        writer.write(element, rows);
    }

    @Override
    public void flush() throws IOException {
        rows.flush();
    }

    @Override
    public void finish() throws IOException {
        rows.close();
    }

    /**
     * Keeps text from doing anything in whatever reads the file: a spreadsheet runs no formula, and a terminal and a program
     * that reads line by line see one line for each row, without escape sequences.
     */
    private static final class Harmless extends JsonGeneratorDelegate {

        Harmless(JsonGenerator out) {
            super(out);
        }

        @Override
        public void writeString(String text) throws IOException {
            String printable = Printable.printable(text);
            super.writeString(isFormula(printable) ? "'" + printable : printable);
        }

        /** Some spreadsheets leave out blanks at the beginning, and take signs of full width for others. */
        private static boolean isFormula(String text) {
            int first = 0;
            while (first < text.length() && Character.isSpaceChar(text.charAt(first))) {
                first++;
            }
            return first < text.length() && "=+-@＝＋－＠".indexOf(text.charAt(first)) >= 0;
        }
    }
}
