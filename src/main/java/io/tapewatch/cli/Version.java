package io.tapewatch.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.IVersionProvider;

/** The version of the tools as their build wrote it down, and those of what they run with. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        Properties build = build();
        String commit = build.getProperty("commit", "");
        return new String[] {
            "tapewatch " + build.getProperty("version") + (commit.isEmpty() ? "" : " (commit " + commit + ")"),
            "Java " + System.getProperty("java.version") + ", Flink " + EnvironmentInformation.getVersion() + ", Kafka "
                    + AppInfoParser.getVersion()
        };
    }

    private static Properties build() {
        Properties build = new Properties();
        try (InputStream file = Version.class.getResourceAsStream("build.properties")) {
            build.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build;
    }
}
