package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.cli.ToolInProcess.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bash completes that has read the script. */
class CompletionCommandTest {

    @TempDir
    private Path folder;

    @Test
    void bashTakesTheScriptWithoutAWordAndCompletesCommandsAndOptions() throws Exception {
        Said said = ToolInProcess.run(List.of("completion"));
        assertThat(said.exitCode()).isZero();
        assertThat(said.err()).isEmpty();
        Path script = Files.write(folder.resolve("completion.sh"), said.out());

        assertThat(bash("-n", script.toString())).isEmpty();
        assertThat(bash("-c", "source " + script + "; complete -p tapewatch"))
                .startsWith("complete ")
                .contains("_complete_tapewatch");
        assertThat(completed(script, "tapewatch", "st")).isEqualTo("status");
        assertThat(completed(script, "./tapewatch", "rules", "l")).isEqualTo("list");
        assertThat(completed(script, "tapewatch", "run", "--prices.out")).isEqualTo("--prices.out-of-orderness");
    }

    private static String completed(Path script, String... words) throws Exception {
        return bash(
                "-c",
                "source " + script + "; compopt() { :; }; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                        + (words.length - 1) + "; _complete_tapewatch; echo \"${COMPREPLY[@]}\"");
    }

    private static String bash(String... arguments) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder(
                        Stream.concat(Stream.of("bash"), Stream.of(arguments)).toList())
                .redirectErrorStream(true)
                .start();
        String shown = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(shown).isZero();
        return shown.strip();
    }
}
