package io.tapewatch.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.File;
import java.util.List;
import org.apache.flink.configuration.YamlParserUtils;

/** A published schema that YAML is held to. */
final class YamlSchema {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final File COMPOSE = new File("src/test/resources/compose/compose-spec.json");
    private static final File FLINK_DEPLOYMENT =
            new File("target/kubernetes/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml");

    private final Schema schema;

    private YamlSchema(SpecificationVersion version, JsonNode schema) {
        this.schema = SchemaRegistry.withDefaultDialect(version).getSchema(schema);
    }

    static YamlSchema compose() throws Exception {
        ObjectNode schema = (ObjectNode) JSON.readTree(COMPOSE);
        // Neither is the absolute address that the validator wants.
        schema.remove(List.of("$schema", "$id"));
        return new YamlSchema(SpecificationVersion.DRAFT_7, schema);
    }

    /**
     * What version 1.10.0 of the operator takes, the last that is published as a jar, and Flink 2.2. Kubernetes drops fields
     * that are unknown without a word; here they are refused.
     */
    static YamlSchema flinkDeployment() throws Exception {
        JsonNode schema = read(FLINK_DEPLOYMENT).at("/spec/versions/0/schema/openAPIV3Schema");
        ObjectNode properties = (ObjectNode) schema.get("properties");
        properties.withObject("/apiVersion").put("type", "string").put("const", "flink.apache.org/v1beta1");
        properties.withObject("/kind").put("type", "string").put("const", "FlinkDeployment");
        properties.set("metadata", schema.at("/properties/spec/properties/podTemplate/properties/metadata"));
        ((ArrayNode) schema.at("/properties/spec/properties/flinkVersion/enum")).add("v2_2");
        close(schema);
        return new YamlSchema(SpecificationVersion.DRAFT_7, schema);
    }

    /** Has every object that lists its fields take no others. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(YamlSchema::close);
    }

    /** What is in a file of YAML. */
    static JsonNode read(File file) throws Exception {
        return JSON.valueToTree(YamlParserUtils.loadYamlFile(file));
    }

    /** What is wrong: nothing when all is well. */
    List<String> problems(JsonNode document) {
        return schema.validate(document).stream().map(Error::toString).toList();
    }
}
