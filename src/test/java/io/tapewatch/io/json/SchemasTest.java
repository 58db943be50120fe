package io.tapewatch.io.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tapewatch.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas as such: they are schemas, they say what each field is, and what the documents show fits them. */
class SchemasTest {

    static List<String> names() {
        return Schemas.NAMES;
    }

    @Test
    void thereIsNoOtherSchema() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/schemas"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Schemas.NAMES.stream().map(name -> name + ".json").toList());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachIsASchemaOfTheDraftItNames(String name) {
        JsonNode schema = Schemas.text(name);

        assertThat(schema.get("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.get("$id").asText()).isEqualTo("urn:tapewatch:" + name);
        assertThat(Schemas.problems(schema)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsNoSchemaIsNoticed(String name) {
        ObjectNode schema = (ObjectNode) Schemas.text(name);
        schema.putObject("properties").putObject("symbol").put("type", "text");

        assertThat(Schemas.problems(schema)).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachFieldIsExplained(String name) {
        JsonNode schema = Schemas.text(name);

        assertThat(schema.path("title").asText()).isNotEmpty();
        assertThat(schema.path("description").asText()).isNotEmpty();
        assertThat(unexplained(schema, schema)).isEmpty();
    }

    /** The fields without a description of their own or of the type they refer to. */
    private static List<String> unexplained(JsonNode node, JsonNode root) {
        List<String> unexplained = new ArrayList<>();
        node.path("properties").properties().forEach(field -> {
            JsonNode type = field.getValue();
            JsonNode referred =
                    type.has("$ref") ? root.at(type.get("$ref").asText().substring(1)) : type;
            if (!type.has("description") && !referred.has("description")) {
                unexplained.add(field.getKey());
            }
            unexplained.addAll(unexplained(type, root));
        });
        unexplained.addAll(node.has("items") ? unexplained(node.get("items"), root) : List.of());
        node.path("$defs").forEach(type -> unexplained.addAll(unexplained(type, root)));
        return unexplained;
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("examples")
    void theExamplesOfTheDocumentsAreValid(String name, String example) throws Exception {
        Schemas.assertValid(name, Schemas.read(example));
    }

    static Stream<Arguments> examples() throws IOException {
        Map<String, String> names = Map.of("verdict", "rule-status");
        List<Arguments> examples = new ArrayList<>();
        for (String document : List.of("docs/records.md", "docs/rules.md")) {
            Matcher block = Pattern.compile("```json ([\\w-]+)\n(.*?)```", Pattern.DOTALL)
                    .matcher(Files.readString(Path.of(document)));
            while (block.find()) {
                examples.add(Arguments.of(names.getOrDefault(block.group(1), block.group(1)), block.group(2)));
            }
        }
        assertThat(examples.stream().map(example -> example.get()[0]))
                .as("kinds of examples")
                .contains("price", "quote", "instrument", "rule", "summary", "flag", "quoted-trade", "rule-status");
        return examples.stream();
    }
}
