package io.tapewatch.cli;

import io.tapewatch.domain.Printable;
import io.tapewatch.io.kafka.KafkaConnection;
import io.tapewatch.settings.JobArguments;
import io.tapewatch.settings.JobOptions;
import io.tapewatch.settings.JobSettings;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that takes some of the job's settings, by the same names and with the same defaults. */
@Command(
        abbreviateSynopsis = true,
        sortOptions = false,
        descriptionHeading = "%n",
        parameterListHeading = "%n",
        optionListHeading = "%n")
abstract class JobCommand implements Callable<Integer> {

    static final int FAILED = 1;

    private static final int LAST = 1000;

    private final List<ConfigOption<?>> settings;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = LAST,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // It is on the page of help.
    private boolean help;

    @Option(names = HelpPages.SETTINGS, order = LAST, description = HelpPages.ABOUT_SETTINGS)
    @SuppressWarnings("unused") // It is on the page of help.
    private boolean settingsHelp;

    JobCommand(ConfigOption<?>... settings) {
        this.settings = List.of(settings);
    }

    /**
     * Adds the job's settings to those commands that take some.
     *
     * @param explained whether their help is about the settings
     */
    static void addSettings(CommandLine command, boolean explained) {
        if (command.getCommand() instanceof JobCommand taking) {
            HelpPages.addSettings(command, taking.settings, explained);
        }
        command.getSubcommands().values().forEach(each -> addSettings(each, explained));
    }

    /** The job's settings as they were given. */
    final Configuration job() {
        return JobArguments.from(spec.commandLine().getParseResult());
    }

    final KafkaConnection connect(Configuration job) throws Failure {
        try {
            return new KafkaConnection(job.get(JobOptions.BOOTSTRAP_SERVERS), JobSettings.kafkaProperties(job));
        } catch (IllegalArgumentException e) {
            throw new Failure(e.getMessage(), e);
        }
    }

    final CommandLine line() {
        return spec.commandLine();
    }

    /** Shows what there is to say. */
    final void show(Columns columns) {
        columns.printTo(line().getOut(), Ansi.AUTO);
    }

    /** Says something on a line of its own, which text from outside does not leave. */
    final void say(String text) {
        line().getOut().println(Printable.printable(text));
    }

    /** Tells what is wrong after all, and what to do. */
    final void complain(String text) {
        line().getErr().println("tapewatch: " + Printable.printable(text));
    }
}
