package io.tapewatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.cluster.BrokerProcess;
import io.tapewatch.cluster.FlinkClient;
import io.tapewatch.cluster.ImagePrograms;
import io.tapewatch.cluster.Program;
import io.tapewatch.cluster.SessionCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code docker-compose.yml} starts, as processes: a broker and a cluster, and for the rest its commands as they are
 * written, but for names of hosts and folders.
 */
final class ComposeRun implements AutoCloseable {

    /** How many task managers there are. */
    static final int TASK_MANAGERS = 2;

    private final ComposeFile compose;
    private final Path folder;
    private final Path data;
    private final BrokerProcess broker;
    private final SessionCluster cluster;
    private final ImagePrograms programs;
    private final Set<String> ran = new TreeSet<>();
    private final List<Program> started = new ArrayList<>();

    private ComposeRun(ComposeFile compose, Path folder, BrokerProcess broker, SessionCluster cluster)
            throws IOException {
        this.compose = compose;
        this.folder = folder;
        this.data = Files.createDirectories(folder.resolve("data"));
        this.broker = broker;
        this.cluster = cluster;
        this.programs = ImagePrograms.in(folder.resolve("bin"), cluster);
    }

    /** Starts broker and cluster, with a checkpoint every second. */
    static ComposeRun start(Path folder) throws Exception {
        ComposeFile compose = ComposeFile.read();
        BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"), compose.kafkaSettings());
        try {
            SessionCluster cluster = SessionCluster.start(
                    folder.resolve("flink"), TASK_MANAGERS, Map.of("execution.checkpointing.interval", "1s"));
            return new ComposeRun(compose, folder, broker, cluster);
        } catch (Exception | AssertionError e) {
            broker.close();
            throw e;
        }
    }

    ComposeFile compose() {
        return compose;
    }

    SessionCluster cluster() {
        return cluster;
    }

    /** The volume that all share. */
    Path data() {
        return data;
    }

    /** Which of the file's commands were started so far. */
    Set<String> ran() {
        return ran;
    }

    /** Runs a command to its end, and returns what it said. */
    String endsWell(String command) throws Exception {
        Program program = start(command, Map.of());
        assertThat(program.exitCode()).as("%s", program).isZero();
        return program.output();
    }

    /**
     * Starts a command, which ends with this run at the latest.
     *
     * @param furtherNames other names and folders, patterns, with what they are here
     */
    Program start(String command, Map<String, String> furtherNames, String... furtherArguments) throws Exception {
        ran.add(command);
        Map<String, String> names = names();
        names.putAll(furtherNames);
        List<String> words = new ArrayList<>(compose.commands().get(command));
        words.addAll(List.of(furtherArguments));
        Program program = programs.start(words, names);
        started.add(program);
        return program;
    }

    private Map<String, String> names() throws IOException {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("/opt/kafka/bin/", programs.folder() + "/");
        names.put("kafka:29092", broker.bootstrapServers());
        names.put("http://jobmanager:8081", cluster.rest().address().toString());
        names.put(
                "http://localhost:9249",
                "http://localhost:" + cluster.metricsPorts().get(0));
        names.put("/opt/tapewatch/tools/", Path.of("target/tools").toAbsolutePath() + "/");
        names.put("/opt/tapewatch/tapewatch.jar", FlinkClient.JAR.toString());
        names.put("/opt/tapewatch/rules/", Path.of("src/main/resources/rules").toAbsolutePath() + "/");
        // At the beginning of a path alone.
        names.put("(?<!\\w)/data\\b", data.toString());
        names.put("9999:9999", Files.getAttribute(data, "unix:uid") + ":" + Files.getAttribute(data, "unix:gid"));
        return names;
    }

    /** A folder for what else a test needs. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    @Override
    public void close() {
        started.forEach(Program::close);
        cluster.close();
        broker.close();
    }
}
