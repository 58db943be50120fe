package io.tapewatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapewatch.settings.JobArguments;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/flinkdeployment.yaml}, by what the operator takes and by {@code flink-conf/config.yaml}. */
class FlinkDeploymentTest {

    private static final File FILE = new File("deploy/flinkdeployment.yaml");

    /** What is only in flink-conf/config.yaml: the operator or another field of the deployment decides it. */
    private static final Set<String> OF_A_SESSION_CLUSTER = Set.of(
            // Addresses are the operator's, and its pods have an interface each.
            "jobmanager.rpc.address",
            "jobmanager.rpc.port",
            "jobmanager.bind-host",
            "taskmanager.bind-host",
            "blob.server.port",
            "rest.address",
            "rest.port",
            "rest.bind-address",
            // In jobManager, taskManager and job.
            "jobmanager.memory.process.size",
            "taskmanager.memory.process.size",
            "parallelism.default",
            // A cluster for each job keeps no others.
            "jobstore.expiration-time");

    /** What is only in deploy/flinkdeployment.yaml: a job that Kubernetes starts again. */
    private static final Set<String> OF_KUBERNETES =
            Set.of("high-availability.type", "high-availability.storageDir", "kubernetes.rest-service.exposed.type");

    private static final String KAFKA_MOUNT = "/spec/podTemplate/spec/containers/0/volumeMounts/1/mountPath";

    private YamlSchema schema;
    private JsonNode file;

    @BeforeEach
    void read() throws Exception {
        schema = YamlSchema.flinkDeployment();
        file = YamlSchema.read(FILE);
    }

    @Test
    void itIsAsTheOperatorTakesIt() {
        assertThat(schema.problems(file)).isEmpty();
    }

    @Test
    void misspelledKeysAreFoundWhereverTheyAre() {
        assertThat(problemsWith(spec -> rename(spec, "flinkVersion", "flinkversion")))
                .isNotEmpty();
        assertThat(problemsWith(spec -> rename(spec.withObject("/job"), "entryClass", "entryclass")))
                .isNotEmpty();
        assertThat(problemsWith(spec -> rename(
                        (ObjectNode) spec.at("/podTemplate/spec/containers/0/volumeMounts/0"), "mountPath", "path")))
                .isNotEmpty();
    }

    @Test
    void valuesThatCannotBeAreFound() {
        assertThat(problemsWith(spec -> spec.put("flinkVersion", "v9_9"))).isNotEmpty();
        assertThat(problemsWith(spec -> spec.withObject("/job").put("parallelism", "two")))
                .isNotEmpty();
        assertThat(problemsWith(spec -> spec.withObject("/flinkConfiguration").put("web.submit.enable", false)))
                .isNotEmpty();
    }

    private List<String> problemsWith(Consumer<ObjectNode> mistake) {
        JsonNode copy = file.deepCopy();
        mistake.accept((ObjectNode) copy.get("spec"));
        return schema.problems(copy);
    }

    private static void rename(ObjectNode object, String name, String other) {
        assertThat(object.has(name)).as(name).isTrue();
        object.set(other, object.remove(name));
    }

    @Test
    void itDecidesAsTheClusterDoes() {
        Map<String, String> cluster = new TreeMap<>(conf().toMap());
        Map<String, String> deployment = new TreeMap<>();
        file.at("/spec/flinkConfiguration")
                .properties()
                .forEach(each -> deployment.put(each.getKey(), each.getValue().asText()));

        assertThat(cluster.keySet()).containsAll(OF_A_SESSION_CLUSTER);
        assertThat(deployment.keySet()).containsAll(OF_KUBERNETES);
        cluster.keySet().removeAll(OF_A_SESSION_CLUSTER);
        deployment.keySet().removeAll(OF_KUBERNETES);
        assertThat(deployment).isEqualTo(cluster);
    }

    @Test
    void itLogsAsTheClusterDoes() throws Exception {
        assertThat(file.at("/spec/logConfiguration").fieldNames())
                .toIterable()
                .containsExactly("log4j-console.properties");
        assertThat(file.at("/spec/logConfiguration/log4j-console.properties").asText())
                .isEqualTo(Files.readString(Path.of("flink-conf/log4j-console.properties")));
    }

    @Test
    void itHasTheMemoryAndParallelismOfTheCluster() {
        assertThat(file.at("/spec/jobManager/resource/memory").asText())
                .isEqualTo(conf().toMap().get(JobManagerOptions.TOTAL_PROCESS_MEMORY.key()));
        assertThat(file.at("/spec/taskManager/resource/memory").asText())
                .isEqualTo(conf().toMap().get(TaskManagerOptions.TOTAL_PROCESS_MEMORY.key()));
        assertThat(file.at("/spec/job/parallelism").asInt()).isEqualTo(conf().get(CoreOptions.DEFAULT_PARALLELISM));
    }

    @Test
    void theJobIsThereAndItsArgumentsAreSettings(@TempDir Path secret) throws Exception {
        Path properties = Files.createFile(secret.resolve("kafka.properties"));
        assertThat(Class.forName(file.at("/spec/job/entryClass").asText()).getMethod("main", String[].class))
                .isNotNull();
        String[] arguments = StreamSupport.stream(file.at("/spec/job/args").spliterator(), false)
                .map(argument -> argument.asText()
                        .replace(file.at(KAFKA_MOUNT).asText() + "/kafka.properties", properties.toString()))
                .toArray(String[]::new);
        assertThat(JobArguments.parse(arguments).keySet())
                .hasSize(arguments.length)
                .contains("kafka.properties-file", "csv.path");
    }

    private static Configuration conf() {
        return GlobalConfiguration.loadConfiguration("flink-conf");
    }
}
