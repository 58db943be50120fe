package io.tapewatch.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.bench.contender.Contender;
import io.tapewatch.bench.contender.ContenderProcess;
import io.tapewatch.bench.contender.Figures;
import io.tapewatch.bench.contender.Prices;
import io.tapewatch.cluster.BrokerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Option;

/**
 * Where contenders are measured: a broker in a process of its own with two topics of generated trades, and a fresh JVM for each
 * run.
 */
final class Arena implements AutoCloseable {

    private static final String SMALL = "small";
    private static final String LARGE = "large";

    /** What the arena is like, as options of a command. */
    static final class Options {
        @Option(names = "--seconds", description = "How long each run is measured. Default: ${DEFAULT-VALUE}")
        double seconds = 60;

        @Option(
                names = "--warm-up",
                description = "Seconds on the large topic before that; a pass over the small topic comes before it."
                        + " Default: ${DEFAULT-VALUE}")
        double warmUpSeconds = 10;

        @Option(names = "--ticks", description = "Trades in the large topic. Default: ${DEFAULT-VALUE}")
        long ticks = 80_000_000;

        @Option(names = "--symbols", description = "Symbols in the large topic. Default: ${DEFAULT-VALUE}")
        int symbols = 2_000;

        @Option(names = "--small-ticks", description = "Trades in the small topic. Default: ${DEFAULT-VALUE}")
        long smallTicks = 400_000;

        @Option(names = "--small-symbols", description = "Symbols in the small topic. Default: ${DEFAULT-VALUE}")
        int smallSymbols = 20;

        @Option(names = "--partitions", description = "Partitions of each topic. Default: ${DEFAULT-VALUE}")
        int partitions = 4;

        @Option(names = "--parallelism", description = "Threads of each step. Default: ${DEFAULT-VALUE}")
        int parallelism = 2;

        @Option(names = "--heap", description = "Of each JVM that is measured. Default: ${DEFAULT-VALUE}")
        String heap = "4g";

        @Option(names = "--seed", description = "Of the random prices. Default: ${DEFAULT-VALUE}")
        long seed = 1;
    }

    private final Options options;
    private final Path folder;
    private final BrokerProcess broker;
    private final Thread atExit = new Thread(this::closeAtExit, "remove the arena");
    private volatile Process running;
    private int runs;

    private Arena(Options options, Path folder, BrokerProcess broker) {
        this.options = options;
        this.folder = folder;
        this.broker = broker;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts the broker, and fills the topics.
     *
     * @param told gets lines that say how far it is
     */
    static Arena open(Options options, Consumer<String> told) throws Exception {
        Path folder = Files.createTempDirectory("tapewatch-arena-");
        // What is deleted makes room at once.
        BrokerProcess broker =
                BrokerProcess.startForLong(folder.resolve("kafka"), Map.of("log.segment.delete.delay.ms", "1000"));
        Arena arena = new Arena(options, folder, broker);
        try {
            arena.fill(SMALL, options.smallSymbols, options.smallTicks, told);
            arena.fill(LARGE, options.symbols, options.ticks, told);
            return arena;
        } catch (Exception e) {
            arena.close();
            throw e;
        }
    }

    private void fill(String topic, int symbols, long ticks, Consumer<String> told) throws Exception {
        Prices.send(broker.bootstrapServers(), topic, options.partitions, symbols, ticks, options.seed, sent -> {
            if (sent % 10_000_000 == 0) {
                told.accept(String.format(Locale.ROOT, "%,d of %,d trades are sent", sent, ticks));
            }
        });
    }

    /** Measures a contender in a JVM of its own. */
    Figures run(Contender contender) throws IOException, InterruptedException {
        return run(contender.name(), contender.classPath(System.getProperty("java.class.path")));
    }

    /**
     * Measures a contender in a JVM of its own.
     *
     * @param name that of the contender
     * @param classPath where the contender is found; it may be another build of it
     */
    Figures run(String name, String classPath) throws IOException, InterruptedException {
        String prefix = "run-" + ++runs + "-";
        Path own = Files.createDirectories(folder.resolve(prefix + name));
        Path result = own.resolve("figures.json");
        Path output = own.resolve("output.txt");
        Process process = new ProcessBuilder(command(name, classPath, prefix, own, result))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        running = process;
        try {
            int exitCode = process.waitFor();
            if (exitCode != 0 || !Files.exists(result)) {
                throw new IllegalStateException(
                        name + " ended with exit code " + exitCode + "\n" + Files.readString(output));
            }
            return new ObjectMapper().readValue(result.toFile(), Figures.class);
        } finally {
            process.destroyForcibly();
            deleteTopics(prefix);
            FileUtils.deleteDirectory(own.toFile());
        }
    }

    private List<String> command(String name, String classPath, String prefix, Path own, Path result) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + options.heap,
                "-Xmx" + options.heap,
                "-cp",
                classPath,
                ContenderProcess.class.getName()));
        command.addAll(List.of("--name", name));
        command.addAll(List.of("--bootstrap", broker.bootstrapServers()));
        command.addAll(List.of("--broker", String.valueOf(broker.pid())));
        command.addAll(List.of("--small", SMALL));
        command.addAll(List.of("--small-ticks", String.valueOf(options.smallTicks)));
        command.addAll(List.of("--small-symbols", String.valueOf(options.smallSymbols)));
        command.addAll(List.of("--large", LARGE));
        command.addAll(List.of("--large-ticks", String.valueOf(options.ticks)));
        command.addAll(List.of("--warm-up", String.valueOf(options.warmUpSeconds)));
        command.addAll(List.of("--seconds", String.valueOf(options.seconds)));
        command.addAll(List.of("--parallelism", String.valueOf(options.parallelism)));
        command.addAll(List.of("--prefix", prefix));
        command.addAll(List.of("--folder", own.toString()));
        command.addAll(List.of("--result", result.toString()));
        return command;
    }

    private void deleteTopics(String prefix) throws IOException, InterruptedException {
        try (Admin admin = broker.admin()) {
            admin.deleteTopics(admin.listTopics().names().get().stream()
                            .filter(topic -> topic.startsWith(prefix))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IOException("the topics of " + prefix + " cannot be deleted", e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // The process is ending already, and does the same.
        }
        remove();
    }

    private void closeAtExit() {
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
        try {
            remove();
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    private void remove() throws IOException {
        broker.close();
        LeftBehind.delete(folder);
    }
}
