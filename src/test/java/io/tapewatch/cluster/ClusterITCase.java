package io.tapewatch.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapewatch.io.InputTopics;
import io.tapewatch.io.JobTopics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterITCase {

    @TempDir
    Path folder;

    @Test
    void theJobGoesOnWhenATaskManagerAndTheBrokerAreKilled() throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"));
                SessionCluster cluster = SessionCluster.start(
                        folder.resolve("flink"), 1, Map.of("execution.checkpointing.interval", "1s"))) {
            broker.createTopics(JobTopics.ANY.all(new InputTopics("prices", "rules"), "tapewatch."));
            String job = cluster.client()
                    .submit(List.of("-p", "2"), List.of("--kafka.bootstrap-servers", broker.bootstrapServers()));
            cluster.rest().awaitRunning(job);
            cluster.rest().awaitFurtherCheckpoints(job, 1);
            broker.kill();
            broker.restart();
            cluster.rest().awaitFurtherCheckpoints(job, 1);
            cluster.killTaskManager(0);
            cluster.startTaskManager();
            cluster.rest().awaitRestored(job, 1);
            cluster.rest().awaitRunning(job);
            cluster.rest().awaitFurtherCheckpoints(job, 1);

            assertThat(cluster.client().stop(job))
                    .startsWith("file:" + cluster.folder().resolve("savepoints"));
            assertThat(cluster.rest().state(job)).isEqualTo("FINISHED");
        }
    }
}
