package io.tapewatch.docs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.LongPatience;
import io.tapewatch.cli.Main;
import io.tapewatch.cluster.ImagePrograms;
import io.tapewatch.cluster.SessionCluster;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.local.Folders;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The run of one page's blocks, one after the other, in a folder as a fresh clone is: {@code ./tapewatch}, {@code
 * examples/}, {@code docs/} and {@code target/tapewatch.jar}. A Kafka broker and a Flink cluster are started when a command asks for them.
 */
final class PageRun implements AutoCloseable {

    private static final String PAGE_BROKER = "localhost:9092";
    private static final Pattern BROKER = Pattern.compile("\\b(localhost|broker):9092\\b");
    private static final Pattern FLINK = Pattern.compile("(?m)(^|[|;&] *)flink |localhost:8081");
    private static final Pattern SUBMITTING = Pattern.compile("(?m)(^|[|;&] *)flink run -d ");
    private static final Pattern PYTHON = Pattern.compile("\\bpython3 ");
    private static final Pattern REST_PORT = Pattern.compile("(?m)^rest\\.port: \"?(\\d+)");

    /** The memory of the launcher's JVM. */
    private static final String JVM =
            "-Xmx1100m -XX:MaxDirectMemorySize=384m -XX:MaxMetaspaceSize=256m -XX:+UseSerialGC";

    private final Path around;
    private final Path folder;
    private final Path transcript;
    private final Map<String, String> words = new HashMap<>();
    private final List<PseudoTerminal> running = new ArrayList<>();
    private EmbeddedKafka kafka;
    private SessionCluster cluster;

    /**
     * @param around a folder of its own, for the page's folder and for what is beside it
     * @param transcript a file that gets all that is typed and printed, for whoever writes a page
     */
    PageRun(Path around, Path transcript) throws IOException {
        this.around = around;
        this.transcript = transcript;
        Files.createDirectories(transcript.getParent());
        Files.writeString(transcript, "");
        this.folder = Files.createDirectories(around.resolve("tapewatch"));
        copy(Path.of("examples"));
        copy(Path.of("docs"));
        Path jar = Path.of("target", "tapewatch.jar");
        Files.createDirectories(folder.resolve(jar).getParent());
        Files.copy(jar, folder.resolve(jar));
        script(
                folder.resolve("tapewatch"),
                "exec '%s' %s %s -cp '%s' %s \"$@\""
                        .formatted(
                                Path.of(System.getProperty("java.home"), "bin", "java"),
                                JVM,
                                LongPatience.OPTION,
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        ImagePrograms.ofKafka(around.resolve("bin"));
    }

    private void copy(Path files) throws IOException {
        for (Path file : Folders.files(files).toList()) {
            Path copy = folder.resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
    }

    private static void script(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs a block, and compares what it prints with what the page shows. */
    void run(CommandBlock block) throws Exception {
        assumeTrue(block.notRun() == null, block.name() + ": " + block.notRun());
        provide(block);
        for (String command : block.setUp()) {
            try (PseudoTerminal terminal = type(command)) {
                int exitCode = terminal.exitCode();
                require(exitCode == 0, block.page(), block.line(), command, "returned " + exitCode, terminal);
            }
            awaitJobs(command);
        }
        for (int i = 0; i < block.commands().size(); i++) {
            run(block, block.commands().get(i), i == block.commands().size() - 1);
        }
    }

    private void run(CommandBlock block, CommandBlock.Typed typed, boolean last) throws Exception {
        PseudoTerminal terminal = type(typed.text());
        try {
            run(block, typed, last, terminal);
        } finally {
            Files.writeString(
                    transcript,
                    "$ " + typed.text() + "\n" + String.join("\n", lines(terminal)) + "\n\n",
                    StandardOpenOption.APPEND);
        }
    }

    private void run(CommandBlock block, CommandBlock.Typed typed, boolean last, PseudoTerminal terminal)
            throws Exception {
        boolean goesOn = last && block.leftRunning();
        running.add(terminal);
        if (!goesOn && !typed.stopped()) {
            int expected = last ? block.exitCode() : 0;
            int exitCode = terminal.exitCode();
            if (!typed.shown().isEmpty()) {
                compare(block, typed, typed.shown(), lines(terminal), terminal);
            }
            require(exitCode == expected, block.page(), typed.line(), typed.text(), "returned " + exitCode, terminal);
            running.remove(terminal);
            terminal.close();
            if (exitCode == 0) {
                awaitJobs(typed.text());
            }
            return;
        }
        // More may come while it runs.
        List<String> shown = with(typed.shown(), "…");
        ShownLines lines = new ShownLines(known(block, shown), block.varying(), block.inAnyOrder());
        try {
            Waiting.untilTrue(
                    "the lines of " + block.name(),
                    () -> lines.missing(lines(terminal)).isEmpty() || !terminal.isAlive());
        } catch (AssertionError e) {
            compare(block, typed, shown, lines(terminal), terminal);
            throw e;
        }
        compare(block, typed, shown, lines(terminal), terminal);
        if (!goesOn) {
            int before = lines(terminal).size();
            terminal.ctrlC();
            terminal.exitCode();
            List<String> after = lines(terminal);
            compare(
                    block,
                    typed,
                    with(List.of("…"), typed.afterwards()),
                    after.subList(Math.min(Math.max(0, before - 1), after.size()), after.size()),
                    terminal);
            running.remove(terminal);
            terminal.close();
        }
    }

    private static List<String> with(List<String> lines, String last) {
        return with(lines, List.of(last));
    }

    private static List<String> with(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private void compare(
            CommandBlock block,
            CommandBlock.Typed typed,
            List<String> shown,
            List<String> printed,
            PseudoTerminal terminal) {
        ShownLines lines = new ShownLines(known(block, shown), block.varying(), block.inAnyOrder());
        Optional<String> missing = lines.missing(printed);
        require(
                missing.isEmpty(),
                block.page(),
                typed.line(),
                typed.text(),
                "did not print as shown: " + missing.orElse(""),
                terminal);
        words.putAll(lines.found());
    }

    private void require(boolean holds, String page, int line, String command, String what, PseudoTerminal terminal) {
        if (!holds) {
            throw new AssertionError(page + ":" + line + ": " + command + "\n" + what + "\nIt printed:\n"
                    + String.join("\n", lines(terminal)));
        }
    }

    /** Lines with the words that varied in earlier blocks as they were there. */
    private List<String> known(CommandBlock block, List<String> lines) {
        Map<String, String> earlier = new HashMap<>(words);
        block.varying().forEach(earlier::remove);
        return lines.stream().map(line -> replace(line, earlier)).toList();
    }

    private static String replace(String text, Map<String, String> words) {
        String result = text;
        for (Map.Entry<String, String> each : words.entrySet()) {
            result = result.replace(each.getKey(), each.getValue());
        }
        return result;
    }

    private PseudoTerminal type(String command) throws IOException {
        String typed = replace(command, words);
        if (kafka != null) {
            typed = BROKER.matcher(typed).replaceAll(Matcher.quoteReplacement(kafka.bootstrapServers()));
        }
        if (cluster != null) {
            typed = typed.replace("localhost:8081", "localhost:" + restPort());
        }
        String path = Stream.of(around.resolve("bin"), around.resolve("flink-bin"))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        return PseudoTerminal.type(folder, Map.of("PATH", path + File.pathSeparator + System.getenv("PATH")), typed);
    }

    private List<String> lines(PseudoTerminal terminal) {
        return terminal.lines().stream()
                .map(line -> kafka == null ? line : line.replace(kafka.bootstrapServers(), PAGE_BROKER))
                .toList();
    }

    // What commands ask for.

    private void provide(CommandBlock block) throws Exception {
        String commands = Stream.concat(
                        block.setUp().stream(), block.commands().stream().map(CommandBlock.Typed::text))
                .collect(Collectors.joining("\n"));
        if (kafka == null && BROKER.matcher(commands).find()) {
            kafka = EmbeddedKafka.create();
        }
        if (cluster == null && FLINK.matcher(commands).find()) {
            cluster =
                    SessionCluster.start(around.resolve("flink"), 1, Map.of("execution.checkpointing.interval", "1s"));
            ImagePrograms.in(around.resolve("flink-bin"), cluster);
        }
        if (PYTHON.matcher(commands).find() && !Files.exists(around.resolve("bin/python3"))) {
            Optional<String> python = python();
            assumeTrue(python.isPresent(), "no Python here has confluent_kafka (Debian: python3-confluent-kafka)");
            script(around.resolve("bin/python3"), "exec " + python.get() + " \"$@\"");
        }
    }

    /** Who reads a page does not type the next command at once, and the job has its lease and its rules by then. */
    private void awaitJobs(String command) throws Exception {
        if (!SUBMITTING.matcher(command).find()) {
            return;
        }
        for (JsonNode job : cluster.rest().get("/jobs/overview").get("jobs")) {
            if (!job.get("state").asText().matches("FAILED|FINISHED|CANCELED")) {
                cluster.rest().awaitSettled(job.get("jid").asText());
            }
        }
    }

    private int restPort() throws IOException {
        Matcher port = REST_PORT.matcher(Files.readString(cluster.folder().resolve("conf/config.yaml")));
        if (!port.find()) {
            throw new IllegalStateException("the cluster has no rest.port");
        }
        return Integer.parseInt(port.group(1));
    }

    /** A Python that has a client of Kafka. */
    private static Optional<String> python() {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/bin"))
                .map(folder -> Path.of(folder, "python3"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .filter(PageRun::hasKafka)
                .findFirst();
    }

    private static boolean hasKafka(String python) {
        try {
            return new ProcessBuilder(python, "-c", "import confluent_kafka")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Stops what still runs. */
    @Override
    public void close() throws IOException {
        for (PseudoTerminal terminal : running) {
            stop(terminal);
        }
        if (cluster != null) {
            cluster.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }

    private static void stop(PseudoTerminal terminal) throws IOException {
        try {
            if (terminal.isAlive()) {
                terminal.ctrlC();
                terminal.exitCode();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            terminal.close();
        }
    }
}
