package dev.aigateway.wire;

import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A plain HTTP client of the gateway under test, for what must be seen byte by byte. */
public final class GatewayClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private GatewayClient() {}

    /** Where the gateway listens; the port is known once the test framework has started it. */
    public static String baseUrl() {
        return "http://127.0.0.1:" + RestAssured.port;
    }

    public static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl() + path))
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + Upstreams.ACCESS_KEY);
    }

    public static HttpResponse<String> post(String path, String body) {
        return send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    public static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Starts a request whose answer is read later. */
    public static CompletableFuture<HttpResponse<String>> postLater(String path, String body) {
        return CLIENT.sendAsync(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Opens a stream that the test reads at its own pace; closing it leaves the gateway. */
    public static LiveStream open(String path, String body) {
        try {
            HttpResponse<InputStream> response = CLIENT.send(
                    request(path)
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            return new LiveStream(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** An answer that is still coming. */
    public record LiveStream(HttpResponse<InputStream> response) implements AutoCloseable {
        /** Reads until {@code text} has come; gives back everything read. */
        public String readUntil(String text) {
            StringBuilder read = new StringBuilder();
            byte[] buffer = new byte[4096];
            try {
                while (read.indexOf(text) < 0) {
                    int count = response.body().read(buffer);
                    if (count < 0) {
                        throw new AssertionError("the stream ended before '" + text + "': " + read);
                    }
                    read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return read.toString();
        }

        @Override
        public void close() {
            try {
                response.body().close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
