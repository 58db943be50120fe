package io.tapewatch.feed.recorded;

import io.tapewatch.feed.recorded.RecordingFormat.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A guess at what is wrong with the first line of a file in which a column is missing, for a message of one line. */
final class HeaderGuess {

    private static final int SHOWN = 60;
    private static final Pattern NOT_A_NAME = Pattern.compile("(#|//|[A-Za-z][A-Za-z0-9+.-]*://).*");
    private static final Pattern VALUE = Pattern.compile("[-+]?\\d[\\d.]*([eE][+-]?\\d+)?|\\d{4}-\\d\\d-\\d\\d.*");
    private static final List<String> SEPARATORS = List.of(";", "\t", "|");

    private final List<String> header;
    private final String line;
    private final RecordingColumns columns;
    private final RecordingFormat format;

    HeaderGuess(String[] header, RecordingColumns columns, RecordingFormat format) {
        this.header =
                Arrays.stream(header).map(cell -> cell == null ? "" : cell).toList();
        this.line = String.join(",", this.header);
        this.columns = columns;
        this.format = format;
    }

    /** What is wrong, and what to do. */
    String withoutColumnOf(Field field) {
        if (NOT_A_NAME.matcher(line).matches()) {
            return "the first line is " + shown(line) + ", not the columns' names; remove what is above these"
                    + andNameColumns();
        }
        for (String separator : SEPARATORS) {
            if (line.split(Pattern.quote(separator), -1).length > header.size()) {
                return "the columns are separated by " + (separator.equals("\t") ? "tabs" : "'" + separator + "'")
                        + " in " + shown(line) + "; expected commas: convert the file" + andNameColumns();
            }
        }
        if (hasValues() && !hasNameOfAField()) {
            return "the first line holds values: " + shown(line) + "; expected the columns' names: add a line with them"
                    + andNameColumns();
        }
        if (header.size() == 1) {
            return "the first line is " + shown(line) + ", one column; expected the columns' names: remove what is"
                    + " above these" + andNameColumns();
        }
        String column = format.column(field);
        return "expected a column '" + column + "' for the " + field + ", found " + shownNames()
                + howToName(field, column);
    }

    private boolean hasValues() {
        return header.stream().anyMatch(cell -> VALUE.matcher(cell).matches());
    }

    private boolean hasNameOfAField() {
        Set<String> names = columns.fields().stream()
                .map(each -> format.column(each).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return header.stream().anyMatch(cell -> names.contains(cell.toLowerCase(Locale.ROOT)));
    }

    private String andNameColumns() {
        return columns.option() == null
                ? ""
                : ", and say with " + columns.option() + " which columns are not called "
                        + columns.fields().stream()
                                .filter(each -> columns.required().contains(each) || each == Field.SYMBOL)
                                .map(Field::toString)
                                .collect(Collectors.joining(", "));
    }

    private String howToName(Field field, String column) {
        if (columns.option() == null) {
            return "";
        }
        String alike = header.stream()
                .filter(cell -> cell.equalsIgnoreCase(column))
                .findFirst()
                .orElse(null);
        String name =
                "; say which it is with " + columns.option() + " " + field + "=" + (alike == null ? "COLUMN" : alike);
        return field == Field.SYMBOL
                ? name + ", or name the symbol: --symbol SYMBOL for all files, SYMBOL=FILE for one"
                : name;
    }

    private String shownNames() {
        return String.join(", ", header);
    }

    private static String shown(String text) {
        return "'" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text) + "'";
    }
}
