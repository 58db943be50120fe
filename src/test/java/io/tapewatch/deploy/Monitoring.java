package io.tapewatch.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is in {@code monitoring}: the alerts and the dashboard, with what they ask Prometheus. */
final class Monitoring {

    static final Path FOLDER = Path.of("monitoring").toAbsolutePath();

    private static final Pattern METRIC = Pattern.compile("\\b(?:flink_\\w+|up)\\b(?:\\{[^}]*})?");

    private Monitoring() {}

    /** The alerts by their names. */
    static Map<String, JsonNode> alerts() throws Exception {
        Map<String, JsonNode> alerts = new LinkedHashMap<>();
        for (JsonNode group :
                YamlSchema.read(FOLDER.resolve("alerts.yml").toFile()).get("groups")) {
            group.get("rules").forEach(rule -> alerts.put(rule.get("alert").asText(), rule));
        }
        return alerts;
    }

    /** The expressions of the dashboard by the titles of their panels. */
    static Map<String, String> panels() throws Exception {
        JsonNode dashboard = new ObjectMapper()
                .readTree(FOLDER.resolve("grafana/dashboards/tapewatch.json").toFile());
        Map<String, String> panels = new LinkedHashMap<>();
        for (JsonNode panel : dashboard.get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                panels.put(
                        panel.get("title").asText() + ", " + target.get("refId").asText(),
                        target.get("expr").asText().replace("$__rate_interval", "1m"));
            }
        }
        return panels;
    }

    /** The metrics, with the labels that are asked for, in an expression. */
    static Set<String> selectors(String expression) {
        Set<String> selectors = new TreeSet<>();
        for (Matcher metric = METRIC.matcher(expression); metric.find(); ) {
            selectors.add(metric.group());
        }
        return selectors;
    }

    /** A file of the folder. */
    static File file(String name) {
        return FOLDER.resolve(name).toFile();
    }
}
