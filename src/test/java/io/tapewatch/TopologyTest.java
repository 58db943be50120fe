package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.domain.EventTimes;
import io.tapewatch.settings.JobOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopologyTest {

    private static StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.getExecutionEnvironment(new Configuration())
                .setParallelism(4);
    }

    /** Of a job with quotes and instruments. */
    private static StreamGraph graph(String csv) {
        return graph(csv, true);
    }

    private static StreamGraph graph(String csv, boolean quotesAndInstruments) {
        StreamExecutionEnvironment env = environment();
        build(env, csv, quotesAndInstruments);
        return env.getStreamGraph(false);
    }

    /** From the options on, as the job is built, but for Kafka: what is there is made up. */
    private static void build(StreamExecutionEnvironment env, String csv, boolean quotesAndInstruments) {
        Configuration options =
                new Configuration().set(JobOptions.WINDOWS, "1m,1d").set(JobOptions.BOOTSTRAP_SERVERS, "localhost:1");
        if (csv != null) {
            options.set(JobOptions.CSV_PATH, csv).set(JobOptions.CSV_PRICES, true);
        }
        if (quotesAndInstruments) {
            options.set(JobOptions.QUOTES_TOPIC, "quotes").set(JobOptions.INSTRUMENTS_TOPIC, "instruments");
        }
        KafkaAtStart found = new KafkaAtStart(
                timed("prices", 2),
                Optional.of(timed("quotes", 1)).filter(quotes -> quotesAndInstruments),
                control("rules"),
                Optional.of(control("instruments")).filter(instruments -> quotesAndInstruments));
        Properties kafka = new Properties();
        Topology.build(
                env,
                new Ends(
                        JobInputs.of(options, kafka, found, EventTimes.BEGINNING, env.getParallelism()),
                        JobOutputs.of(options, kafka)),
                TapewatchJob.settings(options));
    }

    private static KafkaAtStart.Timed timed(String topic, int partitions) {
        Map<TopicPartition, Long> from = IntStream.range(0, partitions)
                .boxed()
                .collect(Collectors.toMap(partition -> new TopicPartition(topic, partition), partition -> 0L));
        return new KafkaAtStart.Timed(partitions, from, Optional.empty());
    }

    private static KafkaAtStart.Control control(String topic) {
        return new KafkaAtStart.Control(Map.of(new TopicPartition(topic, 0), 5L), Map.of(0, 4L));
    }

    private static List<StreamNode> nodes(StreamGraph graph) {
        return new ArrayList<>(graph.getStreamNodes());
    }

    @Test
    void theOperatorsAreThoseThatSavepointsKnow() throws IOException {
        assertThat(nodes(graph("out")))
                .extracting(node -> node.getTransformationUID() + " | " + node.getOperatorName())
                .containsExactlyInAnyOrderElementsOf(golden("uids.txt"));
    }

    @Test
    void aJobWithoutQuotesAndInstrumentsHasNoneOfTheirOperators() throws IOException {
        assertThat(nodes(graph("out", false)))
                .extracting(node -> node.getTransformationUID() + " | " + node.getOperatorName())
                .containsExactlyInAnyOrderElementsOf(golden("uids.txt").stream()
                        .filter(line -> !line.matches("(Sink Committer: )?(quote|instrument).*"))
                        .toList());
    }

    private static List<String> golden(String name) throws IOException {
        try (InputStream in = TopologyTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void everyOperatorHasAUidOfItsOwn() {
        List<String> uids = nodes(graph("out")).stream()
                .map(StreamNode::getTransformationUID)
                .toList();
        assertThat(uids).doesNotContainNull();
        assertThat(new HashSet<>(uids)).hasSameSizeAs(uids);
    }

    @Test
    void theWebUiShowsTheNamesOfTheDiagram() throws IOException {
        String source = Files.readString(Path.of("src/main/java/io/tapewatch/Topology.java"));
        String diagram = source.substring(source.indexOf("<pre>"), source.indexOf("</pre>"));
        for (StreamNode node : nodes(graph(null))) {
            String name = node.getOperatorName()
                    .replace("Source: ", "")
                    .replace(": Writer", "")
                    .replace(": Committer", "");
            assertThat(diagram.replace('-', ' ')).contains(name.replace('-', ' '));
        }
    }

    @Test
    void theDetailsOfABoxSayWhatEachOperatorDoesALineEach() {
        String tape = "";
        for (JobVertex vertex : graph("out").getJobGraph().getVertices()) {
            tape = vertex.getName().startsWith("tape") ? vertex.getOperatorPrettyName() : tape;
            assertThat(vertex.getOperatorPrettyName().lines())
                    .as(vertex.getName())
                    .allMatch(line -> line.matches("[ :+-]*[a-z-]+(: [a-z].* .*|: (Writer|Committer))"));
        }
        assertThat(tape)
                .startsWith("tape: keeps the windows of each symbol, and checks each tick against the rules\n"
                        + ":- summaries: Writer\n"
                        + ":  +- summaries: Committer\n");
    }

    @Test
    void withoutCsvTheRestKeepsItsUids() {
        List<String> uids = nodes(graph("out")).stream()
                .map(StreamNode::getTransformationUID)
                .filter(uid -> !uid.contains("csv"))
                .toList();
        assertThat(nodes(graph(null)))
                .extracting(StreamNode::getTransformationUID)
                .containsExactlyInAnyOrderElementsOf(uids);
    }

    @Test
    void keyedStateCanBeRestoredWithAnyParallelismUpTo128() {
        assertThat(nodes(graph(null)))
                .filteredOn(node -> node.getOperatorName().equals("tape"))
                .extracting(StreamNode::getMaxParallelism)
                .containsExactly(128);
    }

    @Test
    void controlsStayInTheirOrderInputsHaveNoMoreTasksThanPartitionsAndFilesAreFew() {
        for (StreamNode node : nodes(graph("out"))) {
            int expected =
                    switch (node.getTransformationUID().replace("Sink Committer: ", "")) {
                        case "rules", "rules-at-start", "rules-gate", "validate" -> 1;
                        case "instruments", "instruments-at-start", "instruments-gate", "instruments-decode" -> 1;
                        case "prices", "event-time", "decode" -> 2;
                        case "quotes", "quotes-event-time", "quotes-decode" -> 1;
                        case "movers", "movers-out", "rule-status" -> 1;
                        case "prices-csv", "summaries-csv", "movers-csv" -> 1;
                        case "flags-csv", "shadow-flags-csv", "quoted-trades-csv" -> 1;
                        default -> 4;
                    };
            assertThat(node.getParallelism()).as(node.getTransformationUID()).isEqualTo(expected);
        }
    }

    /** A record that Flink would have written with Kryo. */
    public record WithDuration(String name, Duration duration) {}

    @Test
    void noTypeIsWrittenWithKryo() {
        // The graph makes a serializer of each type as it is built, and refuses Kryo from then on.
        StreamExecutionEnvironment env = environment();
        assertThat(graph("out").getExecutionConfig().getSerializerConfig().hasGenericTypesDisabled())
                .isTrue();
        build(env, null, true);
        assertThatThrownBy(() -> env.fromData(new WithDuration("a", Duration.ZERO)))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Generic types have been disabled");
    }
}
