package io.tapewatch.cli;

import io.tapewatch.domain.Printable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Text on standard output or error, in the charset of the terminal or else of the locale. What that charset does not have is
 * spelled in ASCII: an arrow as {@code ->}, other characters as in JSON. Nothing turns into a question mark. Hidden characters
 * are spelled, too, should any come this far: all but those of ASCII, as line ends and colours are made of them.
 */
final class SpelledOut extends Writer {

    private static final Map<Character, String> SPELLINGS = Map.of(
            '→', "->", '…', "...", '–', "-", '—', "-", '×', "x", '·', "*", '“', "\"", '”', "\"", '’', "'", '\u00a0',
            " ");

    private final PrintStream stream;
    private final Writer encoded;
    private final CharsetEncoder encoder;

    SpelledOut(PrintStream stream, Charset charset) {
        this.stream = stream;
        this.encoded = new OutputStreamWriter(stream, charset);
        this.encoder = charset.newEncoder();
    }

    static PrintWriter standardOutput() {
        return new PrintWriter(new SpelledOut(System.out, charset("stdout.encoding", "sun.stdout.encoding")), true);
    }

    static PrintWriter standardError() {
        return new PrintWriter(new SpelledOut(System.err, charset("stderr.encoding", "sun.stderr.encoding")), true);
    }

    /** Before Java 19 the first property is not there; the second is there on a terminal alone. */
    private static Charset charset(String... properties) {
        return Stream.concat(Stream.of(properties), Stream.of("native.encoding"))
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .filter(Charset::isSupported)
                .map(Charset::forName)
                .findFirst()
                .orElseGet(Charset::defaultCharset);
    }

    @Override
    public void write(char[] text, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            boolean isPair = i + 1 < from + count && Character.isSurrogatePair(text[i], text[i + 1]);
            int length = isPair ? 2 : 1;
            int c = isPair ? Character.toCodePoint(text[i], text[i + 1]) : text[i];
            if (encoder.canEncode(CharBuffer.wrap(text, i, length)) && (c < 0x80 || !Printable.isHidden(c))) {
                encoded.write(text, i, length);
            } else {
                for (int half = i; half < i + length; half++) {
                    String spelling = SPELLINGS.get(text[half]);
                    encoded.write(spelling == null ? Printable.escaped(text[half]) : spelling);
                }
            }
            i += length - 1;
        }
    }

    @Override
    public void flush() throws IOException {
        encoded.flush();
        if (stream.checkError()) {
            throw new IOException("nobody takes the output any more");
        }
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
