package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.translation.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged gateway says on its standard streams (behaviour reference). Rows 27, 222, 226, 227, G-12. */
class StandardOutputIT {
    private static final String PROMPT = "canary-prompt-3b1f";
    private static final List<String> SECRETS =
            List.of("canary-access-6c2e", "canary-key-91ab", "canary-header-52ef", "canary-wrong-8d4a", PROMPT);

    @TempDir
    Path directory;

    @Test
    void text_hasBannerAndRequests_butNoSecret() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(directory, yaml("debug", "text"))) {
            String url = gateway.awaitUrl();
            gateway.awaitLine(line -> line.contains("provider   east (openai) http://127.0.0.1:1/v1, 1 key(s)"));
            assertThat(ask(url, "canary-access-6c2e", "demo")).isEqualTo(200);
            assertThat(ask(url, "canary-access-6c2e", "m")).isEqualTo(502);
            assertThat(ask(url, "canary-wrong-8d4a", "demo")).isEqualTo(401);
            gateway.awaitLine(line -> line.contains("chat demo -> demo/demo 200 ok"));
            gateway.awaitLine(line -> line.contains("attempt 1 failed: east/m key=0 502"));
            gateway.awaitLine(line -> line.contains("POST /v1/chat/completions 401 refused"));
            SECRETS.forEach(secret -> assertThat(gateway.output()).doesNotContain(secret));
        }
    }

    @Test
    void json_isNothingButJson() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.start(directory, yaml("info", "json"))) {
            String banner = gateway.awaitLine(line -> line.contains("ai-gateway serves "));
            String message = parsed(banner).path("message").asText();
            String url = message.split(" ")[2];
            assertThat(ask(url, "canary-access-6c2e", "demo")).isEqualTo(200);
            String line = gateway.awaitLine(said -> said.contains("\"ai-gateway.request\""));
            assertThat(parsed(line).path("target").asText()).isEqualTo("demo/demo");
            gateway.output()
                    .lines()
                    .forEach(said -> assertThat(parsed(said).has("message")).isTrue());
        }
    }

    private static JsonNode parsed(String line) {
        return Json.request(line.getBytes(StandardCharsets.UTF_8));
    }

    private static int ask(String url, String key, String model) throws IOException, InterruptedException {
        String body =
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(model, PROMPT);
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions?key=" + key))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }

    private static String yaml(String level, String format) {
        return """
                ai-proxy:
                  port: 0
                  access-keys: [ canary-access-6c2e ]
                  log: { level: %s, format: %s }
                  retry: { max-retries: 0 }
                  providers:
                    - { name: demo, type: demo, models: [ demo ] }
                    - name: east
                      type: openai
                      base-url: http://127.0.0.1:1/v1
                      api-keys: [ canary-key-91ab ]
                      headers: { x-tenant: canary-header-52ef }
                      models: [ m ]
                """.formatted(level, format);
    }
}
