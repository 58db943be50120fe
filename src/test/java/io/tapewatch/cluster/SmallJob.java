package io.tapewatch.cluster;

import io.tapewatch.TapewatchJob;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job in a JVM of its own, on a cluster within that JVM. A failure ends it. */
final class SmallJob {

    private SmallJob() {}

    /** @param settings those of the job, and of Flink: {@code name=value} each */
    public static void main(String[] settings) throws Exception {
        Configuration all = new Configuration();
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            all.setString(parts[0], parts[1]);
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, all);
        TapewatchJob.build(env, all);
        env.execute();
    }
}
