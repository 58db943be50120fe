package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Holds the README to what the run that it begins with does. */
@Timeout(600)
class ReadmeITCase {

    @TempDir
    private Path folder;

    @Test
    void theRunThatItShowsEndsInTheAccountThatItShows() throws Exception {
        Matcher shown = Pattern.compile("\\n\\./tapewatch --speed max --exit\\n…\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("README.md")));
        assertThat(shown.find()).isTrue();
        // Time is another on each machine.
        List<String> lines = shown.group(1)
                .lines()
                .filter(line -> !line.startsWith("seconds ") && !line.startsWith("ticks/s "))
                .toList();
        assertThat(lines).hasSizeGreaterThan(20).anyMatch(line -> line.startsWith("all  "));

        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(
                new String[] {"--speed", "max", "--exit", "--web-port", "0", "--csv", folder.toString()},
                new PrintWriter(out),
                new PrintWriter(err));
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(out.toString().lines()).containsAll(lines);
    }
}
