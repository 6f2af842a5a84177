package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.translation.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are to look as if another program had sent them, and those that are not. */
@QuarkusTest
@QuarkusTestResource(value = RuledUpstreams.class, restrictToAnnotatedClass = true)
class CloakTest {
    private static final String PROMPT = "You are Claude Code, Anthropic's official CLI for Claude."
            + " You are an interactive agent specialized in software engineering tasks."
            + " You help users with coding, debugging, and software development.";
    private static final String USER = "user_[0-9a-f]{64}_account__session_[0-9a-f-]{36}";
    private static final String TURNS = "\"messages\":[{\"role\":\"user\",\"content\":\"a Gateway Proxy, a PROXY\"}]";
    private static final String REST = ",\"max_tokens\":9," + TURNS;
    private static final String TIER = ",\"service_tier\":\"standard_only\"";
    private static final String MESSAGE =
            "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\","
                    + "\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
                    + "\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}";

    @Upstreams.Inject
    ScriptedUpstream anthropic;

    @BeforeEach
    void reset() {
        anthropic.reset();
    }

    /** Rows 190 and P-04; another session after a restart is for {@code RestartIT}. */
    @Test
    void headers_ofTheCommandLine_areSentAsTheyAre() {
        Received first = sent("headers", "curl/8", REST);
        assertThat(first.header("user-agent")).isEqualTo("claude-cli/1.0.18 (pro, cli)");
        assertThat(first.header("x-api-key")).isEqualTo("sk-headers");
        assertThat(first.header("x-app")).isEqualTo("cli");
        assertThat(first.header("anthropic-version")).isEqualTo("2023-06-01");
        assertThat(first.header("anthropic-beta"))
                .isEqualTo(
                        "interleaved-thinking-2025-05-14,prompt-caching-scope-2026-01-05,context-management-2025-06-27");
        assertThat(first.header("content-type")).isEqualTo("application/json");
        String session = first.header("x-claude-code-session-id");
        assertThat(UUID.fromString(session)).hasToString(session);
        assertThat(sent("headers", "curl/8", REST).header("x-claude-code-session-id"))
                .isEqualTo(session);
        assertThat(first.text()).isEqualTo("{\"model\":\"claude-sonnet-4-5\"" + REST + TIER + "}");
    }

    /** Row 192; what a caller of the kit is told is for {@code PresetHeadersTest}. */
    @Test
    void headers_ofTheDevelopmentKit_areSentAsTheyAre() {
        Received received = sent("sdk", "curl/8", REST);
        assertThat(received.header("user-agent")).isEqualTo("claude-cli/2.1.72 (external, sdk-cli)");
        assertThat(received.header("anthropic-beta"))
                .isEqualTo("claude-code-20250219,oauth-2025-04-20,interleaved-thinking-2025-05-14,"
                        + "fine-grained-tool-streaming-2025-05-14,prompt-caching-2024-07-31");
        assertThat(received.header("x-stainless-lang")).isEqualTo("go");
        assertThat(received.header("x-stainless-package-version")).isEqualTo("2.1.44");
        assertThat(received.header("x-stainless-arch")).isNotEmpty();
        assertThat(received.header("x-stainless-os")).isNotEmpty();
        assertThat(received.header("x-stainless-timeout")).isEqualTo("600");
    }

    /** Row 193. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "claude-cli/2.1.3 (external, cli) | claude-cli/2.1.3 (external, cli)",
                "claude-cli/2.1.3 (external, other) | claude-cli/2.1.72 (external, sdk-cli)",
                "curl/8 | claude-cli/2.1.72 (external, sdk-cli)"
            })
    void userAgent_ofTheProgramItself_isKept(String own, String received) {
        assertThat(sent("sdk", own, REST).header("user-agent")).isEqualTo(received);
    }

    /** Rows 194 and 199. */
    @ParameterizedTest
    @CsvSource({
        "auto,curl/8,true",
        "auto,claude-cli/1,false",
        "always,curl/8,true",
        "always,claude-cli/1,true",
        "never,curl/8,false"
    })
    void mode_decidesForWhichClients(String model, String userAgent, boolean cloaked) {
        Received received = sent(model, userAgent, REST);
        if (cloaked) {
            assertThat(body(received).path("system").asText()).isEqualTo(PROMPT);
            assertThat(body(received).path("metadata").path("user_id").asText()).matches(USER);
            assertThat(received.header("x-app")).isEqualTo("cli");
        } else {
            assertThat(received.text()).isEqualTo("{\"model\":\"claude-sonnet-4-5\"" + REST + TIER + "}");
            assertThat(received.headers().names()).doesNotContain("x-app", "x-team", "X-App", "X-Team");
        }
        assertThat("search".equals(received.header("x-team"))).isEqualTo(cloaked && model.equals("auto"));
    }

    /** Rows 195 and R-18. */
    @Test
    void prompt_standsBeforeTextAndBlocks() {
        assertThat(sent("auto", "curl/8", ",\"system\" : \"Be \\u0062rief.\"" + REST)
                        .text())
                .contains("\"system\" : \"" + PROMPT + "\\n\\nBe \\u0062rief.\"");
        String blocks =
                "{\"type\":\"text\", \"text\":\"Be brief.\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}} ]";
        assertThat(sent("auto", "curl/8", ",\"system\":[ " + blocks + REST).text())
                .contains("\"system\":[{\"type\":\"text\",\"text\":\"" + PROMPT + "\"}, " + blocks);
    }

    /** Row 196. */
    @Test
    void strict_leavesThePromptOnly() {
        assertThat(sent("always", "curl/8", ",\"system\":[{\"type\":\"text\",\"text\":\"own\"}]" + REST)
                        .text())
                .contains("\"system\":\"" + PROMPT + "\"")
                .doesNotContain("own");
    }

    /** Row 197; its form is in the test of the modes. */
    @Test
    void userId_isKeptOnlyWhenTheOperatorWants() {
        assertThat(userId("always")).isEqualTo(userId("always"));
        assertThat(userId("auto")).isNotEqualTo(userId("auto"));
    }

    /** Rows 198 and R-19. */
    @Test
    void sensitiveWords_areSplit_theLongestFirst() {
        JsonNode body = body(sent("auto", "curl/8", ",\"tools\":[{\"name\":\"proxy\"}]" + REST));
        assertThat(body.at("/messages/0/content").asText()).isEqualTo("a G\u200bateway Proxy, a P\u200bROXY");
        assertThat(body.at("/tools/0/name").asText()).isEqualTo("proxy");
    }

    /** */
    @Test
    void betas_ofTheClient_areSentBesideThoseOfTheProgram() {
        anthropic.then(Script.json(MESSAGE));
        HttpRequest request = GatewayClient.request("/v1/messages")
                .header("anthropic-beta", "own-1,context-management-2025-06-27")
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"headers\"" + REST + "}"))
                .build();
        assertThat(GatewayClient.send(request).statusCode()).isEqualTo(200);
        assertThat(anthropic.take().headers().getAll("anthropic-beta"))
                .isEqualTo(
                        List.of(
                                "interleaved-thinking-2025-05-14,prompt-caching-scope-2026-01-05,context-management-2025-06-27,own-1"));
    }

    @Test
    void clientOfAnotherDialect_isCloakedToo() {
        anthropic.then(Script.json(MESSAGE));
        HttpResponse<String> response = GatewayClient.post(
                "/v1/chat/completions",
                "{\"model\":\"auto\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"proxy\"}]}");
        assertThat(response.statusCode()).isEqualTo(200);
        Received received = anthropic.take();
        assertThat(received.header("user-agent")).isEqualTo("claude-cli/1.0.18 (pro, cli)");
        assertThat(received.text()).contains(PROMPT, "Be brief.", "p\u200broxy");
        assertThat(body(received).path("metadata").path("user_id").asText()).matches(USER);
    }

    private String userId(String model) {
        return body(sent(model, "curl/8", REST))
                .path("metadata")
                .path("user_id")
                .asText();
    }

    private Received sent(String model, String userAgent, String rest) {
        anthropic.then(Script.json(MESSAGE));
        HttpResponse<String> response = GatewayClient.send(GatewayClient.request("/v1/messages")
                .header("user-agent", userAgent)
                .POST(HttpRequest.BodyPublishers.ofString("{\"model\":\"" + model + "\"" + rest + "}"))
                .build());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return anthropic.take();
    }

    private static JsonNode body(Received received) {
        return Json.parse(received.text()).orElseThrow();
    }
}
