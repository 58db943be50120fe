package io.tapewatch.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class SpelledOutTest {

    private static final String TEXT = "Zoë: 1 → 2 … 📈";

    @Test
    void inUtf8TextIsAsItIs() {
        assertThat(written(TEXT, UTF_8)).isEqualTo(TEXT + "\n");
    }

    @Test
    void whatTheCharsetDoesNotHaveIsSpelledInAscii() {
        assertThat(written(TEXT, US_ASCII)).isEqualTo("Zo\\u00eb: 1 -> 2 ... \\ud83d\\udcc8\n");
        assertThat(written(TEXT, ISO_8859_1)).isEqualTo("Zoë: 1 -> 2 ... \\ud83d\\udcc8\n");
        assertThat(written("half \ud83d", UTF_8)).isEqualTo("half \\ud83d\n");
    }

    /** Whatever comes this far without being made harmless. */
    @Test
    void whatIsHiddenIsSpelledInAnyCharset() {
        assertThat(written("\u202e0.1\u202c \ufeff \udb40\udc01 می\u200cخواهم", UTF_8))
                .isEqualTo("\\u202e0.1\\u202c \\ufeff \\udb40\\udc01 می\u200cخواهم\n");
        assertThat(written("\u001b[1mbold\u001b[0m\tof ours", UTF_8)).isEqualTo("\u001b[1mbold\u001b[0m\tof ours\n");
    }

    @Test
    void aStreamThatNobodyTakesIsNoticed() {
        PrintStream broken = new PrintStream(new OutputStream() {
            @Override
            public void write(int single) throws IOException {
                throw new IOException("Broken pipe");
            }
        });
        PrintWriter out = new PrintWriter(new SpelledOut(broken, UTF_8), true);
        out.println("a line");
        assertThat(out.checkError()).isTrue();
    }

    private static String written(String text, Charset charset) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintWriter out = new PrintWriter(new SpelledOut(new PrintStream(bytes), charset), true);
        out.print(text);
        out.print('\n');
        out.flush();
        return bytes.toString(charset);
    }
}
