package io.tapewatch.io.rules;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tapewatch.domain.Printable;
import io.tapewatch.io.json.UnreadableJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a file, each as it stands there. Whether one makes sense is not looked at here.
 *
 * @param rules by their order in the file
 */
public record RuleFile(List<Entry> rules) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /**
     * A rule.
     *
     * @param id its id, or null when it has none that is a text
     * @param json the rule itself
     */
    public record Entry(@Nullable String id, String json) {}

    public RuleFile {
        rules = List.copyOf(rules);
    }

    /**
     * The same rules, if all have an id.
     *
     * @param name what the file is called in messages
     * @throws IllegalArgumentException if one has none
     */
    public RuleFile requireIds(String name) {
        for (int i = 0; i < rules.size(); i++) {
            String id = rules.get(i).id();
            if (id == null || id.isEmpty()) {
                throw new IllegalArgumentException(name + ": expected an object with a text \"id\" as rule " + (i + 1));
            }
        }
        return this;
    }

    /**
     * Reads a JSON array of rules, or one rule.
     *
     * @param name what the text is called in messages
     * @throws IllegalArgumentException if it is neither; the message is one line
     */
    public static RuleFile parse(String name, String text) {
        String json = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        try (JsonParser parser = JSON.createParser(json)) {
            List<Entry> rules = new ArrayList<>();
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    if (parser.currentToken() != JsonToken.START_OBJECT) {
                        throw new IllegalArgumentException(name + ", line "
                                + parser.currentTokenLocation().getLineNr() + ": expected an object as rule "
                                + (rules.size() + 1));
                    }
                    rules.add(entry(parser, json));
                }
            } else if (first == JsonToken.START_OBJECT) {
                rules.add(entry(parser, json));
            } else {
                throw new IllegalArgumentException(name + ": expected a JSON array of rules, or one rule");
            }
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException(name + ", line "
                        + parser.currentTokenLocation().getLineNr() + ": something follows after the rules");
            }
            return new RuleFile(rules);
        } catch (JsonProcessingException e) {
            // What is nested too deep, or a number that is too long, has no place.
            String where =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new IllegalArgumentException(
                    name + where + ": expected JSON: " + Printable.printable(UnreadableJson.describe(e)), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads on to the end of the object that begins here. */
    private static Entry entry(JsonParser parser, String json) throws IOException {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        String id = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("id") && value == JsonToken.VALUE_STRING) {
                id = parser.getText();
            }
            parser.skipChildren();
        }
        int end = (int) parser.currentLocation().getCharOffset();
        return new Entry(id, json.substring(start, end));
    }
}
