package io.tapewatch.domain.window;

import io.tapewatch.domain.Tick;
import io.tapewatch.domain.Ticks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The 100,000 trades in bitcoin that Bitstamp published for a week from 25 November 2013. */
public final class BitstampTrades {

    private BitstampTrades() {}

    public static List<Tick> read() throws IOException {
        List<Tick> ticks = new ArrayList<>();
        try (InputStream file = BitstampTrades.class.getResourceAsStream("/bitstamp_trades_from_20131125_usd.csv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            lines.readLine(); // timestamp,price,amount
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(",");
                ticks.add(Ticks.tick("BTC-USD")
                        .at(Long.parseLong(fields[0]) * 1000)
                        .price(fields[1])
                        .size(fields[2])
                        .offset(ticks.size())
                        .tick());
            }
        }
        return ticks;
    }
}
