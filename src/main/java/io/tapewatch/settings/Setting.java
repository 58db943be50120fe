package io.tapewatch.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** A setting as it is declared: an option of Flink's, and what its value may be. */
final class Setting<T> {

    private final String form;
    private final List<Check<T>> checks = new ArrayList<>();
    private ConfigOption<T> option;

    /** @param form what is expected of a text that is no value of the option's type */
    Setting(ConfigOption<T> option, String form) {
        this.option = option;
        this.form = form;
    }

    /** A check of a value that was given, or is the default. */
    private interface Check<T> {

        /** @throws IllegalArgumentException if the value is not valid; the message is one line */
        void check(T value, Configuration given);
    }

    /** A reader of a value that goes with other settings. */
    interface Reader<T> {

        /** @throws IllegalArgumentException if the value is not valid; the message says what is wrong, without the option */
        void read(T value, Configuration given);
    }

    /**
     * Allows only values for which this holds.
     *
     * @param expected what is expected, such as "a whole number above 0"
     */
    Setting<T> expecting(String expected, Predicate<T> holds) {
        checks.add((value, given) -> {
            if (!holds.test(value)) {
                throw isNot(expected, given);
            }
        });
        return this;
    }

    /** Allows only values that can be read, where the reader itself says what is wrong with the others. */
    Setting<T> readBy(Reader<T> reader) {
        checks.add((value, given) -> {
            try {
                reader.read(value, given);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("--" + option.key() + ": " + e.getMessage(), e);
            }
        });
        return this;
    }

    /** Ends the declaration with what the setting does, for a person. */
    ConfigOption<T> describedAs(String description) {
        option = option.withDescription(description);
        return option;
    }

    ConfigOption<T> option() {
        return option;
    }

    /**
     * Requires that the text that was given is a value of the option's type.
     *
     * @throws IllegalArgumentException if it is not; the message is one line
     */
    void checkForm(Configuration given) {
        try {
            given.getOptional(option);
        } catch (IllegalArgumentException e) {
            throw isNot(form, given);
        }
    }

    /**
     * Requires that the value is valid.
     *
     * @throws IllegalArgumentException if it is not; the message is one line
     */
    void checkValue(Configuration given) {
        T value = given.get(option);
        if (value != null) {
            checks.forEach(check -> check.check(value, given));
        }
    }

    private IllegalArgumentException isNot(String expected, Configuration given) {
        return new IllegalArgumentException(
                "--" + option.key() + " is '" + given.getString(option.key(), "") + "': expected " + expected);
    }
}
