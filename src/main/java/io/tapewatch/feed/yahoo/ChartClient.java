package io.tapewatch.feed.yahoo;

import dev.failsafe.ExecutionContext;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.RetryPolicy;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks Yahoo for symbols, and asks again after a while where that may help: no answer, a broken one, HTTP 429 and 5xx.
 *
 * <p>HTTP/1.1, where requests share no connection at the same time: what breaks one breaks no other. Where there are headers
 * of the user's, which may be secret, no redirect is followed, as they would go to wherever it leads.
 */
@SuppressWarnings("CollectionUndefinedEquality") // Of two futures, each is itself alone.
final class ChartClient implements AutoCloseable {

    private static final int TIMES = 4;
    private static final String TRIED = " (asked " + TIMES + " times)";
    private static final double JITTER = 0.2;
    private static final int LONGEST_BACK_OFF = 30;
    private static final Duration AS_BACK_OFF_HAS_IT = Duration.ofNanos(-1);

    /** A chart of a month of days has some 5 kB. */
    private static final int MOST_BYTES = 1 << 20;

    private final ChartRequests requests;
    private final InstantSource clock;
    private final Consumer<Duration> onTooMany;
    private final HttpClient http;
    private final FailsafeExecutor<HttpResponse<byte[]>> retrying;
    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();

    /** @param onTooMany told by any thread, when Yahoo has had too many requests, how long to wait before the next */
    ChartClient(ChartRequests requests, InstantSource clock, Consumer<Duration> onTooMany) {
        this.requests = requests;
        this.clock = clock;
        this.onTooMany = onTooMany;
        this.http = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .connectTimeout(requests.timeout())
                .followRedirects(requests.headers().isEmpty() ? Redirect.NORMAL : Redirect.NEVER)
                .build();
        this.retrying = Failsafe.with(retries());
    }

    private RetryPolicy<HttpResponse<byte[]>> retries() {
        return RetryPolicy.<HttpResponse<byte[]>>builder()
                .handle(IOException.class, TimeoutException.class)
                .handleResultIf(ChartClient::isWorthAnotherTry)
                .withMaxAttempts(TIMES)
                .withBackoff(requests.backOff(), requests.backOff().multipliedBy(LONGEST_BACK_OFF))
                .withDelayFn(this::askedDelay)
                .withJitter(JITTER)
                .onRetryScheduled(retry -> {
                    if (isTooMany(retry.getLastResult())) {
                        onTooMany.accept(retry.getDelay());
                    }
                })
                .onRetriesExceeded(last -> {
                    if (isTooMany(last.getResult())) {
                        Duration asked = retryAfter(last.getResult());
                        onTooMany.accept(asked == null ? requests.backOff().multipliedBy(LONGEST_BACK_OFF) : asked);
                    }
                })
                .build();
    }

    /** What Retry-After asks for, so much longer that jitter never makes it shorter; negative: as back-off has it. */
    private Duration askedDelay(ExecutionContext<HttpResponse<byte[]>> failed) {
        Duration asked = failed.getLastResult() == null ? null : retryAfter(failed.getLastResult());
        return asked == null
                ? AS_BACK_OFF_HAS_IT
                : Duration.ofMillis((long) Math.ceil(asked.toMillis() / (1 - JITTER)));
    }

    private @Nullable Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .map(header -> RetryAfter.parse(header, clock.instant()))
                .orElse(null);
    }

    /** The answer, which comes; never exceptionally. */
    CompletableFuture<Answer> ask(String symbol) {
        CompletableFuture<HttpResponse<byte[]>> response = retrying.getStageAsync(() -> exchange(symbol));
        open.add(response);
        return response.handle((answered, e) -> {
            open.remove(response);
            if (e != null) {
                String fault = Faults.inWords(e, requests);
                return new Answer.Failed(fault, fault + TRIED);
            }
            return answer(answered);
        });
    }

    /** One request, which is given up when it takes too long: a request's own timeout is over when its body begins. */
    private CompletableFuture<HttpResponse<byte[]>> exchange(String symbol) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(requests.of(symbol), head -> new CutBody(MOST_BYTES + 1));
        CompletableFuture<HttpResponse<byte[]>> inTime =
                exchange.copy().orTimeout(requests.timeout().toNanos(), TimeUnit.NANOSECONDS);
        open.add(exchange);
        inTime.whenComplete((response, e) -> {
            open.remove(exchange);
            exchange.cancel(true);
        });
        return inTime;
    }

    private Answer answer(HttpResponse<byte[]> response) {
        byte[] body = response.body();
        int status = response.statusCode();
        if (status == 200) {
            return body.length > MOST_BYTES
                    ? new Answer.Unpriced("size", "the body has more than " + MOST_BYTES + " bytes")
                    : ChartBody.read(body);
        }
        String what = "HTTP " + status;
        String said = ChartBody.error(body);
        String reason = said.isEmpty() ? what : what + ": " + said;
        if (status == 400 || status == 404) {
            return new Answer.Gone(reason);
        }
        if (status == 401) {
            return new Answer.Refused(reason);
        }
        if (status >= 300 && status < 400 && !requests.headers().isEmpty()) {
            return new Answer.Failed(what, what + ", a redirect, which is not followed with headers of a file");
        }
        return new Answer.Failed(what, isWorthAnotherTry(response) ? reason + TRIED : reason);
    }

    private static boolean isWorthAnotherTry(HttpResponse<?> response) {
        return isTooMany(response) || response.statusCode() >= 500;
    }

    private static boolean isTooMany(@Nullable HttpResponse<?> response) {
        return response != null && response.statusCode() == 429;
    }

    /** Gives up what has not been answered yet. */
    @Override
    public void close() {
        open.forEach(response -> response.cancel(true));
    }
}
