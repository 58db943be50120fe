package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The fields that a record has, for a person who looks for a field that the record lacks. */
final class FoundFields {

    private static final int MAX_NAMES = 10;

    private FoundFields() {}

    /**
     * {@code ; found: symbol, px, time (null)}, with the first names of many; nothing if the value is no object.
     *
     * @param value JSON that has been read before
     */
    static String in(JsonFactory json, byte[] value) {
        try (JsonParser parser = json.createParser(value)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            List<String> names = new ArrayList<>();
            int more = 0;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = UnknownFields.shown(parser.currentName());
                boolean isNull = parser.nextToken() == JsonToken.VALUE_NULL;
                if (names.size() < MAX_NAMES) {
                    names.add(isNull ? name + " (null)" : name);
                } else {
                    more++;
                }
                parser.skipChildren();
            }
            return names.isEmpty()
                    ? "; the object has no fields"
                    : "; found: " + String.join(", ", names) + (more == 0 ? "" : " and " + more + " more");
        } catch (IOException e) {
            return "";
        }
    }
}
