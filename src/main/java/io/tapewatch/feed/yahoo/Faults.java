package io.tapewatch.feed.yahoo;

import io.tapewatch.domain.Durations;
import io.tapewatch.domain.Printable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why there is no answer, in words. */
final class Faults {

    private Faults() {}

    static String inWords(Throwable thrown, ChartRequests requests) {
        Throwable e = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (e instanceof TimeoutException || e instanceof HttpTimeoutException) {
            return "no answer within " + Durations.format(requests.timeout().toMillis()) + " (--timeout)";
        }
        if (e instanceof ConnectException) {
            return isCausedByName(e)
                    ? "the host " + requests.host() + " is not known"
                    : "no connection to " + requests.host();
        }
        if (e instanceof SSLException) {
            return "no secure connection to " + requests.host() + ": "
                    + Printable.printable(String.valueOf(e.getMessage()));
        }
        if (e instanceof CancellationException) {
            return "given up";
        }
        if (e instanceof IOException) {
            return "the connection to " + requests.host() + " broke";
        }
        return "it could not be asked for: " + Printable.printable(e.toString());
    }

    private static boolean isCausedByName(Throwable thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }
}
