package io.tapewatch.io.json;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Texts as the outputs write them: what is not known is left out. */
final class KnownTexts {

    private KnownTexts() {}

    /** Writes nothing when there is no text. */
    static void writeIfKnown(JsonGenerator out, String field, @Nullable String text) throws IOException {
        if (text != null) {
            out.writeStringField(field, text);
        }
    }
}
