package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is handed to {@code flink run}. */
class JobJarITCase {

    private static final Path JAR = Path.of("target", "tapewatch.jar");

    @Test
    void theJarHoldsTheJobAndItsConnectorAndNothingThatAClusterBringsOrTheToolsNeed() throws Exception {
        assertThat(Files.size(JAR)).isLessThan(30_000_000);
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo("io.tapewatch.TapewatchJob");
            List<String> names = jar.stream().map(ZipEntry::getName).toList();
            assertThat(names)
                    .contains(
                            "io/tapewatch/TapewatchJob.class",
                            "io/tapewatch/operators/Tape.class",
                            "org/apache/flink/connector/kafka/source/KafkaSource.class",
                            "org/apache/kafka/clients/consumer/KafkaConsumer.class")
                    .containsAll(Schemas.NAMES.stream()
                            .map(name -> "schemas/" + name + ".json")
                            .toList());
            for (String foreign : List.of(
                    "io/tapewatch/cli/",
                    "io/tapewatch/feed/",
                    "io/tapewatch/local/",
                    "META-INF/services/org.apache.flink.metrics",
                    "bitstamp",
                    "com/networknt/",
                    "kafka/server/",
                    "org/apache/flink/api/",
                    "org/apache/flink/core/",
                    "org/apache/flink/runtime/",
                    "org/apache/flink/streaming/api/",
                    "org/apache/logging/",
                    "org/slf4j/",
                    "scala/")) {
                assertThat(names).as(foreign).noneMatch(name -> name.startsWith(foreign));
            }
        }
    }
}
