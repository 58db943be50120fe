package io.tapewatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Alerts and dashboard ask for metrics that are documented, and Prometheus' own tool finds them right. */
@Tag("slow")
class MonitoringTest {

    private static final String OWN = "flink_taskmanager_job_task_operator_(?:deserializer_)?tapewatch_";
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| ");

    @Test
    void everyMetricThatIsAskedForIsDocumented() throws Exception {
        String page = Files.readString(Path.of("docs/metrics.md"));
        Set<String> documented = new TreeSet<>();
        for (Matcher row = ROW.matcher(page); row.find(); ) {
            documented.add(row.group(1));
        }
        List<String> expressions = new ArrayList<>(Monitoring.panels().values());
        Monitoring.alerts()
                .values()
                .forEach(alert -> expressions.add(alert.get("expr").asText()));

        assertThat(expressions).hasSizeGreaterThan(30).allSatisfy(expression -> {
            assertThat(Monitoring.selectors(expression)).isNotEmpty();
            for (String selector : Monitoring.selectors(expression)) {
                String name = selector.replaceFirst("\\{.*", "");
                if (name.matches(OWN + ".*")) {
                    assertThat(documented).contains(name.replaceFirst(OWN + "(account_)?(reason_|rule_)?", ""));
                } else if (!name.equals("up")) {
                    assertThat(page).contains("`" + name + "`");
                }
            }
        });
    }

    @Test
    void everyAlertSaysHowBadItIsAndWhatToDoAndIsInTheDocs() throws Exception {
        String page = Files.readString(Path.of("docs/metrics.md"));
        Map<String, JsonNode> alerts = Monitoring.alerts();

        assertThat(alerts).isNotEmpty().allSatisfy((name, alert) -> {
            String severity = alert.at("/labels/severity").asText();
            assertThat(severity).isIn("critical", "warning");
            assertThat(alert.has("for")).as("for").isTrue();
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/annotations/action").asText()).isNotBlank();
            assertThat(page).contains("| `" + name + "` | " + severity + " | ");
        });
    }

    @Test
    void everyAlertIsTriedWithSeriesThatFireItAndWithSuchThatDoNot() throws Exception {
        Set<String> tried = new TreeSet<>();
        for (JsonNode test : YamlSchema.read(Monitoring.file("alerts_test.yml")).get("tests")) {
            JsonNode asked = test.at("/promql_expr_test/0");
            String alert = asked.get("expr").asText().replaceFirst(".*alertname=\"(\\w+)\".*", "$1");
            tried.add(alert + (asked.get("exp_samples").isEmpty() ? " quiet" : " fires"));
        }
        Set<String> all = new TreeSet<>();
        Monitoring.alerts().keySet().forEach(alert -> all.addAll(List.of(alert + " fires", alert + " quiet")));

        assertThat(tried).isEqualTo(all);
    }

    @Test
    void prometheusFindsThemRight() throws Exception {
        assumeThat(Prometheus.isInstalled()).as(Prometheus.NOT_INSTALLED).isTrue();

        assertThat(Prometheus.promtool("check", "config", "prometheus.yml")).contains("SUCCESS");
        assertThat(Prometheus.promtool("check", "rules", "alerts.yml"))
                .contains(Monitoring.alerts().size() + " rules found");
        assertThat(Prometheus.promtool("test", "rules", "alerts_test.yml")).contains("SUCCESS");
    }
}
