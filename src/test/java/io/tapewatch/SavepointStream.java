package io.tapewatch;

import io.tapewatch.settings.JobOptions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;

/**
 * What a job has read when a savepoint of a release is taken, and what it reads after it was restored: a few closing
 * trades of a day, and half an hour of the next. When the savepoint is taken, twenty minutes of it are over, and windows
 * and the movers' day are open; ticks and quotes wait for the watermark, which one partition holds back; a rule has raised
 * a flag and is quiet since, though met again and again; another has held for half of the time it must; a symbol has been
 * silent for half of the time it may be. Rules look at certain hours, times, sectors and venues alone, and trades say more or
 * less of what they may.
 *
 * <p>Neither the records nor the settings are ever changed: those of a savepoint that is kept must be the same for ever.
 * {@link #digest} notices. What is to be restored that this does not lead to belongs into a stream of its own.
 */
final class SavepointStream {

    static final int PARTITIONS = 2;

    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;

    /** 9:30 in New York. */
    private static final long OPEN = Instant.parse("2023-11-15T14:30:00Z").toEpochMilli();

    /** The savepoint's moment; the partition that holds the watermark back has got to a minute and a half before it. */
    private static final long CUT = OPEN + 20 * MINUTE;

    private static final long BEHIND = 90 * SECOND;
    private static final long CLOSE = OPEN + 32 * MINUTE;
    private static final long OUT_OF_ORDERNESS = 2 * SECOND;

    private static final List<String> SYMBOLS = List.of("ALFA", "BRAVO", "CHARLIE", "DELTA");

    private static final List<String> RULES = List.of(
            rule(
                    "rise",
                    "\"cooldown\":\"10m\",\"when\":{\"metric\":\"changePct\",\"over\":\"2m\",\"is\":\">\",\"limit\":1}"),
            rule(
                    "burst",
                    "\"cooldown\":\"5m\",\"when\":{\"all\":["
                            + "{\"metric\":\"volumeRatio\",\"over\":\"1m\",\"baseline\":\"10m\",\"is\":\">\",\"limit\":3},"
                            + "{\"metric\":\"changePct\",\"over\":\"1m\",\"is\":\">\",\"limit\":0.3}]}"),
            rule(
                    "stays-low",
                    "\"for\":\"4m\",\"cooldown\":\"1h\",\"when\":{\"metric\":\"fromHighPct\",\"over\":\"10m\","
                            + "\"is\":\"<\",\"limit\":-1}"),
            rule("silent", "\"when\":{\"metric\":\"silenceSeconds\",\"is\":\">=\",\"limit\":300}"),
            rule(
                    "unusual",
                    "\"status\":\"shadow\",\"when\":{\"metric\":\"returnZScore\",\"over\":\"5m\",\"is\":\">\","
                            + "\"limit\":2}"),
            rule(
                    "wide",
                    "\"on\":\"quote\",\"cooldown\":\"1m\",\"when\":{\"metric\":\"spreadBps\",\"is\":\">\",\"limit\":15}"),
            rule("day", "\"cooldown\":\"3m\",\"when\":{\"metric\":\"dayChangePct\",\"is\":\">\",\"limit\":2}"),
            // Each of these says something that decides, after the savepoint, which trades it flags.
            rule(
                    "first-half-hour",
                    "\"description\":\"Large, or not at a round price\",\"severity\":\"low\",\"symbols\":[\"A*\",\"BRAVO\","
                            + "\"D*\"],\"except\":[\"DELTA\"],\"hours\":{\"from\":\"09:30\",\"to\":\"09:57:30\",\"zone\":"
                            + "\"America/New_York\",\"days\":\"WED-FRI\"},\"when\":{\"any\":[{\"metric\":\"size\",\"is\":\">=\","
                            + "\"limit\":20},{\"not\":{\"metric\":\"tickChangePct\",\"is\":\"<\",\"limit\":0.1}}]}"),
            rule(
                    "until-three",
                    "\"from\":\"2023-11-15T14:52:00Z\",\"until\":\"2023-11-15T15:00:00Z\",\"sectors\":[\"Energy\","
                            + "\"Water\"],\"venues\":[\"XNYS\"],\"severity\":\"critical\",\"cooldown\":\"30s\","
                            + "\"when\":{\"metric\":\"size\",\"is\":\">\",\"limit\":10}"));

    private final Random random = new Random(20231115);
    private final List<Entry> first = new ArrayList<>();
    private final List<Entry> second = new ArrayList<>();
    private int ticks;
    private int waiting;

    /** A record, and where it goes. */
    record Entry(String topic, int partition, String key, String value) {}

    SavepointStream() {
        instrument("ALFA", "Alfa Works", "Energy", "XNYS", 1);
        instrument("BRAVO", "Bravo Gas", "Energy", "XNAS", 100);
        instrument("CHARLIE", "Charlie Dams", "Water", "XNYS", 1);
        RULES.forEach(rule -> first.add(new Entry("rules", 0, rule.split("\"")[3], rule)));
        for (long time = OPEN - 18 * 60 * MINUTE; time < OPEN - 18 * 60 * MINUTE + 5 * MINUTE; time += MINUTE) {
            for (int symbol = 0; symbol < SYMBOLS.size(); symbol++) {
                tick(symbol, time, time + symbol * SECOND, cents(symbol, OPEN));
            }
        }
        first.add(new Entry("prices", 0, "ALFA", "{\"price\":-1}"));
        for (long time = OPEN; time < CLOSE; time += 10 * SECOND) {
            for (int symbol = 0; symbol < SYMBOLS.size(); symbol++) {
                if (symbol != 3 || time < OPEN + 17 * MINUTE || time > OPEN + 28 * MINUTE) {
                    trade(symbol, time + random.nextInt(9_000));
                }
            }
        }
        second.add(new Entry("prices", 1, "BRAVO", "{\"price\":\"dear\"}"));
        for (String topic : List.of("prices", "quotes")) {
            heartbeat(first, topic, 0, CUT);
            heartbeat(first, topic, 1, CUT - BEHIND);
            heartbeat(second, topic, 0, CLOSE + MINUTE);
            heartbeat(second, topic, 1, CLOSE + MINUTE);
        }
    }

    private static String rule(String id, String rest) {
        return "{\"id\":\"" + id + "\",\"version\":2," + rest + "}";
    }

    private void instrument(String symbol, String name, String sector, String venue, int multiplier) {
        first.add(new Entry(
                "instruments",
                0,
                symbol,
                "{\"name\":\"%s\",\"currency\":\"USD\",\"type\":\"stock\",\"sector\":\"%s\",\"venue\":\"%s\",\"multiplier\":%d}"
                        .formatted(name, sector, venue, multiplier)));
    }

    private static void heartbeat(List<Entry> to, String topic, int partition, long time) {
        to.add(new Entry(topic, partition, null, "{\"heartbeat\":true,\"time\":%d}".formatted(time)));
    }

    /** A trade, often with a quote before it, sometimes with another trade of the same time, sometimes out of order. */
    private void trade(int symbol, long now) {
        long time = random.nextInt(4) == 0 ? now - random.nextInt(1_900) : now;
        long cents = cents(symbol, time) + random.nextInt(5) - 2;
        if (random.nextInt(2) == 0) {
            quote(symbol, now, time - 1 - random.nextInt(50), cents);
        }
        tick(symbol, now, time, cents);
        if (random.nextInt(10) == 0) {
            tick(symbol, now, time, cents + 1);
        }
    }

    /** The course of a symbol's price. */
    private static long cents(int symbol, long time) {
        double minutes = (time - OPEN) / (double) MINUTE;
        double percent =
                switch (symbol) {
                    case 0 -> Math.min(5, Math.max(0, minutes - 16));
                    case 1 -> Math.min(2, Math.max(0, 2 * (minutes - 22)));
                    case 2 -> minutes < 18 ? 0 : -2;
                    default -> 0;
                };
        return Math.round(20_000 * (1 + symbol / 4.0) * (1 + percent / 100));
    }

    private void quote(int symbol, long now, long time, long cents) {
        int half = random.nextInt(20) == 0 ? 30 : 5;
        add(
                "quotes",
                now,
                symbol,
                "{\"bid\":%s,\"bidSize\":%d,\"ask\":%s,\"askSize\":%d,\"time\":%d,\"seq\":%d}"
                        .formatted(
                                decimal(cents - half),
                                1 + random.nextInt(9),
                                decimal(cents + half),
                                1 + random.nextInt(9),
                                time,
                                random.nextInt(1_000)));
    }

    private void tick(int symbol, long now, long time, long cents) {
        boolean burst = symbol == 1 && time >= OPEN + 22 * MINUTE && time < OPEN + 23 * MINUTE;
        ticks++;
        boolean isFirst = add(
                "prices",
                now,
                symbol,
                "{\"price\":%s,\"size\":%d,\"time\":%d,\"id\":\"%d\"%s}"
                        .formatted(
                                decimal(cents), (burst ? 40 : 1) * (1 + random.nextInt(20)), time, ticks, further()));
        // A watermark is a millisecond less than what it is behind.
        waiting += isFirst && time >= CUT - BEHIND - OUT_OF_ORDERNESS ? 1 : 0;
    }

    /** What only some trades say. */
    private String further() {
        StringBuilder further = new StringBuilder();
        if (random.nextInt(3) == 0) {
            further.append(",\"seq\":").append(random.nextInt(1_000));
        }
        if (random.nextInt(2) == 0) {
            further.append(",\"side\":\"")
                    .append(random.nextBoolean() ? "buy" : "sell")
                    .append('"');
        }
        if (random.nextInt(3) == 0) {
            further.append(",\"venue\":\"XNAS\"");
        }
        if (random.nextInt(4) == 0) {
            further.append(",\"conditions\":[\"@\",\"I\"]");
        }
        return further.toString();
    }

    private boolean add(String topic, long now, int symbol, String value) {
        int partition = random.nextInt(PARTITIONS);
        boolean isFirst = now < (partition == 0 ? CUT : CUT - BEHIND);
        (isFirst ? first : second).add(new Entry(topic, partition, SYMBOLS.get(symbol), value));
        return isFirst;
    }

    private static String decimal(long cents) {
        return cents / 100 + "." + cents / 10 % 10 + cents % 10;
    }

    /** What the job has read when the savepoint is taken. */
    List<Entry> first() {
        return first;
    }

    /** How many of its ticks the watermark has not reached then. */
    int waiting() {
        return waiting;
    }

    /** A version of a rule that is lower than the one in force, and so is rejected by who remembers that. */
    static List<Entry> rejectedRule() {
        return List.of(new Entry("rules", 0, "rise", RULES.get(0).replace("\"version\":2", "\"version\":1")));
    }

    /** A tick that corrects what was published before the savepoint, and one that no window counts any more. */
    static List<Entry> late() {
        return List.of(
                new Entry(
                        "prices",
                        0,
                        "ALFA",
                        "{\"price\":199.5,\"size\":7,\"time\":%d,\"id\":\"late\"}"
                                .formatted(OPEN + 11 * MINUTE + 30 * SECOND)),
                new Entry(
                        "prices",
                        1,
                        "DELTA",
                        "{\"price\":350,\"size\":1,\"time\":%d,\"id\":\"too-late\"}"
                                .formatted(OPEN - 18 * 60 * MINUTE + 90 * SECOND)));
    }

    /** The rest, none of which is late. */
    List<Entry> second() {
        return second;
    }

    /** What the job is set to. */
    static void configure(Configuration options) {
        options.set(JobOptions.WINDOWS, "1m,5m/1m,1m/tick,1d@America/New_York,1d@America/New_York+5m");
        options.set(JobOptions.OUT_OF_ORDERNESS, Duration.ofMillis(OUT_OF_ORDERNESS));
        options.set(JobOptions.IDLE_TIMEOUT, Duration.ofHours(1));
        options.set(JobOptions.QUOTES_MAX_AGE, Duration.ofMinutes(1));
    }

    /** Of all records in their order: SHA-256, in hexadecimal. */
    String digest() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Stream.of(first, rejectedRule(), late(), second)
                .flatMap(List::stream)
                .forEach(entry -> digest.update(entry.toString().getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}
