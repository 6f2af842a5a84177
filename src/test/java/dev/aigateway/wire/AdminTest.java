package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see and do, and that nobody else does (behaviour reference, rows 46, 47, 51 and 53). */
@QuarkusTest
@QuarkusTestResource(value = ReloadableGateway.class, restrictToAnnotatedClass = true)
class AdminTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String OK = "{\"id\":\"c1\",\"model\":\"m\",\"choices\":[]}";
    private static final String ADMIN = "admin: { keys: [ " + OperatorClient.ADMIN_KEY + " ] }\n";
    private static final List<String> PAGES = List.of(
            "/admin/config",
            "/admin/metrics",
            "/admin/stats",
            "/admin/models",
            "/admin/providers",
            "/admin/route?model=m",
            "/admin/unavailable-models",
            "/stats",
            "/metrics",
            "/unavailable-models");

    ScriptedUpstream left;
    ScriptedUpstream right;
    ReloadableFile file;

    @BeforeEach
    void reset() {
        left.reset();
        right.reset();
        left.otherwise(Script.json(OK));
        right.otherwise(Script.json(OK));
        file.write(ADMIN + providers());
        OperatorClient.post("/admin/cooldowns/clear", "");
        List.of("left", "right", "left/keys/0", "left/keys/1")
                .forEach(who -> OperatorClient.post("/admin/providers/" + who + "/enable", ""));
    }

    /** Rows 53 and X-14. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin",
                "/admin/",
                "/admin/config",
                "/admin/metrics",
                "/admin/nothing",
                "/stats",
                "/unavailable-models"
            })
    void withoutAdminKeys_everythingIsClosed_andSaysHowToOpenIt(String path) {
        file.write(providers() + "access-keys: [ client-key-1 ]\n");
        HttpResponse<String> response = OperatorClient.send("GET", path, "", "x-api-key", "client-key-1");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).startsWith("{\"error\":{").contains("admin.keys");
        assertThat(OperatorClient.send("POST", "/reset-model", "{}").statusCode())
                .isEqualTo(403);
        assertThat(OperatorClient.send("POST", "/admin/reload", "").statusCode())
                .isEqualTo(403);
    }

    /** A query ends up in histories and logs. */
    @ParameterizedTest
    @ValueSource(strings = {"/admin/config", "/stats", "/metrics", "/q/metrics"})
    void adminKey_inTheQuery_opensNothing(String path) {
        for (String others : List.of("", "access-keys: [ client-key-1 ]\n")) {
            file.write(ADMIN + others + providers());
            assertThat(OperatorClient.send("GET", path + "?key=" + OperatorClient.ADMIN_KEY, "")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(OperatorClient.get(path).statusCode()).isEqualTo(200);
        }
    }

    /** Rows 53 and R-21. */
    @ParameterizedTest
    @CsvSource({
        "authorization,Bearer admin-key-canary,200",
        "x-api-key,admin-key-canary,200",
        "x-goog-api-key,admin-key-canary,401",
        "authorization,Bearer client-key-1,401",
        "authorization,Bearer admin-key-canar,401",
        "x-nothing,x,401"
    })
    void operators_needAKeyOfTheirOwn(String header, String value, int status) {
        file.write(ADMIN + providers() + "access-keys: [ client-key-1 ]\n");
        assertThat(OperatorClient.send("GET", "/admin/config", "", header, value)
                        .statusCode())
                .isEqualTo(status);
        assertThat(OperatorClient.send("GET", "/stats?key=admin-key-canary", "", header, value)
                        .statusCode())
                .isEqualTo(status);
    }

    @Test
    void adminKey_servesNoModels() {
        file.write(ADMIN + providers() + "access-keys: [ client-key-1 ]\n");
        assertThat(OperatorClient.get("/v1/models").statusCode()).isEqualTo(401);
        assertThat(OperatorClient.post(CHAT, ask("m")).statusCode()).isEqualTo(401);
    }

    @Test
    void metrics_takeEitherKey() {
        file.write(ADMIN + providers() + "access-keys: [ client-key-1 ]\n");
        for (String path : List.of("/q/metrics", "/metrics")) {
            assertThat(OperatorClient.get(path).statusCode()).isEqualTo(200);
            assertThat(OperatorClient.send("GET", path, "", "x-api-key", "client-key-1")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(OperatorClient.send("GET", path, "").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void operatorsFromElsewhere_areLetInOnlyIfConfigured() {
        String[] passedOn = {"x-api-key", OperatorClient.ADMIN_KEY, "x-forwarded-for", "127.0.0.1"};
        HttpResponse<String> refused = OperatorClient.send("GET", "/admin/config", "", passedOn);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("allow-remote");
        file.write("admin: { keys: [ " + OperatorClient.ADMIN_KEY + " ], allow-remote: true }\n" + providers());
        assertThat(OperatorClient.send("GET", "/admin/config", "", passedOn).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin;x=1/config",
                "/admin/config;x",
                "//admin/config",
                "/%61dmin/config",
                "/admin%2Fconfig",
                "/openai/admin/config",
                "/q/health/../../admin/config",
                "/q/health/..;/..;/admin/config",
                "/health/../stats",
                "/stats/",
                "/stats;x",
                "/./stats",
                "/ADMIN/config"
            })
    void withoutKey_noSpelling_isServed(String target) {
        assertThat(RawClient.exchange("GET", target, "", "").split(" ", 3)[1]).isIn("401", "404");
    }

    /** Row 46; every secret there can be is planted by {@code CanaryTest}. */
    @Test
    void config_isShownWithoutSecrets() {
        JsonNode config = OperatorClient.json("/admin/config");
        assertThat(config.path("host").asText()).isEqualTo("127.0.0.1");
        assertThat(config.path("tls").path("enable").asBoolean(true)).isFalse();
        assertThat(config.path("api_keys_count").asInt(-1)).isZero();
        assertThat(config.path("compat_keys_count").asInt()).isEqualTo(3);
        assertThat(config.path("routing").path("strategy").asText()).isEqualTo("round-robin");
        assertThat(config.path("retry").path("max-retries").asInt(-1)).isZero();
        assertThat(config.path("body_limit_mb").asInt()).isEqualTo(20);
        assertThat(config.path("limits").path("max-body-size").asInt()).isEqualTo(20 * 1024 * 1024);
        JsonNode provider = config.path("providers").path(0);
        assertThat(provider.path("keys").toString())
                .isEqualTo("[{\"index\":0,\"name\":\"blue\",\"disabled\":false},{\"index\":1,\"disabled\":false}]");
        assertThat(provider.path("headers").toString()).isEqualTo("[\"x-team\"]");
        assertThat(provider.path("proxy").asText()).isEqualTo("direct");
    }

    /** Rows 44 and 46. */
    @Test
    void secrets_areInNoAnswer() {
        file.write(ADMIN + providers() + "access-keys: [ access-canary ]\n");
        left.then(
                Script.status(401).body("{\"error\":{\"message\":\"Incorrect API key provided: upstream-canary-1\"}}"));
        OperatorClient.send("POST", CHAT, ask("m"), "x-api-key", "access-canary");
        for (String page : PAGES) {
            HttpResponse<String> response = OperatorClient.get(page);
            assertThat(response.statusCode()).as(page).isEqualTo(200);
            assertThat(response.body()).as(page).doesNotContain("canary");
        }
        assertThat(OperatorClient.post("/admin/reload", "").body()).doesNotContain("canary");
        assertThat(OperatorClient.post("/admin/nothing", "").body()).doesNotContain("canary");
        assertThat(OperatorClient.send("GET", "/q/metrics", "", "x-api-key", "access-canary")
                        .body())
                .doesNotContain("canary");
    }

    /** Row 47. */
    @Test
    void models_areListedByProvider_withoutThoseExcluded() {
        assertThat(OperatorClient.json("/admin/models").path("models").toString())
                .contains("{\"id\":\"m\",\"provider\":\"left\",\"owned_by\":\"openai\",\"upstream_id\":\"m\"}")
                .contains("{\"id\":\"m\",\"provider\":\"right\"")
                .contains("{\"id\":\"nick\",\"provider\":\"right\",\"owned_by\":\"openai\",\"upstream_id\":\"full\"}")
                .doesNotContain("hidden");
    }

    /** Row 48. */
    @Test
    void clientsList_namesProviders_whenAsked() {
        assertThat(GatewayClient.send(GatewayClient.request("/v1/models").GET().build())
                        .body())
                .doesNotContain(",m\"");
        file.write(ADMIN + providers().replace("round-robin", "round-robin, list-provider-models: true"));
        assertThat(GatewayClient.send(GatewayClient.request("/v1/models").GET().build())
                        .body())
                .contains("\"id\":\"left,m\"", "\"id\":\"right,m\"", "\"id\":\"right,nick\"", "\"id\":\"m\"")
                .doesNotContain("hidden");
        assertThat(GatewayClient.post(CHAT, ask("right,nick")).statusCode()).isEqualTo(200);
    }

    @Test
    void route_showsTheOrder_andTakesNoTurn() {
        String first = OperatorClient.json("/admin/route?model=m")
                .path("tiers")
                .path(0)
                .path("candidates")
                .path(0)
                .path("provider")
                .asText();
        assertThat(IntStream.range(0, 3)
                        .mapToObj(
                                i -> OperatorClient.get("/admin/route?model=m").body())
                        .distinct())
                .hasSize(1);
        GatewayClient.post(CHAT, ask("m"));
        (first.equals("left") ? left : right).take();
        assertThat(OperatorClient.json("/admin/route?model=m")
                        .path("tiers")
                        .path(0)
                        .path("candidates")
                        .path(0)
                        .path("provider")
                        .asText())
                .isNotEqualTo(first);
    }

    @Test
    void route_tellsSteps_fallbacks_andWhoIsSpared() {
        right.otherwise(Script.status(401).body("{}"));
        GatewayClient.post(CHAT, ask("right,nick"));
        JsonNode route = OperatorClient.json("/admin/route?model=nick");
        assertThat(route.path("steps").path(0).asText()).contains("listed by name");
        JsonNode candidate = route.path("tiers").path(0).path("candidates").path(0);
        assertThat(candidate.path("upstream_model").asText()).isEqualTo("full");
        assertThat(candidate.path("usable").asBoolean(true)).isFalse();
        assertThat(candidate.path("spared").path("cause").asText()).isEqualTo("refused");
        assertThat(candidate.path("spared").path("seconds_left").asInt()).isPositive();
        assertThat(route.path("tiers").path(1).path("model").asText()).isEqualTo("m");
        assertThat(route.path("tiers").path(1).path("fallback").asBoolean()).isTrue();
        assertThat(OperatorClient.json("/admin/route?model=nobody").path("rule").asText())
                .isEqualTo("nobody");
        assertThat(OperatorClient.get("/admin/route").statusCode()).isEqualTo(400);
    }

    @Test
    void route_showsWhoTakesTheCallersKey() {
        file.write(ADMIN + providers() + """
                  - { name: theirs, type: openai, base-url: "http://127.0.0.1:%d/v1", auth: client, models: [ own ] }
                """.formatted(left.port()));
        JsonNode candidate = OperatorClient.json("/admin/route?model=own")
                .path("tiers")
                .path(0)
                .path("candidates")
                .path(0);
        assertThat(candidate.path("provider").asText()).isEqualTo("theirs");
        assertThat(candidate.path("usable").asBoolean()).isTrue();
        assertThat(candidate.path("note").asText()).isEqualTo("takes the caller's key");
    }

    @Test
    void provider_switchedOff_isNotAsked_evenAfterAReload_untilItIsSwitchedOn() {
        assertThat(OperatorClient.post("/admin/providers/left/disable", "").body())
                .isEqualTo("{\"provider\":\"left\",\"switched_off\":true}");
        file.write(ADMIN + providers() + "default-model: m\n");
        for (int i = 0; i < 4; i++) {
            assertThat(GatewayClient.post(CHAT, ask("m")).statusCode()).isEqualTo(200);
        }
        assertThat(left.untaken()).isZero();
        assertThat(OperatorClient.json("/stats")
                        .path("stats")
                        .path("left")
                        .path("switched_off")
                        .asBoolean())
                .isTrue();
        HttpResponse<String> explicit = GatewayClient.post(CHAT, ask("left,m"));
        assertThat(explicit.statusCode()).isEqualTo(503);
        assertThat(explicit.body()).contains("switched off");
        OperatorClient.post("/admin/providers/left/enable", "");
        assertThat(GatewayClient.post(CHAT, ask("left,m")).statusCode()).isEqualTo(200);
    }

    @Test
    void key_switchedOff_isNotUsed() {
        OperatorClient.post("/admin/providers/left/keys/0/disable", "");
        for (int i = 0; i < 3; i++) {
            GatewayClient.post(CHAT, ask("left,m"));
            assertThat(left.take().header("authorization")).isEqualTo("Bearer upstream-canary-2");
        }
        assertThat(OperatorClient.post("/admin/providers/left/keys/9/disable", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(OperatorClient.post("/admin/providers/nobody/disable", "").statusCode())
                .isEqualTo(404);
    }

    /** What goes through as it is, too; and the next key comes with its own settings. */
    @Test
    void key_switchedOff_givesWayToTheNext_forOtherPaths() {
        file.write(ADMIN
                + "passthrough-provider: left\n"
                + providers()
                        .replace(
                                "upstream-canary-2 ]",
                                "{ key: upstream-canary-2, base-url: \"http://127.0.0.1:%d/second/v1\" } ]"
                                        .formatted(left.port())));
        assertThat(GatewayClient.send(files()).statusCode()).isEqualTo(200);
        assertThat(left.take().header("authorization")).isEqualTo("Bearer upstream-canary-1");
        OperatorClient.post("/admin/providers/left/keys/0/disable", "");
        assertThat(GatewayClient.send(files()).statusCode()).isEqualTo(200);
        Received received = left.take();
        assertThat(received.header("authorization")).isEqualTo("Bearer upstream-canary-2");
        assertThat(received.uri()).isEqualTo("/second/v1/files");
        OperatorClient.post("/admin/providers/left/keys/1/disable", "");
        HttpResponse<String> refused = GatewayClient.send(files());
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("switched off");
        assertThat(left.untaken()).isZero();
    }

    private static HttpRequest files() {
        return GatewayClient.request("/v1/files").GET().build();
    }

    /** Row 51. */
    @Test
    void unavailableModel_isListed_andServedAgainAfterAReset() {
        right.then(Script.status(500).body("{}"));
        GatewayClient.post(CHAT, ask("right,nick"));
        JsonNode listed = OperatorClient.json("/unavailable-models");
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("upstream_name").asText()).isEqualTo("right");
        assertThat(listed.path(0).path("model_name").asText()).isEqualTo("full");
        assertThat(listed.path(0).path("time_to_reset").asDouble()).isGreaterThan(1000);
        assertThat(GatewayClient.post(CHAT, ask("right,nick")).statusCode()).isEqualTo(503);
        String pair = "{\"upstream_name\":\"right\",\"model_name\":\"nick\"}";
        assertThat(OperatorClient.post("/reset-model", pair).body()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(GatewayClient.post(CHAT, ask("right,nick")).statusCode()).isEqualTo(200);
        HttpResponse<String> second = OperatorClient.post("/reset-model", pair);
        assertThat(second.statusCode()).isEqualTo(404);
        assertThat(second.body()).isEqualTo("{\"error\":\"model is not unavailable\"}");
        assertThat(OperatorClient.post("/reset-model", "{").statusCode()).isEqualTo(400);
    }

    @Test
    void cooldowns_areCleared_ofThoseWhoFit() {
        right.otherwise(Script.status(401).body("{}"));
        GatewayClient.post(CHAT, ask("right,nick"));
        assertThat(OperatorClient.post("/admin/cooldowns/clear?provider=left", "")
                        .body())
                .isEqualTo("{\"cleared\":0}");
        assertThat(OperatorClient.post("/admin/cooldowns/clear?provider=right&key=0", "")
                        .body())
                .isEqualTo("{\"cleared\":1}");
        assertThat(OperatorClient.post("/admin/cooldowns/clear?key=0", "").statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "bogus=1,400,'provider, model, key'",
        "provider=right&modell=full,400,'provider, model, key'",
        "provider=,400,'none of them empty'",
        "provider=right&model=,400,'none of them empty'",
        "Provider=right,400,'provider, model, key'",
        "provider=nope,404,no such provider",
        "provider=nope&key=0,404,no such provider"
    })
    void cooldowns_areKept_whenTheFilterIsMistyped(String query, int status, String message) {
        right.otherwise(Script.status(401).body("{}"));
        GatewayClient.post(CHAT, ask("right,nick"));
        HttpResponse<String> refused = OperatorClient.post("/admin/cooldowns/clear?" + query, "");
        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(refused.body()).contains(message);
        assertThat(OperatorClient.post("/admin/cooldowns/clear?provider=right", "")
                        .body())
                .isEqualTo("{\"cleared\":1}");
    }

    @Test
    void reload_tellsWhatItDid() {
        assertThat(OperatorClient.post("/admin/reload", "").body()).contains("\"result\":\"unchanged\"");
        file.spoil("ai-proxy: { prot: 1 }");
        HttpResponse<String> refused = OperatorClient.post("/admin/reload", "");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("\"result\":\"refused\"").contains("prot");
        file.write(ADMIN + providers() + "default-model: mended\n");
    }

    @ParameterizedTest
    @CsvSource({"GET,/admin/reload,POST", "POST,/admin/config,GET", "DELETE,/stats,GET", "GET,/reset-model,POST"})
    void wrongMethod_is405_withAllow(String method, String path, String allow) {
        HttpResponse<String> response = OperatorClient.send(method, path, "", "x-api-key", OperatorClient.ADMIN_KEY);
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow").orElse("")).startsWith(allow);
        assertThat(response.body()).startsWith("{\"error\":{");
    }

    @Test
    void unknownPage_is404Json() {
        HttpResponse<String> response = OperatorClient.get("/admin/nothing");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).startsWith("{\"error\":{");
    }

    private static String ask(String model) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    }

    private String providers() {
        return """
                retry: { max-retries: 0 }
                routing: { strategy: round-robin }
                fallbacks: { nick: [ m ] }
                breaker: { failures: 1 }
                providers:
                  - name: left
                    type: openai
                    base-url: http://127.0.0.1:%d/v1
                    api-keys: [ { key: upstream-canary-1, name: blue }, upstream-canary-2 ]
                    headers: { x-team: header-canary }
                    models: [ m ]
                  - name: right
                    type: openai
                    base-url: http://127.0.0.1:%d/v1
                    api-keys: [ upstream-canary-3 ]
                    models: [ m, { id: full, alias: nick }, hidden ]
                    excluded-models: [ "hid*" ]
                """.formatted(left.port(), right.port());
    }
}
