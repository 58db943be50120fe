package io.tapewatch.cli;

import io.tapewatch.settings.JobArguments;
import io.tapewatch.settings.JobOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The help of the commands. {@code --help} fits a screen: it shows the commands or a command's own options, and names the
 * settings of the job that the command takes. {@code --help-settings} explains those.
 */
final class HelpPages {

    static final String SETTINGS = "--help-settings";
    static final String ABOUT_SETTINGS = "Show the settings of the job that it takes, and exit.";

    /** So many names of settings are a line or two; more would hide the command's own options. */
    private static final int MOST_NAMES = 12;

    private HelpPages() {}

    /** The arguments that ask for help, of those that ask for the page about the settings. */
    static String[] askingForHelp(String... arguments) {
        return Arrays.stream(arguments)
                .map(argument -> argument.equals(SETTINGS) ? "--help" : argument)
                .toArray(String[]::new);
    }

    /** Lets the first page begin with the commands, and name the options of the command that is meant without one. */
    static void arrangeFirst(CommandLine commands, CommandLine unnamed) {
        List<String> keys = new ArrayList<>(commands.getHelpSectionKeys());
        List<String> list =
                List.of(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, UsageMessageSpec.SECTION_KEY_COMMAND_LIST);
        keys.removeAll(list);
        keys.addAll(keys.indexOf(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING), list);
        commands.setHelpSectionKeys(keys);
        String options = unnamed.getCommandSpec().options().stream()
                .filter(option -> option.group() != null
                        && !option.usageHelp()
                        && !option.versionHelp()
                        && !option.longestName().equals(SETTINGS))
                .map(OptionSpec::longestName)
                .collect(Collectors.joining(", "));
        commands.getCommandSpec()
                .usageMessage()
                .footer(
                        "%nWithout a command it runs. 'tapewatch run --help' explains the options of run:",
                        options, "'tapewatch " + SETTINGS + "' explains the settings of the job, such as --windows.");
    }

    /**
     * Adds settings of the job to a command, and keeps them off its first page.
     *
     * @param explained whether the help is the page about the settings
     */
    static void addSettings(CommandLine command, List<ConfigOption<?>> settings, boolean explained) {
        CommandSpec spec = command.getCommandSpec();
        JobArguments.addTo(spec, settings);
        List<OptionSpec> added = settings.stream()
                .map(setting -> spec.findOption("--" + setting.key()))
                .toList();
        Map<String, IHelpSectionRenderer> sections = command.getHelpSectionMap();
        for (String key : command.getHelpSectionKeys()) {
            IHelpSectionRenderer usual = Objects.requireNonNull(sections.get(key), key);
            sections.put(key, help -> {
                if (explained) {
                    return switch (key) {
                        case UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING, UsageMessageSpec.SECTION_KEY_SYNOPSIS ->
                            usual.render(help);
                        case UsageMessageSpec.SECTION_KEY_OPTION_LIST ->
                            String.format("%nSettings of the job:%n") + help.optionListExcludingGroups(added);
                        default -> "";
                    };
                }
                return key.equals(UsageMessageSpec.SECTION_KEY_OPTION_LIST) ? own(help, added) : usual.render(help);
            });
        }
        spec.usageMessage().footer(footer(settings));
    }

    private static String own(Help help, List<OptionSpec> settings) {
        List<OptionSpec> own = help.commandSpec().options().stream()
                .filter(option -> option.group() == null && !settings.contains(option))
                .toList();
        return help.optionListGroupSections() + (own.isEmpty() ? "" : help.optionListExcludingGroups(own));
    }

    private static String[] footer(List<ConfigOption<?>> settings) {
        if (settings.size() > MOST_NAMES) {
            return new String[] {
                "%nIt takes the settings of the job, too, such as --" + JobOptions.WINDOWS.key() + "; " + SETTINGS
                        + " explains all " + settings.size() + "."
            };
        }
        return new String[] {
            "%nIt takes settings of the job, too, which " + SETTINGS + " explains:",
            settings.stream().map(setting -> "--" + setting.key()).collect(Collectors.joining(", "))
        };
    }
}
