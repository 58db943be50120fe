package io.tapewatch.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServer;

/** A ZooKeeper server in this JVM, the one that comes with Flink, for job managers that take over from each other. */
final class ZooKeeper implements AutoCloseable {

    private static final int TICK_MILLIS = 500;
    private static final int CONNECTIONS = 100;

    private final ServerCnxnFactory server;

    private ZooKeeper(ServerCnxnFactory server) {
        this.server = server;
    }

    /** @param folder where its data is */
    static ZooKeeper start(Path folder) throws IOException, InterruptedException {
        // A disk that is busy for some seconds would take the lead from a job manager: its pings wait behind what is
        // written.
        System.setProperty("zookeeper.forceSync", "no");
        ServerCnxnFactory server = new NIOServerCnxnFactory();
        server.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CONNECTIONS);
        server.startup(new ZooKeeperServer(folder.toFile(), folder.toFile(), TICK_MILLIS));
        return new ZooKeeper(server);
    }

    /** What a Flink cluster is to be told of it. */
    Map<String, String> settings(Path storage) {
        return Map.of(
                "high-availability.type",
                "zookeeper",
                "high-availability.zookeeper.quorum",
                "localhost:" + server.getLocalPort(),
                "high-availability.storageDir",
                storage.toUri().toString(),
                // A job manager that is gone is to be missed sooner than by default.
                "high-availability.zookeeper.client.session-timeout",
                "10s",
                "high-availability.zookeeper.client.connection-timeout",
                "10s",
                // This server asks for no credentials. Flink would look for some, and log an error that there are none.
                "zookeeper.sasl.disable",
                "true");
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
