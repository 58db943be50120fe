package io.tapewatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tapewatch.domain.Printable;
import io.tapewatch.io.json.IsoTime;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;

/**
 * The fields of a JSON object as a table shows them: on one line and without control characters, whatever is in them. A
 * field without a value is empty.
 */
record ShownFields(JsonNode json) {

    /** The field as it is. */
    String text(String name) {
        JsonNode field = json.path(name);
        if (field.isMissingNode() || field.isNull()) {
            return "";
        }
        return Printable.printable(field.isValueNode() ? field.asText() : field.toString());
    }

    /** A time, to the second. */
    String toSecond(String name) {
        return IsoTime.toSecond(text(name));
    }

    /**
     * A number in so many characters, if its whole part allows it.
     *
     * @param room how many characters a line of the terminal has; 0 for all digits that there are
     */
    String figure(String name, int width, int room) {
        return number(name, value -> Figure.in(room == 0 ? Integer.MAX_VALUE : width, value));
    }

    /** A percentage or basis points. */
    String rate(String name) {
        return number(name, Figure::rate);
    }

    private String number(String name, Function<BigDecimal, String> shown) {
        return Optional.of(json.path(name))
                .filter(JsonNode::isNumber)
                .map(JsonNode::decimalValue)
                .map(shown)
                .orElseGet(() -> text(name));
    }
}
