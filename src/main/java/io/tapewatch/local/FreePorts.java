package io.tapewatch.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback interface on which nobody listens.
 *
 * <p>They are below those that the system gives to whoever asks for any, so that no connection of another program takes one
 * between the search and its use. A program that picks ports the same way still can.
 */
public final class FreePorts {

    private static final int LOWEST = 10_000;
    private static final int ATTEMPTS = 1_000;

    /** The ports that the system gives out begin here, unless it says otherwise. */
    private static final int USUAL_FIRST_GIVEN_OUT = 32_768;

    private static final Path GIVEN_OUT = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    private FreePorts() {}

    /**
     * Finds free ports, each another.
     *
     * @throws IOException if there are not so many
     */
    public static List<Integer> find(int count) throws IOException {
        int end = Math.max(LOWEST + ATTEMPTS, firstGivenOut());
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int attempt = 0; held.size() < count && attempt < ATTEMPTS; attempt++) {
                int port = ThreadLocalRandom.current().nextInt(LOWEST, end);
                try {
                    held.add(new ServerSocket(port, 0, InetAddress.getLoopbackAddress()));
                } catch (IOException e) {
                    // Someone listens there.
                }
            }
            if (held.size() < count) {
                throw new IOException("there are no " + count + " free ports from " + LOWEST + " to " + (end - 1));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    /** The first of the ports that the system gives to whoever asks for any. */
    static int firstGivenOut() throws IOException {
        if (!Files.isReadable(GIVEN_OUT)) {
            return USUAL_FIRST_GIVEN_OUT;
        }
        // In one read: this file has no more for a second.
        try (BufferedReader range = Files.newBufferedReader(GIVEN_OUT)) {
            String line = range.readLine();
            return line == null
                    ? USUAL_FIRST_GIVEN_OUT
                    : Integer.parseInt(line.strip().split("\\s+", 2)[0]);
        }
    }
}
