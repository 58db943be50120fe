package io.tapewatch.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void theyAreNoneOfThoseThatTheSystemGivesToWhoeverAsksForAny() throws Exception {
        List<Integer> ports = FreePorts.find(20);

        assertThat(ports).hasSize(20).allMatch(port -> port >= 10_000);
        assertThat(new HashSet<>(ports)).hasSize(20);
        assertThat(ports).allSatisfy(port -> assertThat(port).isLessThan(FreePorts.firstGivenOut()));
        try (ServerSocket any = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
            assertThat(any.getLocalPort()).isGreaterThanOrEqualTo(FreePorts.firstGivenOut());
        }
    }

    @Test
    void nobodyListensThere() throws Exception {
        for (int port : FreePorts.find(20)) {
            try (ServerSocket socket = new ServerSocket(port, 0, InetAddress.getLoopbackAddress())) {
                assertThat(socket.isBound()).isTrue();
            }
        }
    }
}
