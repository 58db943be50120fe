package io.tapewatch.feed.yahoo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers for Yahoo as it is told, and remembers what it was asked. */
public final class StubYahoo implements AutoCloseable {

    private static final String PATH = "/v8/finance/chart/";

    private final Map<String, Deque<Reply>> replies = new ConcurrentHashMap<>();
    private final List<Request> requests = new ArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /** How it answers once. */
    @FunctionalInterface
    public interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }

    /**
     * A request.
     *
     * @param symbol what it asked for
     * @param path its path as it was written
     * @param headers the first value of each header
     * @param nanos when it came
     */
    public record Request(String symbol, String path, Map<String, String> headers, long nanos) {}

    public StubYahoo() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://" + host();
    }

    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers for a symbol with these, one after the other; with the last again and again. */
    public StubYahoo answers(String symbol, Reply... inTurn) {
        replies.put(symbol, new ArrayDeque<>(Arrays.asList(inTurn)));
        return this;
    }

    /** What a symbol trades at, as Yahoo has it. */
    public static Reply price(String symbol, String price, long timeSeconds) {
        return ok(body(symbol, price, timeSeconds));
    }

    static String body(String symbol, String price, long timeSeconds) {
        return ("{\"chart\":{\"result\":[{\"meta\":{\"currency\":\"USD\",\"symbol\":\"%s\",\"regularMarketTime\":%d,"
                        + "\"regularMarketPrice\":%s,\"priceHint\":2},\"indicators\":{\"quote\":[{}]}}],\"error\":null}}")
                .formatted(symbol, timeSeconds, price);
    }

    static Reply ok(String body) {
        return status(200, body);
    }

    public static Reply status(int status, String body, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /** As Yahoo refuses a symbol that it does not know. */
    public static Reply notFound() {
        return status(
                404,
                "{\"chart\":{\"result\":null,\"error\":{\"code\":\"Not Found\",\"description\":\"No data found, symbol"
                        + " may be delisted\"}}}");
    }

    /** Never answers. */
    Reply hangs() {
        return exchange -> awaitClosing();
    }

    /** Begins to answer, and never ends. */
    Reply hangsInTheBody() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{\"chart\":".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            awaitClosing();
        };
    }

    /** Begins to answer, and hangs up. */
    static Reply breaksOff() {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write("{\"chart\":".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            exchange.close();
        };
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String symbol = path.startsWith(PATH) ? path.substring(PATH.length()) : path;
        Map<String, String> headers = new ConcurrentHashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        synchronized (this) {
            requests.add(new Request(symbol, exchange.getRequestURI().getRawPath(), headers, System.nanoTime()));
            notifyAll();
        }
        Deque<Reply> inTurn = replies.getOrDefault(symbol, new ArrayDeque<>(List.of(notFound())));
        Reply reply;
        synchronized (inTurn) {
            reply = inTurn.size() > 1 ? inTurn.remove() : inTurn.element();
        }
        reply.to(exchange);
    }

    /** The requests for a symbol so far. */
    synchronized List<Request> requests(String symbol) {
        return requests.stream()
                .filter(request -> request.symbol().equals(symbol))
                .toList();
    }

    /**
     * Returns when so many requests for a symbol have come. As a feed has at most one of a symbol under way, it has then
     * taken the answers to all but the last.
     */
    public synchronized void awaitRequests(String symbol, int count) throws InterruptedException {
        while (requests(symbol).size() < count) {
            wait();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
