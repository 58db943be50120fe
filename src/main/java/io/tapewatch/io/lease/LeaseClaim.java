package io.tapewatch.io.lease;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A job's claim to the lease of its consumer group.
 *
 * @param job the name of the job
 * @param id Flink's id of the job
 * @param start when the job was built
 * @param attempt when this process asked, in epoch milliseconds: a job manager that takes over asks later
 * @param held whether the job holds the lease already
 */
public record LeaseClaim(String job, String id, Instant start, long attempt, boolean held) {

    private static final Pattern CLIENT_ID =
            Pattern.compile("(.*)-lease-([0-9a-f]{32})-(\\S+Z)-(\\d+)", Pattern.DOTALL);

    /** The claim that gets the lease is the least: the holder's, else that of the eldest job. */
    static final Comparator<LeaseClaim> ORDER = Comparator.comparing((LeaseClaim claim) -> !claim.held)
            .thenComparing(LeaseClaim::start)
            .thenComparing(LeaseClaim::id)
            .thenComparing(LeaseClaim::attempt, Comparator.reverseOrder());

    boolean isOfSameJob(LeaseClaim other) {
        return id.equals(other.id);
    }

    /** What the member of the group is called: operators see this name, and the next start reads it. */
    String clientId() {
        return job + "-lease-" + id + "-" + start + "-" + attempt;
    }

    /** The claim of the member with this name, if the member is a job. */
    static Optional<LeaseClaim> ofClientId(String clientId) {
        Matcher parts = CLIENT_ID.matcher(clientId);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LeaseClaim(
                    parts.group(1),
                    parts.group(2),
                    Instant.parse(parts.group(3)),
                    Long.parseLong(parts.group(4)),
                    false));
        } catch (DateTimeParseException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** As members of the group tell each other. */
    ByteBuffer toBytes() {
        return ByteBuffer.wrap((held + "\n" + clientId()).getBytes(StandardCharsets.UTF_8));
    }

    /** The claim in these bytes, if there is one: any program may join the group. */
    static Optional<LeaseClaim> ofBytes(ByteBuffer bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        String[] parts =
                StandardCharsets.UTF_8.decode(bytes.duplicate()).toString().split("\n", 2);
        return parts.length < 2
                ? Optional.empty()
                : ofClientId(parts[1])
                        .map(claim -> new LeaseClaim(
                                claim.job, claim.id, claim.start, claim.attempt, Boolean.parseBoolean(parts[0])));
    }

    /** {@code job 'tapewatch' (4f1c…), started at 2026-11-30T08:30:00.123Z}. */
    @Override
    public String toString() {
        return "job '" + job + "' (" + id + "), started at " + start;
    }
}
