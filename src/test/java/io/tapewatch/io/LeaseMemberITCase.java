package io.tapewatch.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.LongPatience;
import io.tapewatch.cluster.Waiting;
import io.tapewatch.local.EmbeddedKafka;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
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
            try (Asking second = new Asking(TWO, NOON.minusSeconds(60))) {
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
        lease().expectFree(Optional.empty(), Duration.ofMinutes(5));
    }

    @Test
    void aStartIsRefusedWhileAJobHoldsTheLeaseUnlessItIsThatJob() throws Exception {
        try (Asking first = new Asking(ONE, NOON)) {
            first.won.get();
            lease().expectFree(Optional.of(ONE), Duration.ZERO);
            assertThatThrownBy(() -> lease().expectFree(Optional.of(TWO), Duration.ofMillis(300)))
                    .isInstanceOf(KafkaConnection.KafkaUnusable.class)
                    .hasMessageStartingWith(
                            "job 'tapewatch' (" + ONE + "), started at 2023-11-15T12:00:00Z, reads with")
                    .hasMessageEndingWith("another --output.prefix");
        }
        lease().expectFree(Optional.empty(), Duration.ofMinutes(5));
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
        lease().expectFree(Optional.empty(), Duration.ofMinutes(5));
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
            Properties properties = new Properties();
            properties.setProperty("session.timeout.ms", "3000");
            LeaseTerms terms = new LeaseTerms(kafka.bootstrapServers(), properties, group, TOPIC, start);
            member = LeaseMember.join(terms, "tapewatch", id, this);
        }

        @Override
        public void won() {
            won.complete(null);
        }

        @Override
        public void failed(Throwable why) {
            failed.complete(why);
            won.completeExceptionally(why);
        }

        @Override
        public void close() {
            member.leave(this);
        }
    }
}
