package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.domain.trade.NumberSequence;
import io.tapewatch.local.EmbeddedKafka;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of the job are those of {@code docs/metrics.md}. */
@ExtendWith({KafkaBroker.class, LongPatience.class})
class MetricsITCase {

    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| ([^|]+) \\| [^|]+ \\|");

    @TempDir
    Path folder;

    @Test
    void theyAreCountedAndNoneIsPerSymbol(EmbeddedKafka kafka) throws Exception {
        try (TestJob job = new TestJob(kafka, folder, 1).withQuotesAndInstruments()) {
            job.options().set(JobOptions.PRICES_SEQUENCE, NumberSequence.SYMBOL);
            job.options().set(JobOptions.CONDITIONS_TABLE, "us-consolidated");
            job.send("rules", 0, "cheap", """
                    {"id":"cheap","version":1,"when":{"metric":"price","is":"<","limit":2}}""");
            long time = System.currentTimeMillis() - 60_000;
            for (int i = 0; i < 20; i++) {
                job.send(
                        "prices",
                        0,
                        "BTC-USD",
                        ("{\"price\":%d.00000000000000000001,\"time\":%d,\"seq\":%d,\"side\":\"N\",\"conditions\":\"?\","
                                        + "\"my.field\":0}")
                                .formatted(1 + i % 2, time + i * 1000, i < 3 ? i : i + 4));
            }
            job.start();
            job.awaitAccount(account -> account.of("counted") > 10 && account.of("records") == 20);

            Set<String> names = JobMetrics.names(job.id());
            assertThat(names).noneMatch(name -> name.contains("BTC"));
            assertThat(sum(job, "eventToAppendMillis")).isPositive();
            assertThat(sum(job, "appendToReadMillis")).isPositive();
            assertThat(sum(job, "secondsSinceLastTick")).isBetween(0L, 3600L);
            assertThat(sum(job, "field.my_field.unknownFields")).isEqualTo(20);
            assertThat(sum(job, "field.price.roundedNumbers")).isEqualTo(20);
            assertThat(sum(job, "unknownSides")).isEqualTo(20);
            assertThat(sum(job, "lastGap")).isEqualTo(time + 3000);
            assertThat(sum(job, "unknownConditions")).isPositive().isEqualTo(sum(job, "withConditions"));
            assertThat(sum(job, "rulesInForce")).isEqualTo(1);
            assertThat(sum(job, "rule.cheap.flagged"))
                    .isEqualTo(sum(job, "flags"))
                    .isPositive();

            assertThat(plain(names, name -> !name.startsWith("account.")))
                    .isEqualTo(documented("counter", "gauge", "histogram"));
            assertThat(plain(names, name -> name.startsWith("account."))).isEqualTo(documented("account"));
        }
    }

    private static long sum(TestJob job, String name) {
        return JobMetrics.sum(job.id(), name);
    }

    /** The names without group and label. */
    private static Set<String> plain(Set<String> names, Predicate<String> which) {
        return names.stream()
                .filter(which)
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The metrics that the page lists as one of these types. */
    private static Set<String> documented(String... types) throws Exception {
        Set<String> documented = new TreeSet<>();
        for (Matcher row = ROW.matcher(Files.readString(Path.of("docs/metrics.md"))); row.find(); ) {
            for (String type : types) {
                if (Set.of(row.group(2).split(", ")).contains(type)) {
                    documented.add(row.group(1));
                }
            }
        }
        return documented;
    }
}
