package io.tapewatch.cli;

/**
 * What was found out about one thing.
 *
 * @param level how it is
 * @param what the thing
 * @param text what was found, and if it is not good, what was expected and what to do
 */
record Finding(Level level, String what, String text) {

    /** How a thing is. */
    enum Level {
        OK("ok"),
        /** It works, and not as well as it could. */
        WARN("warn"),
        /** It does not work. */
        FAIL("FAIL");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static Finding ok(String what, String text) {
        return new Finding(Level.OK, what, text);
    }

    static Finding warn(String what, String text) {
        return new Finding(Level.WARN, what, text);
    }

    static Finding fail(String what, String text) {
        return new Finding(Level.FAIL, what, text);
    }

    boolean isBad() {
        return level == Level.FAIL;
    }
}
