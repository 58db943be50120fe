package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.client.cli.CliFrontend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The job's jar in the hands of Flink's own client: what keeps it from starting is one line there, too. */
@Timeout(600)
class FlinkClientITCase {

    private static final Path JAR = Path.of("target", "tapewatch.jar").toAbsolutePath();
    private static final Path CONF = Path.of("flink-conf").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void aSettingThatIsUnknownIsOneLineWithoutItsValue() throws Exception {
        assertRefused("Unknown option: '--kafka.password'", "--kafka.password=hunter2");
    }

    @Test
    void aCsvPathThatCannotBeWrittenIsOneLine() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertRefused("--csv.path is '" + file + "', where no file can be written", "--csv.path", file.toString());
    }

    @Test
    void aBrokerThatIsAwayIsOneLine() throws Exception {
        // Nobody listens on port 1.
        assertRefused("Kafka at localhost:1 does not answer", "--kafka.bootstrap-servers", "localhost:1");
    }

    private void assertRefused(String message, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(javaOptions());
        // The log goes to a file, as with Flink's distribution.
        command.add("-Dlog4j2.configurationFile=log4j2-run.xml");
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CliFrontend.class.getName()));
        command.addAll(List.of("run", "-d", JAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder client =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        client.environment().put("FLINK_CONF_DIR", CONF.toString());
        Process process = client.start();
        String shown = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).as(shown).isEqualTo(1);
        assertThat(shown.lines().filter(line -> !line.isBlank()))
                .filteredOn(line -> line.contains(message))
                .as(shown)
                .hasSize(1);
        assertThat(shown).doesNotContain("\tat ").doesNotContain("hunter2");
    }

    /** Those that Flink's scripts take from its configuration. */
    private static List<String> javaOptions() throws IOException {
        return Pattern.compile("--add-(opens|exports)=\\S+")
                .matcher(Files.readString(CONF.resolve("config.yaml")))
                .results()
                .map(match -> match.group())
                .toList();
    }
}
