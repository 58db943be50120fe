package io.tapewatch.io.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.HeardLog;
import io.tapewatch.LongPatience;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.io.kafka.InputTopics;
import io.tapewatch.io.kafka.JobTopics;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.local.EmbeddedKafka;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.apache.flink.util.ChildFirstClassLoader;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** Jobs that ask a real broker for the lease of one group. */
@ExtendWith(LongPatience.class)
class LeaseMemberITCase {

    private static final String TOPIC = "prices";
    private static final Instant NOON = Instant.parse("2023-11-15T12:00:00Z");
    private static final String ONE = "1".repeat(32);
    private static final String TWO = "2".repeat(32);

    private static EmbeddedKafka kafka;

    private String group;
    private KafkaConnection connection;

    @BeforeAll
    static void startKafka() throws IOException {
        kafka = EmbeddedKafka.create(Map.of("group.min.session.timeout.ms", "1000"));
        kafka.createTopics(List.of(JobTopics.ANY
                .withPartitions(2)
                .all(new InputTopics(TOPIC, "rules"), "out.")
                .get(0)));
    }

    @AfterAll
    static void stopKafka() throws IOException {
        kafka.close();
    }

    @BeforeEach
    void connect(TestInfo test) {
        group = test.getTestMethod().orElseThrow().getName();
        connection = new KafkaConnection(kafka.bootstrapServers(), new Properties());
    }

    @AfterEach
    void disconnect() {
        connection.close();
    }

    @Test
    void theFirstJobKeepsTheLeaseAndTheSecondOneFailsForGoodAndNamesTheFirst() throws Exception {
        try (Asking first = new Asking(ONE, NOON)) {
            first.won.get();
            assertThat(lease().holder().orElseThrow().id()).isEqualTo(ONE);
            // An elder job that comes later does not take the lease away.
            try (Asking second = new Asking(TWO, NOON.minusSeconds(60), Map.of("session.timeout.ms", "3000"))) {
                Throwable failure = second.failed.get();
                assertThat(failure)
                        .hasMessage("job 'tapewatch' (" + ONE + "), started at " + NOON + ", reads with"
                                + " --prices.group-id " + group + " on Kafka at " + kafka.bootstrapServers()
                                + ", and a second job would publish other results for the same windows: stop that job"
                                + " (flink stop " + ONE + "), or start this one with another --prices.group-id and"
                                + " another --output.prefix. This job ends");
                assertThat(ThrowableClassifier.findThrowableOfThrowableType(failure, ThrowableType.NonRecoverableError))
                        .isPresent();
                assertThat(second.won).isCompletedExceptionally();
            }
            assertThat(first.failed).isNotDone();
            assertThat(first.member.isHeld()).isTrue();
        }
    }

    @Test
    void aJobThatWaitsGetsTheLeaseAsSoonAsTheOtherGivesItBack() throws Exception {
        Asking first = new Asking(ONE, NOON);
        first.won.get();
        try (Asking second = new Asking(TWO, NOON)) {
            awaitMembers(2);
            first.close();
            second.won.get();
            assertThat(lease().holder().orElseThrow().id()).isEqualTo(TWO);
        }
        lease().expectFree(Optional.empty(), Duration.ofMinutes(5), any -> {});
    }

    @Test
    void aStartIsRefusedWhileAJobHoldsTheLeaseUnlessItIsThatJob() throws Exception {
        try (Asking first = new Asking(ONE, NOON)) {
            first.won.get();
            lease().expectFree(Optional.of(ONE), Duration.ZERO, any -> {});
            assertThatThrownBy(() -> lease().expectFree(Optional.of(TWO), Duration.ofMillis(300), any -> {}))
                    .isInstanceOf(KafkaConnection.KafkaUnusable.class)
                    .hasMessageStartingWith(
                            "job 'tapewatch' (" + ONE + "), started at 2023-11-15T12:00:00Z, reads with")
                    .hasMessageEndingWith("another --output.prefix");
        }
        lease().expectFree(Optional.empty(), Duration.ofMinutes(5), any -> {});
    }

    @Test
    void theSourcesOfOneJobShareItsLeaseUntilTheLastOneEnds() throws Exception {
        try (Asking prices = new Asking(ONE, NOON)) {
            prices.won.get();
            try (Asking quotes = new Asking(ONE, NOON)) {
                assertThat(quotes.member).isSameAs(prices.member);
                assertThat(quotes.member.isHeld()).isTrue();
            }
            assertThat(prices.member.isHeld()).isTrue();
            assertThat(lease().holder()).isPresent();
        }
        lease().expectFree(Optional.empty(), Duration.ofMinutes(5), any -> {});
    }

    @Test
    void aJobGivesTheLeaseBackAtOnceAlsoWhenFlinkHasClosedItsClassLoaderBefore() throws Exception {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(LeaseMemberITCase::url)
                .toArray(URL[]::new);
        String[] ofFlink = CoreOptions.getParentFirstLoaderPatterns(new Configuration());
        CompletableFuture<String> told = new CompletableFuture<>();
        Object member;
        Object watcher;
        Class<?> watching;
        Class<?> members;
        try (URLClassLoader ofJob = new ChildFirstClassLoader(
                classPath, LeaseMember.class.getClassLoader(), ofFlink, told::obtrudeException)) {
            members = ofJob.loadClass(LeaseMember.class.getName());
            watching = ofJob.loadClass(LeaseMember.Watcher.class.getName());
            Class<?> terms = ofJob.loadClass(LeaseTerms.class.getName());
            assertThat(members).isNotSameAs(LeaseMember.class);
            watcher = Proxy.newProxyInstance(ofJob, new Class<?>[] {watching}, (proxy, method, arguments) -> {
                if (method.getName().equals("equals")) {
                    return proxy == arguments[0];
                }
                told.complete(method.getName());
                return null;
            });
            Method join = members.getDeclaredMethod("join", terms, String.class, String.class, watching);
            join.setAccessible(true);
            member = join.invoke(
                    null,
                    terms.getConstructor(String.class, Properties.class, String.class, String.class, Instant.class)
                            .newInstance(kafka.bootstrapServers(), new Properties(), group, TOPIC, NOON),
                    "tapewatch",
                    ONE,
                    watcher);
            assertThat(told.get()).isEqualTo("won");
        }
        Method leave = members.getDeclaredMethod("leave", watching);
        leave.setAccessible(true);
        try (HeardLog log = HeardLog.of(LeaseEnd.class.getName())) {
            leave.invoke(member, watcher);
            assertThat(log.at(Level.INFO)).isEmpty();
        }
        assertThat(lease().holder()).isEmpty();
        assertThat(told).isCompletedWithValue("won");
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private GroupLease lease() {
        return new GroupLease(connection, group);
    }

    private void awaitMembers(int count) throws Exception {
        Waiting.untilTrue(
                count + " members",
                () -> connection
                                .admin()
                                .describeConsumerGroups(List.of(LeaseTerms.leaseGroup(group)))
                                .describedGroups()
                                .get(LeaseTerms.leaseGroup(group))
                                .get()
                                .members()
                                .size()
                        == count);
    }

    /** A source of a job that asks for the lease. */
    private final class Asking implements LeaseMember.Watcher, AutoCloseable {
        private final CompletableFuture<Void> won = new CompletableFuture<>();
        private final CompletableFuture<Throwable> failed = new CompletableFuture<>();
        private final LeaseMember member;

        Asking(String id, Instant start) {
            this(id, start, Map.of());
        }

        /** @param settings of its clients: the shorter its session, the sooner it gives up, and the sooner it is given up */
        Asking(String id, Instant start, Map<String, String> settings) {
            Properties properties = new Properties();
            properties.putAll(settings);
            LeaseTerms terms = new LeaseTerms(kafka.bootstrapServers(), properties, group, TOPIC, start);
            member = LeaseMember.join(terms, "tapewatch", id, this);
        }

        @Override
        public void won() {
            won.complete(null);
        }

        @Override
        public void failed(Throwable why) {
            won.completeExceptionally(why);
            failed.complete(why);
        }

        @Override
        public void close() {
            member.leave(this);
        }
    }
}
