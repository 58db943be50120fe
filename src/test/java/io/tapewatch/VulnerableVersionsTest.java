package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The list of versions that the build refuses: each entry says why, and the build reads it. */
class VulnerableVersionsTest {

    private static final Path LIST = Path.of("src", "build", "vulnerable.xml");

    @Test
    void eachEntryNamesItsAdvisory() throws Exception {
        List<String> lines = Files.readAllLines(LIST);
        int entries = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("<exclude>")) {
                entries++;
                assertThat(lines.get(i - 1)).containsPattern("<!-- .*(CVE-\\d{4}-\\d+|GHSA-\\w{4}-\\w{4}-\\w{4})");
            }
        }
        assertThat(entries).isPositive();
    }

    @Test
    void theListHasADate() throws Exception {
        Matcher date = Pattern.compile("as of (\\d{4}-\\d{2}-\\d{2})\\.").matcher(Files.readString(LIST));
        assertThat(date.find()).isTrue();
        assertThat(LocalDate.parse(date.group(1))).isAfter(LocalDate.of(2026, 1, 1));
    }

    @Test
    void theBuildReadsTheList() throws Exception {
        assertThat(Files.readString(Path.of("pom.xml"))).contains("/src/build/vulnerable.xml</location>");
    }
}
