package io.tapewatch.operators.violations;

import io.tapewatch.io.json.PriceDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.streaming.api.TimerService;

/** What operators must not do. */
public final class OperatorViolations {

    private OperatorViolations() {}

    public static final class UsesIo {
        PriceDecoder decoder;
    }

    public static final class AsksForProcessingTime {
        long now(TimerService timers) {
            return timers.currentProcessingTime();
        }
    }

    public static final class ReadsFiles {
        String read(String file) throws IOException {
            return Files.readString(Path.of(file));
        }
    }
}
