package io.tapewatch.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
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
        assertThat(LeaseClaim.ofBytes(claim.toBytes())).isEqualTo(claim);
        assertThat(LeaseClaim.ofClientId(claim.clientId()))
                .contains(new LeaseClaim(claim.job(), claim.id(), claim.start(), claim.attempt(), false));
        assertThat(LeaseClaim.ofClientId("consumer-tapewatch-1")).isEmpty();
        assertThat(claim(ONE, NOON, 1, false))
                .hasToString("job 'tapewatch' (" + ONE + "), started at 2023-11-15T12:00:00Z");
    }

    private static LeaseClaim claim(String id, Instant start, long attempt, boolean held) {
        return new LeaseClaim("tapewatch", id, start, attempt, held);
    }
}
