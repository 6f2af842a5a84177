package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets a clear error in the client's dialect and the server goes on. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class BadInputTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MESSAGES = "/v1/messages";

    @AfterEach
    void serverIsUnharmed() {
        assertThat(GatewayClient.post(CHAT, chat("demo")).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nonsense", "[]", "{\"model\":\"demo\",\"messages\":[}", "\u0000"})
    void malformedJson_is400_inBothDialects(String body) {
        HttpResponse<String> chat = GatewayClient.post(CHAT, body);
        assertThat(chat.statusCode()).isEqualTo(400);
        assertThat(chat.body()).startsWith("{\"error\":{\"message\":").contains("invalid_request_error");
        HttpResponse<String> messages = GatewayClient.post(MESSAGES, body);
        assertThat(messages.statusCode()).isEqualTo(400);
        assertThat(messages.body())
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\"")
                .contains("\"request_id\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"demo\",\"messages\":[]}|messages",
                "{\"model\":\"demo\"}|messages",
                "{\"model\":7,\"messages\":[1]}|model",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}|model",
                "{\"model\":\"demo\",\"messages\":\"x\"}|messages",
                "{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":7}]}|messages[0].content",
                "{\"model\":\"demo\",\"messages\":[{\"role\":\"wizard\",\"content\":\"x\"}]}|messages[0].role",
                "{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":\"hot\"}|temperature",
                "{\"model\":\"demo\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":\"yes\"}|stream"
            })
    void wrongField_is400_thatNamesIt(String body, String field) {
        HttpResponse<String> response = GatewayClient.post(CHAT, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(field).contains("invalid_request_error");
    }

    /** Row 90. */
    @Test
    void unknownModel_is404_inBothDialects() {
        HttpResponse<String> chat = GatewayClient.post(CHAT, chat("no-such-model"));
        assertThat(chat.statusCode()).isEqualTo(404);
        assertThat(chat.body()).contains("no-such-model").contains("model_not_found");
        HttpResponse<String> messages = GatewayClient.post(
                MESSAGES,
                "{\"model\":\"no-such-model\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        assertThat(messages.statusCode()).isEqualTo(404);
        assertThat(messages.body()).contains("not_found_error").contains("no-such-model");
    }

    @Test
    void bodyOfThirtyMegabytes_is413_whenAnnounced() {
        HttpResponse<String> response = GatewayClient.send(GatewayClient.request(CHAT)
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[30 * 1024 * 1024]))
                .build());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("max-body-size");
    }

    @Test
    void bodyOfThirtyMegabytes_is413_whenItsLengthIsNotKnown() {
        HttpResponse<String> response = GatewayClient.send(GatewayClient.request(MESSAGES)
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(new byte[30 * 1024 * 1024])))
                .build());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("request_too_large");
    }

    @Test
    void unknownPath_is404Json() {
        HttpResponse<String> response = GatewayClient.post("/v1/nothing", "{}");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).startsWith("{\"error\":{");
    }

    @Test
    void wrongMethod_is405WithAllow() {
        HttpResponse<String> response =
                GatewayClient.send(GatewayClient.request(CHAT).GET().build());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("POST"));
    }

    private static String chat(String model) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }
}
