package io.tapewatch.io.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which job gets the lease of its group. */
class LeaseAssignorTest {

    private static final Instant NOON = Instant.parse("2023-11-15T12:00:00Z");
    private static final String ONE = "1".repeat(32);
    private static final String TWO = "2".repeat(32);

    @Test
    void ofTwoJobsThatAskAtOnceTheElderGetsTheLease() {
        assertThat(LeaseAssignor.winner(Map.of(
                        "younger", claim(ONE, NOON.plusMillis(1), 1, false), "elder", claim(TWO, NOON, 2, false))))
                .isEqualTo("elder");
        assertThat(LeaseAssignor.winner(Map.of("two", claim(TWO, NOON, 1, false), "one", claim(ONE, NOON, 2, false))))
                .as("of two of the same age, all choose the same")
                .isEqualTo("one");
    }

    @Test
    void aJobThatHoldsTheLeaseKeepsItAlsoAgainstAnElderOne() {
        assertThat(LeaseAssignor.winner(Map.of(
                        "holder", claim(ONE, NOON, 9, true), "elder", claim(TWO, NOON.minusSeconds(60), 1, false))))
                .isEqualTo("holder");
    }

    @Test
    void ofOneJobTheNewestProcessTakesOverAlsoFromTheOneThatHoldsTheLease() {
        assertThat(LeaseAssignor.winner(Map.of(
                        "paused", claim(ONE, NOON, 1, true),
                        "new", claim(ONE, NOON, 2, false),
                        "other", claim(TWO, NOON.minusSeconds(60), 3, false))))
                .isEqualTo("new");
    }

    @Test
    void aClaimIsReadBackFromItsBytesAndFromTheNameOfItsMember() {
        LeaseClaim claim = new LeaseClaim("eu-lease-prices\n2", ONE, NOON.plusMillis(7), 1_700_049_600_000L, true);
        assertThat(LeaseClaim.ofBytes(claim.toBytes())).contains(claim);
        assertThat(LeaseClaim.ofBytes(null)).isEmpty();
        assertThat(LeaseClaim.ofBytes(ByteBuffer.wrap(new byte[] {1, 2}))).isEmpty();
        assertThat(LeaseClaim.ofClientId("x-lease-" + ONE + "-Z-1")).isEmpty();
        assertThat(LeaseClaim.ofClientId("x-lease-" + ONE + "-yesterdayZ-1")).isEmpty();
        assertThat(LeaseClaim.ofClientId(claim.clientId()))
                .contains(new LeaseClaim(claim.job(), claim.id(), claim.start(), claim.attempt(), false));
        assertThat(LeaseClaim.ofClientId("consumer-tapewatch-1")).isEmpty();
        assertThat(claim(ONE, NOON, 1, false))
                .hasToString("job 'tapewatch' (" + ONE + "), started at 2023-11-15T12:00:00Z");
    }

    @Test
    void aReaderThatCameWhileKafkaWasNotHeardOfIsToldOfTheLeaseWhenKafkaIsHeardAgain() {
        Properties neverFresh = new Properties();
        neverFresh.setProperty("session.timeout.ms", "0");
        LeaseClaim claim = claim(ONE, NOON, 1, false);
        LeaseMember member = new LeaseMember(new LeaseTerms("localhost:1", neverFresh, "g", "prices", NOON), claim);
        AtomicInteger told = new AtomicInteger();
        member.watch(new LeaseMember.Watcher() {
            @Override
            public void won() {
                told.incrementAndGet();
            }

            @Override
            public void failed(Throwable why) {
                throw new AssertionError(why);
            }
        });
        member.decided(claim);
        assertThat(member.isHeld()).as("as after a pause").isFalse();
        member.decided(claim);
        assertThat(told).hasValue(2);
    }

    @Test
    void aSessionThatIsMadeForOtherConsumersIsCutToWhatAPersonCanWaitFor() {
        Properties long45s = new Properties();
        long45s.setProperty("session.timeout.ms", "45000");
        assertThat(LeaseTerms.sessionMillis(long45s)).isEqualTo(15_000);
        assertThat(LeaseTerms.sessionMillis(new Properties())).isEqualTo(10_000);
    }

    private static LeaseClaim claim(String id, Instant start, long attempt, boolean held) {
        return new LeaseClaim("tapewatch", id, start, attempt, held);
    }
}
