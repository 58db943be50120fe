package io.tapewatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is said of a start without a savepoint. */
class OtherRunsTest {

    @Test
    void aJobManagerThatTakesOverInApplicationModeMayRecoverTheJobAndNoOtherStartDoes() {
        Configuration flink = new Configuration();
        assertThat(OtherRuns.mayRecover(flink)).isFalse();
        flink.set(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, "1".repeat(32));
        assertThat(OtherRuns.mayRecover(flink)).isFalse();
        flink.set(HighAvailabilityOptions.HA_MODE, "zookeeper");
        assertThat(OtherRuns.mayRecover(flink)).isTrue();
        flink.removeConfig(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID);
        assertThat(OtherRuns.mayRecover(flink))
                .as("a start in a session cluster")
                .isFalse();
    }

    @Test
    void aWarningThatMayBeFalseIsNoWarning() {
        String logger = OtherRuns.class.getName();
        try (HeardLog log = HeardLog.of(logger)) {
            OtherRuns.warnUnlessRecovered(LoggerFactory.getLogger(logger), "records are lost", true);
            assertThat(log.at(Level.WARN)).isEmpty();
            OtherRuns.warnUnlessRecovered(LoggerFactory.getLogger(logger), "records are lost", false);
            assertThat(log.at(Level.WARN)).containsExactly("records are lost");
        }
    }
}
