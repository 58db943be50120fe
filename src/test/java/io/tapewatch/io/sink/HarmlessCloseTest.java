package io.tapewatch.io.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tapewatch.HeardLog;
import java.io.IOException;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // What is closed throws any Exception.
class HarmlessCloseTest {

    @Test
    void anExceptionIsLoggedInOneLineAndNotThrown() {
        try (HeardLog log = HeardLog.of(HarmlessClose.class.getName())) {
            assertThatCode(() -> close(new IOException("of a\nsend", new IllegalStateException("fenced"))))
                    .doesNotThrowAnyException();
            assertThat(log.at(Level.WARN))
                    .singleElement()
                    .asString()
                    .startsWith("The writer failed while it was closed.")
                    .endsWith("The reason: java.io.IOException: of a send, caused by"
                            + " java.lang.IllegalStateException: fenced");
        }
    }

    @Test
    void anErrorIsThrown() {
        Error error = new OutOfMemoryError("heap");
        assertThatThrownBy(() -> close(error)).isSameAs(error);
    }

    @Test
    void anExceptionThatAnErrorCausedIsThrown() {
        Exception exception = new IOException("of a send", new OutOfMemoryError("heap"));
        assertThatThrownBy(() -> close(exception)).isSameAs(exception);
    }

    @Test
    void aThreadThatIsInterruptedStaysSo() throws Exception {
        close(new InterruptedException());
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void close(Throwable failure) throws Exception {
        HarmlessClose.close(
                () -> {
                    if (failure instanceof Error error) {
                        throw error;
                    }
                    throw (Exception) failure;
                },
                "The writer");
    }
}
