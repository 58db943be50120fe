package io.tapewatch.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;

/** The table of settings in docs/settings.md is made from {@link JobOptions}. */
class SettingsTableTest {

    private static final String BEGIN = "<!-- settings -->\n";
    private static final String END = "<!-- /settings -->\n";
    private static final String UPDATE = "tapewatch.docs.update";

    @Test
    void thePageOfSettingsListsEverySettingAsItIs() throws IOException {
        Path file = Path.of("docs", "settings.md");
        String page = Files.readString(file);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        assertThat(page)
                .as("the markers in docs/settings.md")
                .containsOnlyOnce(BEGIN)
                .containsOnlyOnce(END);

        if (Boolean.getBoolean(UPDATE)) {
            Files.writeString(file, page.substring(0, begin) + table() + page.substring(end));
        } else {
            assertThat(page.substring(begin, end))
                    .as("the table of settings; ./mvnw test -Dtest=SettingsTableTest -D" + UPDATE
                            + "=true writes it anew")
                    .isEqualTo(table());
        }
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| setting | type | default | what it is |\n|---|---|---|---|\n");
        for (ConfigOption<?> option : JobOptions.all()) {
            String defaultText = JobOptions.defaultOf(option);
            table.append("| `%s` | %s | %s | %s |%n"
                    .formatted(
                            option.key(),
                            type(option),
                            defaultText.isEmpty() ? "" : '`' + defaultText + '`',
                            JobOptions.description(option))
                    .replace(System.lineSeparator(), "\n"));
        }
        return table.toString();
    }

    private static String type(ConfigOption<?> option) {
        Object value = option.defaultValue();
        return value instanceof Duration
                ? "duration"
                : value instanceof Integer ? "whole number" : value instanceof Boolean ? "true or false" : "text";
    }
}
