package io.tapewatch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** Lets every logger log everything, and keeps what shows a secret. Until it is closed the console is silent. */
final class LogSearch extends AbstractAppender implements AutoCloseable {

    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    private final Map<LoggerConfig, Level> levels = new HashMap<>();
    private final Map<String, Appender> appenders;
    private final Secrets secrets;
    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private final Set<String> loggers = ConcurrentHashMap.newKeySet();

    private LogSearch(Secrets secrets) {
        super(
                "search",
                null,
                PatternLayout.newBuilder()
                        .withPattern("%p %c [%t] %X %m%n%throwable")
                        .build(),
                false,
                Property.EMPTY_ARRAY);
        this.secrets = secrets;
        this.appenders = Map.copyOf(root().getAppenders());
    }

    static LogSearch start(Secrets secrets) {
        LogSearch search = new LogSearch(secrets);
        search.start();
        search.context.getConfiguration().getLoggers().values().forEach(logger -> {
            search.levels.put(logger, logger.getLevel());
            logger.setLevel(Level.ALL);
        });
        search.appenders.keySet().forEach(search.root()::removeAppender);
        search.root().addAppender(search, null, null);
        search.context.updateLoggers();
        return search;
    }

    @Override
    public void append(LogEvent event) {
        String line = getLayout().toSerializable(event).toString();
        loggers.add(event.getLevel() + " " + event.getLoggerName());
        if (secrets.areIn(line)) {
            found.add(line);
        }
    }

    /** The lines that show a secret. */
    List<String> found() {
        return List.copyOf(found);
    }

    /** Who logged, and at which level: {@code DEBUG io.tapewatch.Topology}. */
    Set<String> loggers() {
        return loggers;
    }

    private LoggerConfig root() {
        return context.getConfiguration().getRootLogger();
    }

    @Override
    public void close() {
        root().removeAppender(getName());
        appenders.values().forEach(appender -> root().addAppender(appender, null, null));
        levels.forEach(LoggerConfig::setLevel);
        context.updateLoggers();
        stop();
    }
}
