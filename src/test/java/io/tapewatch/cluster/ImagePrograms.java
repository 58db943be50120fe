package io.tapewatch.cluster;

import io.tapewatch.LongPatience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.configuration.CoreOptions;

/** A folder of programs with the names and arguments of those in the images of Flink and Kafka. */
public final class ImagePrograms {

    private final Path folder;

    private ImagePrograms(Path folder) {
        this.folder = folder;
    }

    /** Makes them, for a cluster that runs. */
    public static ImagePrograms in(Path folder, SessionCluster cluster) throws IOException {
        ImagePrograms programs = new ImagePrograms(Files.createDirectories(folder));
        programs.write(
                "flink",
                "FLINK_CONF_DIR=%s FLINK_PLUGINS_DIR=%s exec %s -Xmx256m -Dlog.file=%s/client-$$.log %s %s %s -cp '%s' %s \"$@\""
                        .formatted(
                                cluster.folder().resolve("conf"),
                                SessionCluster.plugins(cluster.folder()),
                                JavaProcess.java(),
                                cluster.folder(),
                                "-Dlog4j2.configurationFile=" + FlinkClient.LOGGING.toUri(),
                                LongPatience.OPTION,
                                cluster.conf().get(CoreOptions.FLINK_JVM_OPTIONS),
                                FlinkClassPath.text(),
                                CliFrontend.class.getName()));
        programs.writeOfKafka("kafka-broker-api-versions.sh", "BrokerApiVersionsCommand");
        programs.write("java", "exec %s -Xmx256m %s \"$@\"".formatted(JavaProcess.java(), LongPatience.OPTION));
        return programs;
    }

    /** Makes some of Kafka's alone. */
    public static ImagePrograms ofKafka(Path folder) throws IOException {
        ImagePrograms programs = new ImagePrograms(Files.createDirectories(folder));
        programs.writeOfKafka("kafka-console-producer.sh", "ConsoleProducer");
        programs.writeOfKafka("kafka-console-consumer.sh", "consumer.ConsoleConsumer");
        programs.writeOfKafka("kafka-topics.sh", "TopicCommand");
        programs.write("kafka-configs.sh", kafka("kafka.admin.ConfigCommand"));
        return programs;
    }

    private void writeOfKafka(String name, String tool) throws IOException {
        write(name, kafka("org.apache.kafka.tools." + tool));
    }

    private static String kafka(String main) {
        return "exec %s -Xmx256m -XX:TieredStopAtLevel=1 -cp '%s' %s \"$@\""
                .formatted(JavaProcess.java(), System.getProperty("java.class.path"), main);
    }

    private void write(String name, String line) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Starts a command with these programs, and with some texts replaced, such as host names. */
    public Program start(List<String> command, Map<String, String> replaced) throws IOException {
        List<String> words =
                command.stream().map(word -> replace(word, replaced)).toList();
        // So that the program of this name is found here first.
        List<String> shell = List.of("/bin/sh", "-c", "exec \"$@\"", "sh");
        Map<String, String> path = Map.of("PATH", folder + ":" + System.getenv("PATH"));
        return Program.start(folder, path, concat(shell, words));
    }

    /** Where they are. */
    public Path folder() {
        return folder;
    }

    private static String replace(String word, Map<String, String> replaced) {
        String result = word;
        for (Map.Entry<String, String> each : replaced.entrySet()) {
            result = result.replaceAll(each.getKey(), Matcher.quoteReplacement(each.getValue()));
        }
        return result;
    }

    private static List<String> concat(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
