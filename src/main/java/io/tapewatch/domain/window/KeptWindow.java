package io.tapewatch.domain.window;

/**
 * What a savepoint says about one of the windows its slices serve.
 *
 * @param name the window's canonical form
 * @param lateness how long after its end it may change, in milliseconds
 * @param since the watermark at which this window was first there
 * @param closedThrough windows of this form that end at or before this are closed for ever, whatever their lateness
 */
public record KeptWindow(String name, long lateness, long since, long closedThrough) {}
