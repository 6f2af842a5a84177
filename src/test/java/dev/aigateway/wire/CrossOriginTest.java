package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which web pages may use the gateway (behaviour reference, rows 56 and 57). */
@QuarkusTest
@QuarkusTestResource(value = ReloadableGateway.class, restrictToAnnotatedClass = true)
class CrossOriginTest {
    private static final String GRANT = "access-control-allow-origin";
    private static final String PAGE = "https://chat.example.com";

    ScriptedUpstream left;
    ReloadableFile file;

    @BeforeEach
    void reset() {
        left.reset();
    }

    /** Row 56: not unless the operator says so (docs/differences.md). */
    @Test
    void byDefault_nothingIsGranted() {
        configure("access-keys: [ client-key-1 ]");
        HttpResponse<String> preflight = OperatorClient.send("OPTIONS", "/v1/models", "", "origin", PAGE);
        assertThat(preflight.statusCode()).isEqualTo(401);
        assertThat(grant(preflight)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {PAGE, "null", "http://192.0.2.1:8317", "http://127.0.0.1.example.com", "nonsense\\"})
    void openGateway_refusesPagesOfOtherSites(String origin) {
        configure("");
        HttpResponse<String> response = models(origin);
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("cors.origins");
        assertThat(grant(response)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:3000", "http://127.0.0.1:5173", "http://[::1]", "app://notes"})
    void openGateway_servesProgramsOfThisMachine(String origin) {
        configure("");
        assertThat(models(origin).statusCode()).isEqualTo(200);
    }

    /** Row 56. */
    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions", "/admin/config", "/no/such/path"})
    void anyOrigin_preflight_isGrantedWithoutKey(String path) {
        configure("access-keys: [ client-key-1 ]\ncors: { origins: [ \"*\" ] }");
        HttpResponse<String> preflight = OperatorClient.send(
                "OPTIONS",
                path,
                "",
                "origin",
                PAGE,
                "access-control-request-method",
                "POST",
                "access-control-request-headers",
                "x-stainless-lang, authorization");
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(grant(preflight)).contains("*");
        assertThat(preflight
                        .headers()
                        .firstValue("access-control-allow-methods")
                        .orElse(""))
                .contains("POST");
        assertThat(preflight.headers().firstValue("access-control-allow-headers"))
                .contains("x-stainless-lang, authorization");
        assertThat(preflight.headers().firstValue("access-control-max-age")).contains("86400");
    }

    /** Row 57. */
    @Test
    void errorsAndAnswers_carryTheGrant() {
        configure("access-keys: [ client-key-1 ]\ncors: { origins: [ \"" + PAGE + "\" ] }");
        HttpResponse<String> refused = models(PAGE);
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(grant(refused)).contains(PAGE);
        assertThat(refused.headers().firstValue("vary")).contains("Origin");
        HttpResponse<String> served =
                OperatorClient.send("GET", "/v1/models", "", "origin", PAGE, "x-api-key", "client-key-1");
        assertThat(served.statusCode()).isEqualTo(200);
        assertThat(grant(served)).contains(PAGE);
        assertThat(grant(models("https://other.example.com"))).isEmpty();
    }

    private void configure(String settings) {
        file.write(settings + """

                providers:
                  - { name: a, type: openai, base-url: "http://127.0.0.1:%d/v1", api-keys: [ k ], models: [ m ] }
                """.formatted(left.port()));
    }

    private static HttpResponse<String> models(String origin) {
        return OperatorClient.send("GET", "/v1/models", "", "origin", origin);
    }

    private static Optional<String> grant(HttpResponse<String> response) {
        return response.headers().firstValue(GRANT);
    }
}
