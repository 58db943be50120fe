package io.tapewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineChecksTest {

    @TempDir
    private Path folder;

    @Test
    void aMachineThatBuildsThisIsReady() {
        List<Finding> findings = MachineChecks.of(folder, folder, 0);
        assertThat(findings)
                .extracting(Finding::what)
                .containsExactly("Java", "memory", "web port", "working folder", "temporary folder");
        assertThat(findings).noneMatch(Finding::isBad);
    }

    @Test
    void aPortThatIsTakenIsAWarning() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(MachineChecks.webPort(taken.getLocalPort()))
                    .isEqualTo(
                            Finding.warn(
                                    "web port",
                                    taken.getLocalPort()
                                            + " is taken; a run takes the next free one and says which, --web-port names another"));
        }
    }

    @Test
    void aFolderThatCannotBeWrittenToFails() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        for (Path unwritable : List.of(file, folder.resolve("missing"))) {
            Finding finding = MachineChecks.folder("temporary folder", unwritable);
            assertThat(finding.isBad()).isTrue();
            assertThat(finding.text())
                    .startsWith(unwritable + " cannot be written to (")
                    .contains("TMPDIR");
        }
        assertThat(folder).as("nothing is left behind").isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void littleMemoryAndAJavaWithoutACompilerAreWarnings() {
        assertThat(MachineChecks.memory(1L << 30).level()).isEqualTo(Finding.Level.WARN);
        assertThat(MachineChecks.memory(4L << 30).level()).isEqualTo(Finding.Level.OK);
        assertThat(MachineChecks.java(() -> false).text()).contains("install a JDK 17 or newer");
    }
}
