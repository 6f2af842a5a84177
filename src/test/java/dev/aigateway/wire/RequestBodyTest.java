package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** How a request's body comes in: on invitation, too long, or not to its end. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class RequestBodyTest {
    private static final String BODY =
            "{\"model\":\"demo\",\"max_tokens\":5,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String HEAD = "POST /v1/chat/completions HTTP/1.1\r\nhost: gateway\r\nx-api-key: "
            + Upstreams.ACCESS_KEY + "\r\ncontent-type: application/json\r\n";
    private static final int TOO_LONG = 30 * 1024 * 1024;

    @Test
    void clientThatWaitsToBeInvited_isInvited() {
        try (RawClient client = RawClient.connect()) {
            client.send(HEAD + "connection: close\r\nexpect: 100-continue\r\ncontent-length: " + BODY.length()
                    + "\r\n\r\n");
            assertThat(client.readUntil("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            client.send(BODY);
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 OK\r\n").contains("chat.completion");
        }
    }

    @Test
    void clientThatWaitsWithTooMuch_isNotInvited_andTheConnectionCloses() {
        try (RawClient client = RawClient.connect()) {
            client.send(HEAD + "expect: 100-continue\r\ncontent-length: " + TOO_LONG + "\r\n\r\n");
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ").doesNotContain("100 Continue");
        }
    }

    @Test
    void bodyAnnouncedTooLong_is413_andTheConnectionCloses() {
        try (RawClient client = RawClient.connect()) {
            client.send(HEAD + "content-length: " + TOO_LONG + "\r\n\r\n{\"model\":");
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 413 ").contains("max-body-size");
        }
    }

    @Test
    void refusedBodyThatIsReadToItsEnd_keepsTheConnection() {
        try (RawClient client = RawClient.connect()) {
            client.send(HEAD + "content-length: 2\r\n\r\n[]");
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 400 ");
            client.readUntil("}}");
            client.send(HEAD + "connection: close\r\ncontent-length: " + BODY.length() + "\r\n\r\n" + BODY);
            assertThat(client.readToEnd()).startsWith("HTTP/1.1 200 ");
        }
    }
}
