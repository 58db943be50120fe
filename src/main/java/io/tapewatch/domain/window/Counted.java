package io.tapewatch.domain.window;

/** Which of the windows that a tick belongs to count it. */
public enum Counted {

    /** All of them: every tick that comes ahead of the watermark. */
    BY_EVERY_WINDOW,

    /** At least one of them. At least one other was final, beyond its lateness, and misses the tick. */
    BY_SOME_WINDOWS,

    /** None of them: all were final, and the tick is too late. */
    BY_NO_WINDOW
}
