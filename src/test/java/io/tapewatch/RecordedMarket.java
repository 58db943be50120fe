package io.tapewatch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Recordings of the market. The tests' resources hold an excerpt of each. Where all rounds run and the whole recordings lie
 * beside the project, it is these.
 */
public final class RecordedMarket {

    private static final Path WHOLE = Path.of("..", "shared", "data");
    private static final Path EXCERPTS = Path.of("src", "test", "resources", "recordings");

    private RecordedMarket() {}

    public static boolean isWhole() {
        return Rounds.areAll() && Files.exists(WHOLE);
    }

    /** A recording by its folder and name. */
    public static Path file(String name) {
        return (isWhole() ? WHOLE : EXCERPTS).resolve(name);
    }

    /** Trades of Binance in the order of their arrival, with the fields arrivalNanos, time, symbol, price, size, id and side. */
    public static List<String[]> trades() throws IOException {
        return rows("binance-2024-08-08/trades.csv.gz", "arrivalNanos,time,symbol,price,size,id,side");
    }

    /** Quotes likewise, with the fields arrivalNanos, time, symbol, bid, bidSize, ask and askSize. */
    public static List<String[]> quotes() throws IOException {
        return rows("binance-2024-08-08/quotes.csv.gz", "arrivalNanos,time,symbol,bid,bidSize,ask,askSize");
    }

    private static List<String[]> rows(String name, String header) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file(name))), StandardCharsets.US_ASCII))) {
            String found = lines.readLine();
            if (!header.equals(found)) {
                throw new IOException(name + " begins with " + found + ", not with " + header);
            }
            return lines.lines().map(line -> line.split(",")).toList();
        }
    }
}
