package io.tapewatch.cli;

import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.io.kafka.KafkaConnection.KafkaUnusable;
import io.tapewatch.settings.JobOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tapewatch doctor}. */
@Command(
        name = DoctorCommand.NAME,
        description = {
            "Checks whether this machine and a Kafka cluster are ready.",
            "Each line is ok, warn or FAIL, and says what to do. The exit code is 1 if something fails. Kafka is asked when"
                    + " --kafka.bootstrap-servers or --kafka.properties-file is given; give the job's settings, too."
        })
final class DoctorCommand extends JobCommand {

    static final String NAME = "doctor";

    private static final int HIGHEST_PORT = 65_535;

    @Option(
            names = "--web-port",
            paramLabel = "PORT",
            description = "The port that the web UI of a run is to have. Default: 8081.")
    private int webPort = 8081;

    DoctorCommand() {
        super(JobOptions.all().toArray(new ConfigOption<?>[0]));
    }

    @Override
    public Integer call() throws Failure {
        int port = new OptionReader(line()).inRange("--web-port", webPort, 0, HIGHEST_PORT);
        Configuration job = job();
        List<Finding> findings = new ArrayList<>(
                MachineChecks.of(Path.of("").toAbsolutePath(), Path.of(System.getProperty("java.io.tmpdir")), port));
        if (job.contains(JobOptions.BOOTSTRAP_SERVERS) || job.contains(JobOptions.KAFKA_PROPERTIES)) {
            try (KafkaConnection kafka = connect(job)) {
                findings.addAll(new KafkaChecks(kafka, job).run());
            } catch (KafkaUnusable e) {
                findings.add(Finding.fail("Kafka", e.getMessage()));
            }
        }
        Columns columns = new Columns();
        findings.forEach(finding -> columns.add(finding.level().word(), finding.what(), finding.text()));
        show(columns);
        return findings.stream().anyMatch(Finding::isBad) ? FAILED : 0;
    }
}
