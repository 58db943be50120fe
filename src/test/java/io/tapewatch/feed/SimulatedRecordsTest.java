package io.tapewatch.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.feed.simulated.IncidentKind;
import io.tapewatch.feed.simulated.Simulation;
import io.tapewatch.feed.simulated.SimulationSettings;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SimulatedRecordsTest {

    private static final int ROWS = 100_000;

    @Test
    void theSameSettingsGiveTheSameBytesForEver() throws IOException, NoSuchAlgorithmException {
        Simulation simulation = simulation(7);

        assertThat(digest(simulation)).isEqualTo("eb3b165f4833e719de13f46d88b6d27eff17e6a80b03ad1b068d49d8282e494c");
        assertThat(digest(simulation)).as("opened again").isEqualTo(digest(simulation(7)));
    }

    @Test
    void anotherSeedGivesOthers() throws IOException, NoSuchAlgorithmException {
        assertThat(digest(simulation(8))).isNotEqualTo(digest(simulation(7)));
    }

    /** A market with all there is. */
    private static Simulation simulation(long seed) {
        Map<IncidentKind, Double> incidents =
                Arrays.stream(IncidentKind.values()).collect(Collectors.toMap(kind -> kind, kind -> 60.0));
        return new Simulation(
                SimulationSettings.of(seed, 500, 20, 1_385_337_600_000L, Long.MAX_VALUE)
                        .withDisorder(0.1, 2000)
                        .withRepeats(0.02)
                        .withBad(0.02)
                        .withQuotes()
                        .withIncidents(incidents),
                incident -> {});
    }

    private static String digest(Simulation simulation) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (FeedRows rows = simulation.open()) {
            for (int i = 0; i < ROWS; i++) {
                digest.update(FeedJson.of(rows.next()));
                digest.update((byte) '\n');
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
