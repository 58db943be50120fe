package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is handed to {@code flink run}. */
class JobJarITCase {

    private static final Path JAR = Path.of("target", "tapewatch.jar");
    private static final String LICENCES = "META-INF/licenses/";

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

    /** Its name and its file, of each library that is in the jar. */
    static Map<String, Path> libraries() throws Exception {
        Pattern line = Pattern.compile("\\s*([^\\s:]+:[^\\s:]+):jar:.*?:(?:compile|runtime):(\\S+\\.jar).*");
        try (Stream<String> lines = Files.lines(Path.of("target", "job-libraries.txt"))) {
            Map<String, Path> libraries = lines.map(line::matcher)
                    .filter(Matcher::matches)
                    .collect(Collectors.toMap(each -> each.group(1), each -> Path.of(each.group(2))));
            assertThat(libraries).containsKeys("org.apache.kafka:kafka-clients", "com.github.luben:zstd-jni");
            return libraries;
        }
    }

    private static String text(JarFile jar, String name) throws Exception {
        ZipEntry entry = jar.getEntry(name);
        assertThat(entry).as(name).isNotNull();
        return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void theJarHoldsTheLicenceOfEachLibraryInIt() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Map<String, List<String>> licences = text(jar, LICENCES + "LIBRARIES.txt")
                    .lines()
                    .skip(2)
                    .map(line -> List.of(line.split("\\s+")))
                    .collect(Collectors.toMap(line -> line.get(0), line -> line.subList(1, line.size())));
            assertThat(licences).containsOnlyKeys(libraries().keySet());
            assertThat(licences.values()).doesNotContain(List.of());
            for (List<String> files : licences.values()) {
                for (String file : files) {
                    String name = Path.of(LICENCES).resolve(file).normalize().toString();
                    assertThat(text(jar, name)).as(name).hasSizeGreaterThan(500);
                }
            }
            assertThat(text(jar, "META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
            assertThat(text(jar, LICENCES + "zstd-jni.txt")).contains("Luben Karavelov", "in binary form");
            assertThat(text(jar, LICENCES + "protobuf.txt")).contains("Google Inc.", "in binary form");
        }
    }

    /** Kafka has its own beside META-INF, where the build does not look for it. Comments do not go into the jar. */
    @Test
    void theJarHoldsWhatItsLibrariesWantToBeSaidOfThem() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> said =
                    text(jar, "META-INF/NOTICE").lines().map(String::strip).toList();
            for (Path library : libraries().values()) {
                try (JarFile each = new JarFile(library.toFile())) {
                    for (String name : List.of("NOTICE", "META-INF/NOTICE", "META-INF/NOTICE.txt")) {
                        if (each.getEntry(name) != null) {
                            assertThat(said)
                                    .as("%s of %s", name, library.getFileName())
                                    .containsAll(text(each, name)
                                            .lines()
                                            .map(String::strip)
                                            .filter(line -> !line.startsWith("//"))
                                            .toList());
                        }
                    }
                }
            }
        }
    }

    /** Flink's connector brings a list of what it was built with, which is not what is here. */
    @Test
    void nothingBesideMetaInfSpeaksForOneLibraryAlone() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .doesNotContain("LICENSE", "NOTICE", "META-INF/DEPENDENCIES");
        }
    }

    @Test
    void theToolsHaveWhatCompressedTopicsNeed() {
        assertThat(Path.of("target", "tools", "lib").toFile().list()).satisfies(names -> {
            for (String codec : List.of("zstd-jni-", "lz4-java-", "snappy-java-")) {
                assertThat(names).anyMatch(name -> name.startsWith(codec));
            }
        });
    }
}
