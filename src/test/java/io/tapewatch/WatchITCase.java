package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tapewatch.Tool.Said;
import io.tapewatch.local.EmbeddedKafka;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Watching as a user does it: a process of its own that finds Kafka by its address. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
@Timeout(600)
class WatchITCase {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEADING = "TIME                  SEVERITY  RULE              SYMBOL      MESSAGE";

    @TempDir
    Path folder;

    @Test
    void whatIsThereIsShownAndThenItEnds(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("there.flags", 2, Map.of());
        kafka.createTopic("there.dead-letters", 1, Map.of());
        try (KafkaProducer<String, String> producer = producer(kafka)) {
            // Each has a time of its own, so that their order is known.
            long start = System.currentTimeMillis();
            for (int second = 10; second < 40; second++) {
                send(
                        producer,
                        "there.flags",
                        second % 2,
                        start + second,
                        flag(second, second % 3 == 0 ? "ETH-USD" : "BTC-USD"));
            }
            send(producer, "there.flags", 0, start + 40, "no flag");
            ProducerRecord<String, String> letter = new ProducerRecord<>("there.dead-letters", "BTC-USD", "dear →");
            letter.headers().add("reason", "bad-price".getBytes(StandardCharsets.UTF_8));
            letter.headers().add("source-offset", "4711".getBytes(StandardCharsets.UTF_8));
            producer.send(letter).get();
        }
        String[] options = {"--kafka.bootstrap-servers=" + kafka.bootstrapServers(), "--output.prefix=there."};

        CompletableFuture<Said> json =
                watch(options, "flags", "--no-follow", "--json", "--symbol", "BTC-*", "--last", "3");
        CompletableFuture<Said> table = watch(options, "flags", "--no-follow", "--since=1h");
        CompletableFuture<Said> letters = watch(options, "dead-letters", "--no-follow", "--json");
        CompletableFuture<Said> unknown = watch(options, "summaries");

        Said last = json.get().ends(0);
        assertThat(last.err()).isEmpty();
        assertThat(last.out()).containsExactly(flag(35, "BTC-USD"), flag(37, "BTC-USD"), flag(38, "BTC-USD"));

        Said all = table.get().ends(0);
        assertThat(all.err()).isEmpty();
        assertThat(all.out()).hasSize(32).startsWith(HEADING, line(10, "BTC-USD"), line(11, "BTC-USD"));
        assertThat(all.out()).endsWith(line(39, "ETH-USD"), "0/15: not JSON");

        Said dead = letters.get().ends(0);
        assertThat(dead.err()).isEmpty();
        assertThat(dead.out()).hasSize(1);
        JsonNode letter = JSON.readTree(dead.out().get(0));
        assertThat(letter.path("reason").asText()).isEqualTo("bad-price");
        assertThat(letter.path("offset").asInt()).isEqualTo(4711);
        assertThat(letter.path("key").asText()).isEqualTo("BTC-USD");
        assertThat(letter.path("value").asText()).isEqualTo("dear →");

        Said nowhere = unknown.get().ends(1);
        assertThat(nowhere.out()).isEmpty();
        assertThat(nowhere.err())
                .containsExactly("tapewatch: topic 'there.summaries' does not exist on Kafka at "
                        + kafka.bootstrapServers() + "; create it, or name the one you mean");
    }

    @Test
    void whatWasSentIsShownAndNothingInItIsAQuestionMarkOrReachesTheTerminal(EmbeddedKafka kafka) throws Exception {
        kafka.createTopic("sent-prices", 1, Map.of());
        kafka.createTopic("sent.flags", 1, Map.of());
        try (KafkaProducer<String, String> producer = producer(kafka)) {
            long time = 1_700_000_001_000L;
            producer.send(new ProducerRecord<>("sent-prices", 0, time, "BTC-USD", "64250.10"))
                    .get();
            producer.send(new ProducerRecord<>(
                            "sent-prices", 0, time, null, "{\"heartbeat\":true,\"time\":" + time + "}"))
                    .get();
            producer.send(new ProducerRecord<>("sent-prices", 0, time, "BTC-USD", "dear \u001b[2J"))
                    .get();
            send(producer, "sent.flags", 0, flag(10, "BTC-USD").replace(" rose", " rose: 1 → 2 … Zoë \\u001b[2J"));
        }
        String servers = "--kafka.bootstrap-servers=" + kafka.bootstrapServers();
        CompletableFuture<Said> sent =
                watch(new String[] {servers, "--prices.topic=sent-prices"}, "prices", "--no-follow", "--heartbeats");
        CompletableFuture<Said> ascii = flagsIn("C", servers);
        CompletableFuture<Said> utf8 = flagsIn("C.UTF-8", servers);

        List<String> shown = sent.get().ends(0).out();
        assertThat(shown)
                .hasSize(4)
                .startsWith(
                        "AT          TIME                      SYMBOL            PRICE        SIZE  SIDE  MORE",
                        "0/0         2023-11-14T22:13:21.000Z  BTC-USD         64250.1",
                        "0/1         2023-11-14T22:13:21.000Z  heartbeat");
        assertThat(shown.get(3))
                .startsWith("0/2         rejected  malformed-json  ")
                .endsWith("  key BTC-USD  value dear \\u001b[2J");
        assertThat(ascii.get().ends(0).out())
                .last()
                .asString()
                .endsWith("BTC-USD rose: 1 -> 2 ... Zo\\u00eb \\u001b[2J");
        assertThat(utf8.get().ends(0).out()).last().asString().endsWith("BTC-USD rose: 1 → 2 … Zoë \\u001b[2J");
    }

    private CompletableFuture<Said> flagsIn(String locale, String servers) {
        ProcessBuilder process =
                Tool.process(folder, "watch", "flags", servers, "--output.prefix=sent.", "--no-follow");
        process.environment().put("LC_ALL", locale);
        return CompletableFuture.supplyAsync(() -> said(process));
    }

    @Test
    void whatIsNewIsShownUntilItIsStoppedOrUntilNobodyReadsIt(EmbeddedKafka kafka) throws Exception {
        int nobodysPort;
        try (ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            nobodysPort = socket.getLocalPort();
        }
        CompletableFuture<Said> away = CompletableFuture.supplyAsync(() -> said(
                Tool.impatient(folder, "watch", "flags", "--kafka.bootstrap-servers", "localhost:" + nobodysPort)));

        kafka.createTopic("coming.flags", 1, Map.of("message.timestamp.type", "LogAppendTime"));
        String[] arguments = {
            "watch", "flags", "--kafka.bootstrap-servers=" + kafka.bootstrapServers(), "--output.prefix=coming."
        };
        Path errors = folder.resolve("errors.txt");
        Process read = Tool.process(folder, arguments)
                .redirectError(Redirect.appendTo(errors.toFile()))
                .start();
        Process unread = Tool.process(folder, arguments)
                .redirectError(Redirect.appendTo(errors.toFile()))
                .start();
        try (KafkaProducer<String, String> producer = producer(kafka);
                BufferedReader out = read.inputReader(StandardCharsets.UTF_8);
                BufferedReader ignored = unread.inputReader(StandardCharsets.UTF_8)) {
            send(producer, "coming.flags", 0, flag(10, "BTC-USD"));
            assertThat(out.readLine()).isEqualTo(HEADING);
            assertThat(out.readLine()).isEqualTo(line(10, "BTC-USD"));
            send(producer, "coming.flags", 0, flag(11, "BTC-USD"));
            assertThat(out.readLine()).isEqualTo(line(11, "BTC-USD"));

            assertThat(ignored.readLine()).isEqualTo(HEADING);
            unread.getInputStream().close();
            while (unread.isAlive()) {
                send(producer, "coming.flags", 0, flag(12, "BTC-USD"));
            }
            assertThat(Tool.exitCode(unread)).isEqualTo(141);

            Tool.stop(read);
            assertThat(out.lines()).allMatch(line(12, "BTC-USD")::equals);
            assertThat(Tool.exitCode(read)).isEqualTo(Tool.STOPPED);
            assertThat(errors).isEmptyFile();
        } finally {
            read.destroyForcibly();
            unread.destroyForcibly();
        }

        Said silent = away.get().ends(1);
        assertThat(silent.out()).isEmpty();
        assertThat(silent.err())
                .singleElement()
                .asString()
                .startsWith(
                        "tapewatch: Kafka at localhost:" + nobodysPort + " does not answer within 8 s; is it running");
    }

    private static String flag(int second, String symbol) {
        return ("{\"ruleId\":\"rise\",\"severity\":\"high\",\"symbol\":\"%s\",\"time\":\"2023-11-14T22:13:%d.000Z\","
                        + "\"message\":\"%s rose\",\"revision\":0}")
                .formatted(symbol, second, symbol);
    }

    private static String line(int second, String symbol) {
        return "2023-11-14T22:13:%dZ  high      rise              %s     %s rose".formatted(second, symbol, symbol);
    }

    private CompletableFuture<Said> watch(String[] options, String... arguments) {
        String[] all = Stream.of(new String[] {"watch"}, arguments, options)
                .flatMap(Stream::of)
                .toArray(String[]::new);
        return CompletableFuture.supplyAsync(() -> said(Tool.process(folder, all)));
    }

    private Said said(ProcessBuilder process) {
        try {
            return Tool.start(folder, "", process).said();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KafkaProducer<String, String> producer(EmbeddedKafka kafka) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), new StringSerializer(), new StringSerializer());
    }

    /** Returns when it has arrived. */
    private static void send(KafkaProducer<String, String> producer, String topic, int partition, String value)
            throws Exception {
        send(producer, topic, partition, null, value);
    }

    private static void send(
            KafkaProducer<String, String> producer, String topic, int partition, Long time, String value)
            throws Exception {
        producer.send(new ProducerRecord<>(topic, partition, time, "key", value))
                .get();
    }
}
