package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.domain.Decoded;
import io.tapewatch.domain.EventTimes;
import io.tapewatch.domain.rule.Condition;
import io.tapewatch.io.json.InstrumentDecoder;
import io.tapewatch.io.json.PriceDecoder;
import io.tapewatch.io.json.QuoteDecoder;
import io.tapewatch.io.json.RecordLimits;
import io.tapewatch.io.json.SourceTopics;
import io.tapewatch.io.sink.CsvTarget;
import io.tapewatch.io.sink.JobSinks;
import io.tapewatch.io.sink.LineEnding;
import io.tapewatch.io.sink.LostTransactions;
import io.tapewatch.io.source.JobSources;
import io.tapewatch.io.source.PartitionTime;
import io.tapewatch.operators.DecodedSerializer;
import io.tapewatch.operators.MoversSettings;
import io.tapewatch.operators.RuleRequestSerializer;
import io.tapewatch.operators.TapeSettings;
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
import java.util.Properties;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopologyTest {

    private static final TapeSettings SETTINGS =
            new TapeSettings("1m,1d", 60_000, Map.of(), 1000, 0, 100, 8, Condition.MAX_OVER, 1000, "1d", null, false);

    private static final MoversSettings MOVERS = new MoversSettings("1d", 10, 60_000, 1000);

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

    private static void build(StreamExecutionEnvironment env, String folder, boolean quotesAndInstruments) {
        CsvTarget csv = folder == null ? null : new CsvTarget(folder, LineEnding.LF);
        JobSources sources = new JobSources("localhost:1", new Properties(), "group");
        JobSinks sinks = new JobSinks("localhost:1", new Properties(), "group", "tapewatch.", LostTransactions.FAIL);
        SourceTopics topics = new SourceTopics("prices", quotesAndInstruments ? "quotes" : null);
        Map<TopicPartition, Long> rulesEnd = Map.of(new TopicPartition("rules", 0), 5L);
        Ends ends = new Ends(
                sources.prices(
                        "prices",
                        new JobSources.Stretch(
                                Map.of(new TopicPartition("prices", 0), 0L, new TopicPartition("prices", 1), 0L),
                                null,
                                false),
                        PriceDecoder.factory(new RecordLimits(65_536, Duration.ofMinutes(1), false)),
                        DecodedSerializer.TYPE),
                2,
                EventTimes.BEGINNING,
                topics,
                quotesAndInstruments ? quotes(sources, sinks, csv) : null,
                quotesAndInstruments ? instruments(sources) : null,
                new Ends.Control<>(
                        sources.rulesUpTo("rules", rulesEnd, RuleRequestSerializer.TYPE),
                        sources.rulesFrom("rules", rulesEnd, false, RuleRequestSerializer.TYPE),
                        Map.of(0, 4L)),
                sinks.summaries(DeliveryGuarantee.EXACTLY_ONCE),
                csv == null ? null : sinks.summariesCsv(csv),
                sinks.movers(DeliveryGuarantee.EXACTLY_ONCE),
                csv == null ? null : sinks.moversCsv(csv),
                csv == null ? null : sinks.pricesCsv(csv),
                sinks.flags(DeliveryGuarantee.AT_LEAST_ONCE, topics),
                csv == null ? null : sinks.flagsCsv(csv, topics),
                sinks.shadowFlags(DeliveryGuarantee.AT_LEAST_ONCE, topics),
                csv == null ? null : sinks.shadowFlagsCsv(csv, topics),
                sinks.verdicts(),
                sinks.deadLetters(900_000));
        Topology.build(
                env,
                ends,
                SETTINGS,
                MOVERS,
                List.of(),
                PartitionTime.strategy(Duration.ofSeconds(2), Duration.ofSeconds(30), false),
                Duration.ofSeconds(2));
    }

    private static Ends.Quotes quotes(JobSources sources, JobSinks sinks, CsvTarget csv) {
        return new Ends.Quotes(
                sources.quotes(
                        "quotes",
                        new JobSources.Stretch(Map.of(new TopicPartition("quotes", 0), 0L), null, false),
                        QuoteDecoder.factory(new RecordLimits(65_536, Duration.ofMinutes(1), false)),
                        DecodedSerializer.TYPE),
                1,
                sinks.quotedTrades(DeliveryGuarantee.EXACTLY_ONCE),
                csv == null ? null : sinks.quotedTradesCsv(csv));
    }

    private static Ends.Control<Decoded> instruments(JobSources sources) {
        Map<TopicPartition, Long> end = Map.of(new TopicPartition("instruments", 0), 5L);
        return new Ends.Control<>(
                sources.instrumentsUpTo("instruments", end, InstrumentDecoder.factory(65_536), DecodedSerializer.TYPE),
                sources.instrumentsFrom(
                        "instruments", end, false, InstrumentDecoder.factory(65_536), DecodedSerializer.TYPE),
                Map.of(0, 4L));
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
    void rulesStayInTheirOrderAndPricesHaveNoMoreTasksThanPartitions() {
        for (StreamNode node : nodes(graph("out"))) {
            int expected =
                    switch (node.getTransformationUID()) {
                        case "rules", "rules-at-start", "rules-gate", "validate", "movers", "movers-out" -> 1;
                        case "prices", "event-time", "decode" -> 2;
                        default -> node.getParallelism();
                    };
            assertThat(node.getParallelism()).as(node.getOperatorName()).isEqualTo(expected);
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
