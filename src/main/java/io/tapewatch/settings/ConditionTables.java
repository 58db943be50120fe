package io.tapewatch.settings;

import io.tapewatch.domain.trade.ConditionAlphabet;
import io.tapewatch.domain.trade.ConditionTable;
import io.tapewatch.domain.trade.ConditionTableParser;
import io.tapewatch.domain.trade.UsConsolidated;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables of sale conditions that {@link JobOptions#CONDITIONS_TABLE} can name. */
final class ConditionTables {

    private ConditionTables() {}

    /**
     * The table, or null for none.
     *
     * @param table {@link JobOptions#NO_TABLE}, {@link UsConsolidated#NAME} or a file
     * @throws IllegalArgumentException if there is no such table; the message is one line that says what was expected
     */
    static @Nullable ConditionTable read(String table, ConditionAlphabet alphabet) {
        if (table.equals(UsConsolidated.NAME)) {
            return UsConsolidated.of(alphabet);
        }
        if (alphabet != ConditionAlphabet.AUTO) {
            throw new IllegalArgumentException("the table is '" + table + "', and --conditions.alphabet is of "
                    + UsConsolidated.NAME + " alone; remove it, or choose that table");
        }
        return table.equals(JobOptions.NO_TABLE) ? null : ConditionTableParser.parse(table, lines(table));
    }

    private static List<String> lines(String file) {
        try {
            Path path = Path.of(file);
            if (!Files.exists(path)) {
                throw new IllegalArgumentException(
                        "'" + file + "' is no file; expected none, " + UsConsolidated.NAME + " or a CSV file");
            }
            return Files.readAllLines(path, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": expected text in UTF-8", e);
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(
                    file + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }
}
