package dev.aigateway.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.translation.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Asks the gateway under test as an operator does. */
final class OperatorClient {
    static final String ADMIN_KEY = "admin-key-canary";

    private OperatorClient() {}

    static HttpResponse<String> get(String path) {
        return send("GET", path, "", "authorization", "Bearer " + ADMIN_KEY);
    }

    static HttpResponse<String> post(String path, String body) {
        return send("POST", path, body, "x-api-key", ADMIN_KEY);
    }

    static HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(GatewayClient.baseUrl() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return GatewayClient.send(
                headers.length == 0 ? request.build() : request.headers(headers).build());
    }

    static JsonNode json(String path) {
        HttpResponse<String> response = get(path);
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " gave " + response.statusCode() + ": " + response.body());
        }
        return json(response);
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.parse(response.body().getBytes(StandardCharsets.UTF_8)).orElseThrow();
    }
}
