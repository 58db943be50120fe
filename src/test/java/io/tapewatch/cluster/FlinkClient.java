package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.LongPatience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;

/** The command {@code flink}, as a user runs it, for a cluster that runs. */
public final class FlinkClient {

    /** The job as it is submitted. */
    public static final Path JAR = Path.of("target", "tapewatch.jar").toAbsolutePath();

    /** How it logs. */
    static final Path LOGGING = Path.of("flink-conf", "log4j-cli.properties").toAbsolutePath();

    private static final AtomicInteger NUMBER = new AtomicInteger();
    static final Pattern SUBMITTED = Pattern.compile("submitted with JobID ([0-9a-f]{32})");
    private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed\\. Path: (\\S+)");

    private final Path folder;
    private final Configuration conf;

    FlinkClient(Path folder, Configuration conf) {
        this.folder = folder;
        this.conf = conf;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(SessionCluster.environment(folder));
        environment.put("FLINK_CONF_DIR", folder.resolve("conf").toString());
        return environment;
    }

    /** What it said, and its exit code. */
    public record Said(int exitCode, String output) {

        /** What it said of something, which is the first group of the pattern. */
        String find(Pattern pattern) {
            Matcher matcher = pattern.matcher(output);
            assertThat(matcher.find()).as(output).isTrue();
            return matcher.group(1);
        }
    }

    /** Runs {@code flink} with these arguments, to its end. */
    public Said run(String... arguments) throws IOException, InterruptedException {
        List<String> jvm = new ArrayList<>(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        jvm.add(LongPatience.OPTION);
        jvm.addAll(Arrays.asList(conf.get(CoreOptions.FLINK_JVM_OPTIONS).split("\\s+")));
        try (JavaProcess process = JavaProcess.start(
                folder,
                "client-" + NUMBER.incrementAndGet(),
                LOGGING,
                environment(),
                jvm,
                FlinkClassPath.text(),
                CliFrontend.class.getName(),
                List.of(arguments))) {
            return new Said(process.exitCode(), process.output());
        }
    }

    /**
     * {@code flink run -d OPTIONS target/tapewatch.jar ARGUMENTS}.
     *
     * @return the id of the job
     */
    public String submit(List<String> options, List<String> arguments) throws IOException, InterruptedException {
        return submit(JAR, options, arguments);
    }

    /** The same with another jar. */
    public String submit(Path jar, List<String> options, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("run", "-d"));
        command.addAll(options);
        command.add(jar.toString());
        command.addAll(arguments);
        return run(command.toArray(String[]::new)).find(SUBMITTED);
    }

    /**
     * {@code flink stop [--drain] JOB}.
     *
     * @return where its savepoint is
     */
    public String stop(String job, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("stop"));
        command.addAll(List.of(options));
        command.add(job);
        return run(command.toArray(String[]::new)).find(SAVEPOINT);
    }

    /** {@code flink cancel JOB}. */
    public void cancel(String job) throws IOException, InterruptedException {
        Said said = run("cancel", job);
        assertThat(said.exitCode()).as(said.output()).isZero();
    }
}
