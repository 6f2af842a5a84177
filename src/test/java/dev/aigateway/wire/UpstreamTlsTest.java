package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTPS to a provider, with and without trust in its certificate. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class UpstreamTlsTest {
    @Upstreams.Inject
    ScriptedUpstream secure;

    @BeforeEach
    void reset() {
        secure.reset();
    }

    @Test
    void trustedCertificate_serves() {
        secure.then(Script.json("{\"id\":\"c1\",\"choices\":[]}"));
        assertThat(post("secure-model", false).statusCode()).isEqualTo(200);
        assertThat(secure.take().header("authorization")).isEqualTo("Bearer sk-secure");
    }

    @Test
    void trustedCertificate_streams() {
        String events =
                "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}\n\n"
                        + "data: [DONE]\n\n";
        secure.then(Script.stream(events));
        assertThat(post("secure-model", true).body()).isEqualTo(events);
    }

    @Test
    void untrustedCertificate_isRefused_andTheKeyStaysHere() {
        HttpResponse<String> response = post("untrusted-model", false);
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("untrusted").doesNotContain("Exception");
        assertThat(secure.untaken()).isZero();
    }

    private static HttpResponse<String> post(String model, boolean stream) {
        return GatewayClient.post(
                "/v1/chat/completions",
                "{\"model\":\"" + model + "\",\"stream\":" + stream
                        + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");
    }
}
