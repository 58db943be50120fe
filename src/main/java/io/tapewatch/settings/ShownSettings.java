package io.tapewatch.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** The settings as the web UI shows them. */
public final class ShownSettings {

    /**
     * What stands before the last @ of an address, after its scheme: a password may have slashes, and an @. There may be
     * several addresses, with commas between them.
     */
    private static final Pattern USER_INFOS = Pattern.compile("((?:^|,)(?:[\\w+.-]+://)?)[^,]*@");

    /** The same of a single address: the password may have commas, too. */
    private static final Pattern USER_INFO = Pattern.compile("(?s)^((?:[\\w+.-]+://)?).*@");

    /** What is not shown, of the settings whose values are addresses. */
    private static final Map<ConfigOption<?>, Pattern> NOT_SHOWN =
            Map.of(JobOptions.BOOTSTRAP_SERVERS, USER_INFOS, JobOptions.CSV_PATH, USER_INFO);

    private ShownSettings() {}

    /**
     * Each setting that was given or has a default. The file of Kafka's settings is named and
     * not read, and what stands before an @ in an address is left out, as it may be a password.
     */
    public static Map<String, String> of(Configuration given) {
        Map<String, String> shown = new LinkedHashMap<>();
        for (ConfigOption<?> option : JobOptions.all()) {
            String value = given.toMap().getOrDefault(option.key(), JobOptions.defaultOf(option));
            if (!value.isEmpty()) {
                Pattern notShown = NOT_SHOWN.get(option);
                shown.put(
                        option.key(),
                        notShown == null ? value : notShown.matcher(value).replaceAll("$1…@"));
            }
        }
        return shown;
    }
}
