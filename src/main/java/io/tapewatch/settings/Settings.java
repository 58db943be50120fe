package io.tapewatch.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;

/** Settings in the order of their declaration. */
final class Settings {

    private final List<Setting<?>> all = new ArrayList<>();

    /** A text without a default. */
    Setting<String> text(String key) {
        return add(ConfigOptions.key(key).stringType().noDefaultValue(), "a text");
    }

    Setting<String> text(String key, String value) {
        return add(ConfigOptions.key(key).stringType().defaultValue(value), "a text");
    }

    Setting<Duration> duration(String key, Duration value) {
        return add(ConfigOptions.key(key).durationType().defaultValue(value), "a duration, such as 30s");
    }

    Setting<Integer> wholeNumber(String key, int value) {
        return add(ConfigOptions.key(key).intType().defaultValue(value), "a whole number");
    }

    /** A switch that is off unless it is given. */
    Setting<Boolean> trueOrFalse(String key) {
        return add(ConfigOptions.key(key).booleanType().defaultValue(false), "true or false");
    }

    /** @param words the constants of the type, as they are written */
    <E extends Enum<E>> Setting<E> oneOf(Class<E> type, String key, E value, String words) {
        return add(ConfigOptions.key(key).enumType(type).defaultValue(value), words);
    }

    private <T> Setting<T> add(ConfigOption<T> option, String form) {
        Setting<T> setting = new Setting<>(option, form);
        all.add(setting);
        return setting;
    }

    List<ConfigOption<?>> options() {
        List<ConfigOption<?>> options = new ArrayList<>();
        all.forEach(setting -> options.add(setting.option()));
        return List.copyOf(options);
    }

    /**
     * Requires that every setting is valid.
     *
     * @throws IllegalArgumentException if one is not; the message is one line that says what was expected
     */
    void check(Configuration given) {
        all.forEach(setting -> setting.checkForm(given));
        all.forEach(setting -> setting.checkValue(given));
    }

    /** The same of a single setting. */
    void check(ConfigOption<?> option, Configuration given) {
        all.stream().filter(setting -> setting.option().equals(option)).forEach(setting -> setting.checkValue(given));
    }
}
