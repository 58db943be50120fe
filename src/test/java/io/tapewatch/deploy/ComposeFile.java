package io.tapewatch.deploy;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.YamlParserUtils;

/** {@code docker-compose.yml}, or another such file. */
record ComposeFile(Map<String, Object> content) {

    static ComposeFile read() throws Exception {
        return new ComposeFile(YamlParserUtils.loadYamlFile(new File("docker-compose.yml")));
    }

    @SuppressWarnings("unchecked")
    Map<String, Map<String, Object>> services() {
        return (Map<String, Map<String, Object>>) content.get("services");
    }

    /** What is run for a service, its entry point first; empty when its image decides. */
    List<String> command(String service) {
        List<String> command = words(services().get(service).get("entrypoint"));
        command.addAll(words(services().get(service).get("command")));
        return command;
    }

    /** How a service is asked whether it is well; empty when it is not. */
    List<String> healthcheck(String service) {
        Object healthcheck = services().get(service).get("healthcheck");
        if (healthcheck == null) {
            return List.of();
        }
        List<String> test = words(((Map<?, ?>) healthcheck).get("test"));
        if (!test.get(0).equals("CMD")) {
            throw new IllegalArgumentException(
                    "healthcheck.test of " + service + " begins with CMD, not " + test.get(0));
        }
        return test.subList(1, test.size());
    }

    /** All that is run, by the service, and {@code SERVICE healthy} for its health. */
    Map<String, List<String>> commands() {
        Map<String, List<String>> commands = new TreeMap<>();
        for (String service : services().keySet()) {
            if (!command(service).isEmpty()) {
                commands.put(service, command(service));
            }
            if (!healthcheck(service).isEmpty()) {
                commands.put(service + " healthy", healthcheck(service));
            }
        }
        return commands;
    }

    /** The broker's settings of the environment by Kafka's names, but for where it listens and keeps its data. */
    Map<String, String> kafkaSettings() {
        Map<String, String> settings = new TreeMap<>();
        ((Map<?, ?>) services().get("kafka").get("environment")).forEach((name, value) -> {
            String setting = name.toString()
                    .replaceFirst("^KAFKA_", "")
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '.');
            if (!setting.matches(".*(listener|voters|log.dirs).*")) {
                settings.put(setting, value.toString());
            }
        });
        return settings;
    }

    /** Lists are words as they are; Compose makes one dollar of two. */
    private static List<String> words(Object command) {
        if (command == null) {
            return new ArrayList<>();
        }
        if (!(command instanceof List<?> list)) {
            throw new IllegalArgumentException("a command is a list of words, which no shell splits: " + command);
        }
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.toString().replace("$$", "$")));
        return words;
    }
}
