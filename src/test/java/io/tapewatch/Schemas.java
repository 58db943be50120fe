package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Holds records to the JSON Schemas of the product. */
public final class Schemas {

    /** The schemas there are. */
    public static final List<String> NAMES = List.of(
            "price",
            "quote",
            "instrument",
            "rule",
            "summary",
            "movers",
            "flag",
            "quoted-trade",
            "rule-status",
            "dead-letter");

    /** Reads numbers as they are written, and no field twice. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            // As the specification has it, 1.0 is an integer.
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().losslessNarrowing(true).build()));
    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private Schemas() {}

    /** The schema of this name as it is written. */
    public static JsonNode text(String name) {
        try (InputStream file = Schemas.class.getResourceAsStream("/schemas/" + name + ".json")) {
            assertThat(file).as("schemas/%s.json", name).isNotNull();
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** @throws JsonProcessingException if the text is not one value, or an object in it has a field twice */
    public static JsonNode read(String json) throws JsonProcessingException {
        return JSON.readTree(json);
    }

    public static void assertValid(String name, JsonNode record) {
        assertThat(problems(name, record))
                .as("%s, by schemas/%s.json", record, name)
                .isEmpty();
    }

    /** Whether the headers are those that the schema of this name describes. */
    public static void assertValid(String name, Headers headers) {
        assertValid(name, object(headers));
    }

    /** The headers as an object of their names and values. */
    public static ObjectNode object(Headers headers) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Header header : headers) {
            assertThat(object.has(header.key()))
                    .as("%s is there twice", header.key())
                    .isFalse();
            object.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return object;
    }

    /** What is wrong with the record by the schema of this name: nothing when it is valid. */
    public static List<String> problems(String name, JsonNode record) {
        return problems(SCHEMAS.computeIfAbsent(name, any -> REGISTRY.getSchema(text(any))), record);
    }

    /** What is wrong with the text of a schema, by the schema of all schemas. */
    public static List<String> problems(JsonNode schema) {
        return problems(
                REGISTRY.getSchema(SchemaLocation.of(schema.get("$schema").asText())), schema);
    }

    private static List<String> problems(Schema schema, JsonNode record) {
        return schema.validate(record).stream().map(Error::toString).toList();
    }

    public static List<String> fields(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    public static List<String> words(JsonNode field) {
        return Stream.of(field.get("enum"))
                .flatMap(words -> words.valueStream())
                .map(JsonNode::asText)
                .toList();
    }
}
