package io.tapewatch.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tapewatch completion}: the script by which a shell completes commands and options. */
@Command(
        name = CompletionCommand.NAME,
        description = {
            "Prints the script by which bash and zsh complete commands.",
            "In bash: source <(./tapewatch completion)"
        },
        descriptionHeading = "%n",
        optionListHeading = "%n")
final class CompletionCommand implements Callable<Integer> {

    static final String NAME = "completion";

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("unused") // It is on the page of help.
    private boolean help;

    @Override
    public Integer call() {
        CommandSpec all = spec.root();
        spec.commandLine().getOut().print(AutoComplete.bash(all.name(), all.commandLine()));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
