package io.tapewatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code docker-compose.yml} says, without anything run. */
class ComposeFileTest {

    private static final File FILE = new File("docker-compose.yml");

    private YamlSchema schema;

    @BeforeEach
    void read() throws Exception {
        schema = YamlSchema.compose();
    }

    @Test
    void itIsAsTheComposeSpecificationHasIt() throws Exception {
        assertThat(schema.problems(YamlSchema.read(FILE))).isEmpty();
    }

    @Test
    void aMisspelledKeyIsFound() throws Exception {
        assertThat(problemsWith(job -> job.set("dependson", job.remove("depends_on"))))
                .anyMatch(problem -> problem.contains("dependson"));
    }

    @Test
    void aValueOfAnotherTypeIsFound() throws Exception {
        assertThat(problemsWith(job -> job.put("volumes", "data:/data")))
                .anyMatch(problem -> problem.contains("volumes"));
    }

    private List<String> problemsWith(Consumer<ObjectNode> mistake) throws Exception {
        JsonNode file = YamlSchema.read(FILE);
        mistake.accept((ObjectNode) file.at("/services/job"));
        return schema.problems(file);
    }

    @Test
    void servicesAndVolumesThatAreNamedAreThere() throws Exception {
        JsonNode file = YamlSchema.read(FILE);
        file.get("services").forEach(service -> {
            JsonNode depended = service.path("depends_on");
            depended.fieldNames()
                    .forEachRemaining(name ->
                            assertThat(file.at("/services/" + name)).as(name).isNotEmpty());
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().split(":")[0];
                if (!source.startsWith("./")) {
                    assertThat(file.get("volumes").has(source)).as(source).isTrue();
                } else if (!source.startsWith("./target/")) {
                    assertThat(Path.of(source)).exists();
                }
            }
        });
    }

    @Test
    void flinkLogsAsItsConfigurationHereSays() throws Exception {
        Map<String, String> logging = Map.of(
                "jobmanager", "log4j-console.properties",
                "taskmanager", "log4j-console.properties",
                "job", "log4j-cli.properties");
        JsonNode file = YamlSchema.read(FILE);
        logging.forEach((service, name) -> assertThat(file.at("/services/" + service + "/volumes"))
                .extracting(JsonNode::asText)
                .contains("./flink-conf/" + name + ":/opt/flink/conf/" + name + ":ro"));
    }

    @Test
    void itIsForThisMachineAloneAndOfVersionsThatStay() throws Exception {
        int ports = 0;
        for (Map<String, Object> service : ComposeFile.read().services().values()) {
            assertThat(service.get("image").toString()).matches("[a-z/]+:v?\\d+\\.\\d+\\.\\d+(-[a-z0-9]+)?");
            for (Object port : (List<?>) service.getOrDefault("ports", List.of())) {
                assertThat(port.toString()).startsWith("127.0.0.1:");
                ports++;
            }
        }
        assertThat(ports).isPositive();
    }

    @Test
    void flinkAndKafkaAreThoseThatAreBuiltAgainst() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        TreeSet<String> images = new TreeSet<>();
        ComposeFile.read()
                .services()
                .values()
                .forEach(service -> images.add(service.get("image").toString()));
        assertThat(images)
                .filteredOn(image -> image.matches("flink:.*|apache/kafka:.*"))
                .containsExactly(
                        "apache/kafka:" + version(pom, "kafka.version"),
                        "flink:" + version(pom, "flink.version") + "-java17");
        assertThat(Path.of("Dockerfile"))
                .content()
                .contains("\nFROM flink:" + version(pom, "flink.version") + "-java17\n");
    }

    private static String version(String pom, String property) {
        return pom.replaceFirst("(?s).*<" + property + ">(.*?)</.*", "$1");
    }

    @Test
    void theBrokersSettingsAreThoseThatKafkaKnows() throws Exception {
        assertThat(ComposeFile.read().kafkaSettings().keySet())
                .isNotEmpty()
                .isSubsetOf(AbstractKafkaConfig.CONFIG_DEF.names());
    }
}
