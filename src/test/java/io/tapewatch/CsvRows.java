package io.tapewatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.tapewatch.local.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The job's CSV files: each row by the names in the header, without what is empty. */
public final class CsvRows {

    private static final ObjectReader CSV = new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader());

    private CsvRows() {}

    /** The rows of all files under a folder that are finished. */
    public static List<Map<String, String>> of(Path folder) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        for (Path file : Folders.files(folder).filter(CsvRows::isFinished).toList()) {
            try (MappingIterator<Map<String, String>> found = CSV.readValues(file.toFile())) {
                while (found.hasNext()) {
                    Map<String, String> row = new TreeMap<>(found.next());
                    row.values().removeIf(String::isEmpty);
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /** Whether a file of the job is one that can be read: those that it still writes are hidden. */
    public static boolean isFinished(Path file) {
        return !file.getFileName().toString().startsWith(".");
    }

    /** What the row of a record is; its numbers are read as decimals, where all their digits matter. */
    public static Map<String, String> row(JsonNode record) {
        Map<String, String> row = new TreeMap<>();
        record.properties().forEach(field -> row.put(field.getKey(), text(field.getValue())));
        return row;
    }

    private static String text(JsonNode value) {
        return value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
    }
}
