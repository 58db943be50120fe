package io.tapewatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher in a small tree: its Maven prints what a test lets it, and its Java prints what it is given. The path of the
 * tree has a blank in it.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherITCase {

    private static final long LONGEST_SECONDS = 60;

    /** It prints some lines, then waits for a line in the pipe "go". */
    private static final String MAVEN = """
            #!/bin/sh
            echo '[INFO] Scanning for projects...'
            echo 'Downloaded from central: https://repo.maven.apache.org/maven2/a/first/1/first-1.jar (9 kB at 3 MB/s)'
            echo '[INFO] Downloaded from central: https://repo.maven.apache.org/maven2/a/next/1/next-1.jar (9 kB at 3 MB/s)'
            echo '[INFO] --- enforcer:3.6.2:enforce (default) @ tapewatch ---'
            read -r how < go
            if [ "$how" = fail ]; then
                echo '[ERROR] no such file: \\src\\main'
                exit 1
            fi
            echo '[INFO] --- shade:3.6.1:shade (default) @ tapewatch ---'
            mkdir -p target/tools/lib
            : > target/tools/tapewatch-tools.jar
            """;

    private static final String JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then
                echo 'openjdk version "17.0.12" 2024-07-16' >&2
                exit 0
            fi
            for argument in "$@"; do echo "given <$argument>"; done
            """;

    @TempDir
    private Path folder;

    private Path root;

    @BeforeEach
    void makeTree() throws Exception {
        root = Files.createDirectories(folder.resolve("a tree")).toRealPath();
        Files.createDirectories(root.resolve("src/main"));
        Files.createFile(root.resolve("pom.xml"));
        Files.copy(Path.of("tapewatch"), root.resolve("tapewatch"), StandardCopyOption.COPY_ATTRIBUTES);
        program(root.resolve("mvnw"), MAVEN);
        program(root.resolve("jdk/bin/java"), JAVA);
        assertThat(new ProcessBuilder("mkfifo", root.resolve("go").toString())
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void eachStepOfTheBuildIsShownWhenItBegins(String shell) throws Exception {
        assumeIsThere(shell);
        try (Running running = start(command(shell, "watch", "a b"))) {
            running.awaitSaid("  enforcer:3.6.2:enforce\n");
            goOn("well");
            running.awaitEnd(0);
            assertThat(running.said())
                    .startsWith("building (")
                    .contains("  shade:3.6.1:shade\n")
                    .doesNotContain("\u001b", "downloaded,")
                    .contains("given <" + root + "/target/tools/tapewatch-tools.jar:" + root + "/target/tools/lib/*>\n")
                    .endsWith("given <io.tapewatch.cli.Main>\ngiven <watch>\ngiven <a b>\n");
        }
        assertThat(root.resolve("target/tapewatch-build.log"))
                .content()
                .contains("Scanning for projects", "next-1.jar", "shade");

        try (Running built = start(command(shell, "--help"))) {
            built.awaitEnd(0);
            assertThat(built.said()).startsWith("given <").doesNotContain("building");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash", "busybox sh"})
    void onATerminalTheLatestDownloadIsShownToo(String shell) throws Exception {
        assumeIsThere(shell);
        assumeTrue(
                String.valueOf(says("script --version")).contains("util-linux"), "script of util-linux is not there");
        try (Running running = start(List.of("script", "-qec", shell + " ./tapewatch", "/dev/null"))) {
            running.awaitSaid("\r\u001b[K  1 downloaded, first-1.jar\r\u001b[K  2 downloaded, next-1.jar\r\u001b[K"
                    + "  enforcer:3.6.2:enforce\r\n");
            goOn("well");
            running.awaitEnd(0);
            assertThat(running.said()).contains("  shade:3.6.1:shade\r\n", "given <io.tapewatch.cli.Main>");
        }
    }

    @Test
    void aBuildThatFailsSaysWhyInALine() throws Exception {
        try (Running running = start(command("sh"))) {
            running.awaitSaid("  enforcer:3.6.2:enforce\n");
            goOn("fail");
            running.awaitEnd(1);
            assertThat(running.said())
                    .endsWith("tapewatch: the build failed: no such file: \\src\\main; see " + root
                            + "/target/tapewatch-build.log\n");
        }
    }

    @Test
    void aFileThatIsSavedDuringABuildMakesTheNextStartBuildAgain() throws Exception {
        try (Running running = start(command("sh"))) {
            running.awaitSaid("  enforcer:3.6.2:enforce\n");
            saveAfter(root.resolve("target/tapewatch-build.begun"), root.resolve("src/main/Saved.java"));
            goOn("well");
            running.awaitEnd(0);
        }
        try (Running again = start(command("sh"))) {
            again.awaitSaid("building (");
            again.awaitSaid("  enforcer:3.6.2:enforce\n");
            goOn("well");
            again.awaitEnd(0);
        }
        try (Running built = start(command("sh"))) {
            built.awaitEnd(0);
            assertThat(built.said()).startsWith("given <");
        }
    }

    @Test
    void aReleaseIsNeverBuilt() throws Exception {
        Files.delete(root.resolve("pom.xml"));
        Files.delete(root.resolve("mvnw"));
        Path jar = root.resolve("target/tools/tapewatch-tools.jar");
        try (Running incomplete = start(command("sh"))) {
            incomplete.awaitEnd(1);
            assertThat(incomplete.said()).isEqualTo("tapewatch: " + jar + " is missing; unpack the release anew\n");
        }
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);
        saveAfter(jar, root.resolve("src/main/rules.json"));
        try (Running running = start(command("sh", "--help"))) {
            running.awaitEnd(0);
            assertThat(running.said())
                    .startsWith("given <")
                    .contains("given <" + jar + ":" + root + "/target/tools/lib/*>\n")
                    .endsWith("given <--help>\n");
        }
    }

    @Test
    void itIsFoundThroughALinkFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("tw"), Path.of("a tree", "tapewatch"));
        try (Running running = start(List.of(link.toString(), "rules"))) {
            running.awaitSaid("  enforcer:3.6.2:enforce\n");
            goOn("well");
            running.awaitEnd(0);
            assertThat(running.said()).endsWith("given <rules>\n");
        }
    }

    private static List<String> command(String shell, String... arguments) {
        List<String> command = new ArrayList<>(Arrays.asList(shell.split(" ")));
        command.add("./tapewatch");
        command.addAll(List.of(arguments));
        return command;
    }

    /** Saves a file until its time is later than that of another: file systems count time in steps of milliseconds. */
    private static void saveAfter(Path other, Path saved) throws IOException {
        do {
            Files.writeString(saved, "saved");
        } while (Files.getLastModifiedTime(saved).compareTo(Files.getLastModifiedTime(other)) <= 0);
    }

    /** Lets the build go on. */
    private void goOn(String how) throws IOException {
        Files.writeString(root.resolve("go"), how + "\n");
    }

    private static void assumeIsThere(String shell) throws Exception {
        assumeTrue(says(shell + " -c :") != null, shell + " is not installed");
    }

    /** What a program says, or null if there is none of this name. */
    private static String says(String command) throws Exception {
        try {
            Process process = new ProcessBuilder(command.split(" "))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            process.waitFor();
            return said;
        } catch (IOException e) {
            return null;
        }
    }

    private Running start(List<String> command) throws IOException {
        ProcessBuilder process =
                new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        process.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        return new Running(process.start());
    }

    /** A launcher that runs, and what it has said by now. */
    private static final class Running implements AutoCloseable {

        private final Process process;
        private final StringBuilder said = new StringBuilder();
        private final Thread reader;

        Running(Process process) {
            this.process = process;
            this.reader = new Thread(this::read, "launcher's output");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            byte[] bytes = new byte[4096];
            try (InputStream in = process.getInputStream()) {
                for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                    synchronized (said) {
                        said.append(new String(bytes, 0, count, UTF_8));
                        said.notifyAll();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Waits until it has said this. */
        void awaitSaid(String text) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
            synchronized (said) {
                while (said.indexOf(text) < 0) {
                    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                    assertThat(left).as("'%s' is not said, but: %s", text, said).isPositive();
                    said.wait(left);
                }
            }
        }

        void awaitEnd(int exitCode) throws InterruptedException {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("it ends: %s", said())
                    .isTrue();
            reader.join(TimeUnit.SECONDS.toMillis(LONGEST_SECONDS));
            assertThat(process.exitValue()).as(said()).isEqualTo(exitCode);
        }

        String said() {
            synchronized (said) {
                return said.toString();
            }
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
