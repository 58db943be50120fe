package io.tapewatch;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Hears what one logger says, at the levels that it logs, until it is closed. */
public final class HeardLog extends AbstractAppender implements AutoCloseable {

    private final String name;
    private final Logger logger;
    private final List<LogEvent> heard = new CopyOnWriteArrayList<>();

    private HeardLog(String name) {
        super("heard " + name, null, null, false, Property.EMPTY_ARRAY);
        this.name = name;
        this.logger = (Logger) LogManager.getLogger(name);
    }

    public static HeardLog of(String logger) {
        HeardLog log = new HeardLog(logger);
        log.start();
        log.logger.addAppender(log);
        return log;
    }

    @Override
    public void append(LogEvent event) {
        if (event.getLoggerName().equals(name)) {
            heard.add(event.toImmutable());
        }
    }

    /** What was said at this level. */
    public List<String> at(Level level) {
        return heard.stream()
                .filter(event -> event.getLevel().equals(level))
                .map(event -> event.getMessage().getFormattedMessage())
                .toList();
    }

    @Override
    public void close() {
        logger.removeAppender(this);
        stop();
    }
}
