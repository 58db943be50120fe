package io.tapewatch;

public final class TapewatchJob {
    private TapewatchJob() {}
}
