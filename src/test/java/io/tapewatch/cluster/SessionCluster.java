package io.tapewatch.cluster;

import io.tapewatch.local.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A Flink session cluster of processes, as its scripts start them: a job manager and task managers, with {@code
 * flink-conf/config.yaml} but for ports, host names and folders.
 */
public final class SessionCluster implements AutoCloseable {

    /**
     * For tests: two cores have five JVMs or more there, and none for long, so the quick compiler will do, and one
     * collecting thread.
     */
    private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ";

    /** As in containers; what goes to the console is kept in a file. */
    private static final Path LOGGING = Path.of("flink-conf", "log4j-console.properties");

    private static final Pattern RPC_PORT =
            Pattern.compile("Actor system started at pekko\\.tcp://flink@localhost:(\\d+)");
    private static final Pattern REST_PORT = Pattern.compile("Rest endpoint listening at \\S+:(\\d+)");
    private static final Pattern LEADERSHIP =
            Pattern.compile("DefaultDispatcherRunner was (granted|revoked the) leadership");
    private static final Pattern METRICS_PORT =
            Pattern.compile("Started PrometheusReporter HTTP server on port (\\d+)");
    private static final int METRICS_PORTS_TO_TRY = 20;

    private final Path folder;
    private final String jvm;
    private final Configuration conf;
    private final List<JavaProcess> jobManagers = new ArrayList<>();
    private final List<JavaProcess> taskManagers = new ArrayList<>();
    private ZooKeeper zooKeeper;
    private FlinkRest rest;
    private int startedJobManagers;
    private int startedTaskManagers;

    private SessionCluster(Path folder, String jvm, Configuration conf) {
        this.folder = folder;
        this.jvm = jvm;
        this.conf = conf;
    }

    /**
     * Starts one, and waits until its task managers are there.
     *
     * @param folder where its logs, checkpoints and savepoints are
     * @param further settings that are other than those of {@code flink-conf/config.yaml}
     */
    public static SessionCluster start(Path folder, int taskManagers, Map<String, String> further) throws Exception {
        return start(folder, QUICK, taskManagers, further);
    }

    /** The same, as fast as it can be in the long run. */
    public static SessionCluster startForLong(Path folder, int taskManagers, Map<String, String> further)
            throws Exception {
        return start(folder, "", taskManagers, further);
    }

    /** Starts one with two job managers, one of which leads; the other takes over when that one is gone. */
    static SessionCluster startHighlyAvailable(Path folder, int taskManagers, Map<String, String> further)
            throws Exception {
        ZooKeeper zooKeeper = ZooKeeper.start(Files.createDirectories(folder.resolve("zookeeper")));
        Map<String, String> settings = new HashMap<>(further);
        settings.putAll(zooKeeper.settings(folder.resolve("ha")));
        SessionCluster cluster;
        try {
            cluster = start(folder, taskManagers, settings);
        } catch (Exception | AssertionError e) {
            zooKeeper.close();
            throw e;
        }
        cluster.zooKeeper = zooKeeper;
        try {
            cluster.startStandby();
            return cluster;
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    private static SessionCluster start(Path folder, String jvm, int taskManagers, Map<String, String> further)
            throws Exception {
        Configuration conf = GlobalConfiguration.loadConfiguration("flink-conf");
        // Each process takes the first that it can get. It would not say which one, were it to take any.
        conf.setString(
                "metrics.reporter.prom.port",
                FreePorts.find(METRICS_PORTS_TO_TRY).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(",")));
        conf.set(JobManagerOptions.ADDRESS, "localhost");
        conf.set(JobManagerOptions.PORT, 0);
        conf.set(JobManagerOptions.BIND_HOST, "localhost");
        conf.set(TaskManagerOptions.HOST, "localhost");
        conf.set(TaskManagerOptions.BIND_HOST, "localhost");
        conf.set(RestOptions.ADDRESS, "localhost");
        conf.set(RestOptions.BIND_ADDRESS, "localhost");
        conf.set(RestOptions.BIND_PORT, "0");
        conf.set(BlobServerOptions.PORT, "0");
        conf.set(CoreOptions.TMP_DIRS, folder.resolve("tmp").toString());
        conf.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri(folder, "checkpoints"));
        conf.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, uri(folder, "savepoints"));
        conf.set(JobManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.parse("1g"));
        conf.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, MemorySize.parse("1500m"));
        // The client waits for a savepoint as long as a test does.
        conf.setString("client.timeout", Waiting.PATIENCE.toSeconds() + "s");
        // What the REST interface says is as of now.
        conf.set(WebOptions.REFRESH_INTERVAL, Duration.ofMillis(50));
        further.forEach(conf::setString);
        Files.createDirectories(folder.resolve("conf"));
        Files.createDirectories(folder.resolve("tmp"));
        Files.createDirectories(plugins(folder));
        SessionCluster cluster = new SessionCluster(folder, jvm, conf);
        try {
            cluster.writeConf();
            cluster.startFirstJobManager();
            cluster.writeConf();
            for (int i = 0; i < taskManagers; i++) {
                cluster.startTaskManager();
            }
            cluster.awaitTaskManagers(taskManagers);
            return cluster;
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
    }

    /** Where plugins are looked for, in such a folder. */
    static Path plugins(Path folder) {
        return folder.resolve("plugins");
    }

    /** What Flink's scripts set for its processes. */
    static Map<String, String> environment(Path folder) {
        return Map.of("FLINK_PLUGINS_DIR", plugins(folder).toString());
    }

    private static String uri(Path folder, String name) {
        return folder.resolve(name).toUri().toString();
    }

    private void writeConf() throws IOException {
        Files.write(folder.resolve("conf/config.yaml"), ConfigurationUtils.convertConfigToWritableLines(conf, true));
    }

    /** Waits until it has told where it listens, which all others are told: it takes any ports. */
    private void startFirstJobManager() throws Exception {
        JavaProcess jobManager = startJobManager();
        conf.set(JobManagerOptions.PORT, awaitPort(jobManager, RPC_PORT));
        rest = restOf(jobManager);
        conf.set(RestOptions.PORT, rest.address().getPort());
    }

    private static FlinkRest restOf(JavaProcess jobManager) throws Exception {
        return new FlinkRest(awaitPort(jobManager, REST_PORT));
    }

    private static int awaitPort(JavaProcess jobManager, Pattern port) throws Exception {
        return Waiting.until(jobManager + " logs '" + port + "'", () -> {
            if (!jobManager.isAlive()) {
                throw jobManager.endedUnexpectedly();
            }
            return ports(jobManager.log(), port).findFirst();
        });
    }

    private static Stream<Integer> ports(String log, Pattern port) {
        return port.matcher(log).results().map(found -> Integer.valueOf(found.group(1)));
    }

    private JavaProcess startJobManager() throws IOException {
        startedJobManagers++;
        JobManagerProcessSpec spec = JobManagerProcessUtils.processSpecFromConfig(conf);
        JavaProcess jobManager = JavaProcess.start(
                folder,
                startedJobManagers == 1 ? "jobmanager" : "jobmanager-" + startedJobManagers,
                LOGGING,
                environment(folder),
                jvm(JobManagerProcessUtils.generateJvmParametersStr(spec, conf)),
                FlinkClassPath.text(),
                StandaloneSessionClusterEntrypoint.class.getName(),
                arguments(JobManagerProcessUtils.generateDynamicConfigsStr(spec)));
        jobManagers.add(jobManager);
        return jobManager;
    }

    /** Starts a job manager more, which takes over when the one that leads is gone, and waits until it answers. */
    void startStandby() throws Exception {
        awaitPort(startJobManager(), REST_PORT);
    }

    /** Ends the job manager at once (SIGKILL) that leads. From now on {@link #rest} is that of another. */
    void killLeadingJobManager() throws Exception {
        JavaProcess leader = Waiting.until(
                "a job manager leads",
                () -> jobManagers.stream().filter(SessionCluster::leads).findFirst());
        jobManagers.remove(leader);
        leader.kill();
        rest = restOf(jobManagers.get(0));
    }

    private static boolean leads(JavaProcess jobManager) {
        return LEADERSHIP
                .matcher(jobManager.log())
                .results()
                .reduce((earlier, later) -> later)
                .filter(last -> last.group(1).equals("granted"))
                .isPresent();
    }

    /** Starts a task manager more, and does not wait for it. */
    public void startTaskManager() throws IOException {
        startTaskManager(Map.of());
    }

    /** The same, with more in its environment than Flink's scripts set. */
    void startTaskManager(Map<String, String> furtherEnvironment) throws IOException {
        Map<String, String> environment = new HashMap<>(environment(folder));
        environment.putAll(furtherEnvironment);
        startedTaskManagers++;
        String name = "taskmanager-" + startedTaskManagers;
        TaskExecutorProcessSpec spec = TaskExecutorProcessUtils.processSpecFromConfig(conf);
        taskManagers.add(JavaProcess.start(
                folder,
                name,
                LOGGING,
                environment,
                jvm(ProcessMemoryUtils.generateJvmParametersStr(spec) + " "
                        + conf.get(CoreOptions.FLINK_TM_JVM_OPTIONS)),
                FlinkClassPath.text(),
                TaskManagerRunner.class.getName(),
                arguments(TaskExecutorProcessUtils.generateDynamicConfigsStr(spec) + " -D taskmanager.resource-id="
                        + name)));
    }

    private List<String> jvm(String memory) {
        return words(jvm + memory + " " + conf.get(CoreOptions.FLINK_JVM_OPTIONS))
                .toList();
    }

    private List<String> arguments(String dynamic) {
        return Stream.concat(Stream.of("--configDir", folder.resolve("conf").toString()), words(dynamic))
                .toList();
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split("\\s+")).filter(word -> !word.isEmpty());
    }

    /** Ends a task manager at once (SIGKILL), by the id that the REST interface knows it by. */
    public void killTaskManager(String id) throws InterruptedException {
        JavaProcess process = taskManager(id);
        taskManagers.remove(process);
        process.kill();
    }

    /** A task manager, by the id that the REST interface knows it by. */
    JavaProcess taskManager(String id) {
        return taskManagers.stream()
                .filter(each -> each.toString().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no task manager " + id));
    }

    /** Waits until so many task managers have slots to offer. */
    public void awaitTaskManagers(int count) throws Exception {
        Waiting.until("there are " + count + " task managers", () -> {
            for (JavaProcess process : all().toList()) {
                if (!process.isAlive()) {
                    throw process.endedUnexpectedly();
                }
            }
            return rest.isUp() && rest.get("/overview").get("taskmanagers").asInt() >= count
                    ? Optional.of(true)
                    : Optional.empty();
        });
    }

    /** Its REST interface, which is that of its web UI. */
    public FlinkRest rest() {
        return rest;
    }

    /** The ports at which its processes tell Prometheus their metrics. */
    public List<Integer> metricsPorts() throws IOException {
        return ports(logs(), METRICS_PORT).toList();
    }

    /** For how long the task managers that are there have kept a core busy. */
    public Duration cpuOfTaskManagers() {
        return taskManagers.stream().map(JavaProcess::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    /** The ids that the system knows its processes by, by their names. */
    Map<String, Long> pids() {
        return all().collect(Collectors.toMap(JavaProcess::toString, JavaProcess::pid));
    }

    /** What it was configured with. */
    Configuration conf() {
        return conf;
    }

    /** Flink's client for it. */
    public FlinkClient client() {
        return new FlinkClient(folder, conf);
    }

    /** Where its logs, checkpoints and savepoints are. */
    public Path folder() {
        return folder;
    }

    /**
     * What its processes have logged so far, those that are gone, too.
     *
     * <p>A log may be rolled over soon after its process has started, by chance: Pekko's class loader makes Log4j read its
     * configuration a second time, and then OnStartupTriggeringPolicy compares the start of the JVM with the time at which the
     * log was created, to the nearest second (FLINK-24169).
     */
    public String logs() throws IOException {
        String all;
        List<Path> read;
        do {
            read = logFiles();
            all = read.stream().map(Program::written).collect(Collectors.joining());
        } while (!logFiles().equals(read));
        return all;
    }

    private List<Path> logFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(".*\\.log(\\.\\d+)?"))
                    .sorted()
                    .toList();
        }
    }

    /** The lines of all logs at level WARN or ERROR. */
    public List<String> warnings() throws IOException {
        return logs().lines()
                .filter(line -> line.matches("\\S+ \\S+ (WARN|ERROR|FATAL) .*"))
                .toList();
    }

    private Stream<JavaProcess> all() {
        return Stream.concat(jobManagers.stream(), taskManagers.stream());
    }

    @Override
    public void close() {
        taskManagers.forEach(JavaProcess::close);
        jobManagers.forEach(JavaProcess::close);
        if (zooKeeper != null) {
            zooKeeper.close();
        }
    }

    @Override
    public String toString() {
        return all().map(JavaProcess::toString).collect(Collectors.joining(", "));
    }
}
