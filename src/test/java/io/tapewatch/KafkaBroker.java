package io.tapewatch;

import io.tapewatch.local.EmbeddedKafka;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests a real broker: one for all of them, started by the first and closed after the last. */
public final class KafkaBroker implements BeforeAllCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(KafkaBroker.class);

    /** What JUnit closes when all tests are over. */
    private record Running(EmbeddedKafka kafka) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            kafka.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running(context);
    }

    private static Running running(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        Running.class,
                        key -> {
                            try {
                                return new Running(EmbeddedKafka.create());
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        Running.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedKafka.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return running(context).kafka();
    }
}
