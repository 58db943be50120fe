package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples of docs/security.md. */
public final class SecurityPage {

    private SecurityPage() {}

    /** The example that is fenced as properties of this kind. */
    public static String example(String kind) {
        try {
            Matcher fenced = Pattern.compile("```properties " + kind + "\n(.*?)```", Pattern.DOTALL)
                    .matcher(Files.readString(Path.of("docs", "security.md")));
            assertThat(fenced.find()).as("an example of %s", kind).isTrue();
            return fenced.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, as properties. */
    public static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
