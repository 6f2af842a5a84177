package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway that was given the file of aiproxy in Go as it is, but for its addresses (behaviour reference). Row 18. */
@QuarkusTest
@QuarkusTestResource(
        value = ForeignUpstreams.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "sample", value = "aiproxy-sample/source.yaml"))
class ImportAiproxyGoTest {
    @Upstreams.Inject
    ScriptedUpstream upstream;

    @BeforeEach
    void reset() {
        upstream.reset();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/v1/messages | \"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}],\"max_tokens\":1024 | \"type\":\"message\"",
                "/v1/chat/completions | \"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}] | chat.completion",
                "/v1/responses | \"input\":\"Hello!\" | \"object\":\"response\"",
                "/v1beta/models/claude-3-opus:generateContent | \"contents\":[{\"parts\":[{\"text\":\"Hello!\"}]}] | candidates",
                "/v1/models/claude-3-opus:generateContent | \"contents\":[{\"parts\":[{\"text\":\"Hello!\"}]}] | candidates"
            })
    void everyProtocol_reachesTheUpstream_underItsNameOfTheModel(String path, String content, String form) {
        upstream.then(Script.json(Answers.MESSAGE));
        String model = path.contains(":") ? "" : "\"model\":\"claude-3-opus\",";
        HttpResponse<String> response = GatewayClient.post(path, "{" + model + content + "}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("Hello", form);
        Received received = upstream.take();
        assertThat(received.uri()).isEqualTo("/anthropic/v1/messages");
        assertThat(received.header("x-api-key")).isEqualTo("sk-ant-xxx");
        assertThat(received.text()).contains("\"claude-3-opus-20240229\"");
    }

    @Test
    void modelThatIsNotAvailable_isNotFound() {
        HttpResponse<String> response = GatewayClient.post(
                "/v1/chat/completions",
                "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(upstream.untaken()).isZero();
    }
}
