package dev.aigateway.dispatch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.routing.Candidate;
import dev.aigateway.routing.Candidates;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestRulesTest {
    private static final String BODY = "{\"x\": 1.0}";
    private static final String GENUINE = "claude-cli/2.1.3 (external, cli)";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // what a rule is for, dialect of the body, whether it is applied to mini, which is gpt-4.1-mini
                // upstream
                "gpt-4.1-mini | CHAT | true",
                "mini | CHAT | true",
                "'gpt-*' | CHAT | true",
                "\"*\" | GEMINI | true",
                "'claude-*' | CHAT | false",
                "'GPT-*' | CHAT | false",
                "{ name: '*', protocol: openai } | CHAT | true",
                "{ name: '*', protocol: openai-compat } | CHAT | true",
                "{ name: '*', protocol: OpenAI } | CHAT | true",
                "{ name: '*', protocol: openai } | RESPONSES | false",
                "{ name: '*', protocol: responses } | RESPONSES | true",
                "{ name: '*', protocol: claude } | MESSAGES | true",
                "{ name: '*', protocol: claude } | CHAT | false",
                "{ name: '*', protocol: gemini } | GEMINI | true",
                "{ name: 'claude-*', protocol: openai } | CHAT | false",
                "{ name: 'claude-*', protocol: claude }, mini | CHAT | true"
            })
    void payloadRule_isForModelsByNameAndProtocol(String models, Dialect dialect, boolean applied) {
        GatewayConfig config = config("payload: { override: [ { models: [ " + models + " ], params: { y: 2 } } ] }");
        assertThat(changed(config, "mini", "gpt-4.1-mini", dialect)).isEqualTo(applied ? "{\"x\": 1.0,\"y\":2}" : BODY);
    }

    /** Row 202. */
    @Test
    void payloadRules_areAppliedByKindThenByPlace() {
        GatewayConfig config = config("""
                payload:
                  filter:
                    - { models: [ "*" ], params: [ gone.inner ] }
                  override:
                    - { models: [ "*" ], params: { both: override, gone.inner: 1, last: 1 } }
                    - { models: [ "*" ], params: { last: 2 } }
                  default:
                    - { models: [ "*" ], params: { both: default, first: 1, gone.other: 1 } }
                    - { models: [ "*" ], params: { first: 2 } }
                """);
        assertThat(changed(config, "m", "m", Dialect.CHAT))
                .isEqualTo("{\"x\": 1.0,\"both\":\"override\",\"first\":1,\"gone\":{\"other\":1},\"last\":2}");
    }

    @Test
    void requestThatNothingConcerns_keepsItsArrayAndIsNoWork() {
        GatewayConfig config = config("payload: { override: [ { models: [ other ], params: { y: 2 } } ] }");
        RequestRules rules = rules(config, Optional.of("curl/8"));
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of("anthropic-beta", "one");
        assertThat(rules.body(candidate(config, "m"), Dialect.CHAT, body)).isSameAs(body);
        assertThat(rules.work(candidate(config, "m"), Dialect.CHAT, body)).isZero();
        assertThat(rules.work(candidate(config, "other"), Dialect.CHAT, body)).isEqualTo(body.length);
        assertThat(rules.headers(candidate(config, "m"), headers)).isEmpty();
    }

    @Test
    void payloadRule_hasTheLastWordOnATemperature() {
        GatewayConfig config = Configurations.of("""
                payload: { override: [ { models: [ hot ], params: { temperature: 1.9 } } ] }
                providers: [ { type: openai, api-keys: [ k ], temperature: 0.70 } ]
                """);
        assertThat(changed(config, "m", "m", Dialect.CHAT)).isEqualTo("{\"x\": 1.0,\"temperature\":0.70}");
        assertThat(changed(config, "hot", "m", Dialect.CHAT)).isEqualTo("{\"x\": 1.0,\"temperature\":1.9}");
    }

    @ParameterizedTest
    @CsvSource({
        "never,curl/8,false",
        "auto,curl/8,true",
        "auto,,true",
        "auto,Claude-CLI/1.0,true",
        "auto,claude-cli/1.0,false",
        "auto,claude-code/3,false",
        "always,curl/8,true",
        "always,claude-cli/1.0,true"
    })
    void cloak_isWornByMode(String mode, String userAgent, boolean worn) {
        GatewayConfig config = cloaked("preset: claude-code, mode: " + mode + ", headers: { X-Extra: \"1\" }");
        RequestRules rules = rules(config, Optional.ofNullable(userAgent));
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        Candidate candidate = candidate(config, "m");
        byte[] sent = rules.body(candidate, Dialect.MESSAGES, body);
        Map<String, String> headers = rules.headers(candidate, Map.of());
        if (worn) {
            assertThat(new String(sent, StandardCharsets.UTF_8))
                    .contains("You are Claude Code", "\"metadata\":{\"user_id\":\"user_");
            assertThat(headers).containsEntry("x-app", "cli").containsEntry("x-extra", "1");
        } else {
            assertThat(sent).isSameAs(body);
            assertThat(headers).doesNotContainKeys("x-app", "x-extra");
        }
        assertThat(rules.work(candidate, Dialect.MESSAGES, body)).isEqualTo(worn ? body.length : 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "claude-code-headers | always | curl/8 | claude-cli/1.0.18 (pro, cli)",
                "claude-code-headers | always | claude-cli/2.1.3 (external, cli) | claude-cli/2.1.3 (external, cli)",
                "claude-code-sdk | always | claude-cli/2.1.3 (external, cli) | claude-cli/2.1.3 (external, cli)",
                "claude-code-sdk | always | claude-cli/2.1.3 (external, sdk) | claude-cli/2.1.72 (external, sdk-cli)",
                "claude-code-sdk | always | claude-cli/2.1 (external, cli) | claude-cli/2.1.72 (external, sdk-cli)",
                "claude-code-sdk | auto | claude-cli/9 | claude-cli/9"
            })
    void userAgent_ofTheProgramItself_isKept(String preset, String mode, String own, String sent) {
        GatewayConfig config = cloaked("preset: " + preset + ", mode: " + mode);
        assertThat(rules(config, Optional.of(own)).headers(candidate(config, "m"), Map.of()))
                .containsEntry("user-agent", sent);
    }

    @Test
    void betas_ofPresetAndClient_areUnited() {
        GatewayConfig config = cloaked("preset: claude-code, headers: { Anthropic-Beta: \"a,b\", user-agent: mine }");
        assertThat(rules(config, Optional.empty())
                        .headers(candidate(config, "m"), Map.of("anthropic-beta", "b, c", "anthropic-version", "v")))
                .containsEntry("anthropic-beta", "a,b,c")
                .containsEntry("user-agent", "mine");
    }

    @Test
    void headerPreset_leavesTheBodyButForItsWords() {
        GatewayConfig config = cloaked("preset: claude-code-headers, sensitive-words: [ proxy ]");
        String body = "{\"messages\":[{\"content\":\"a proxy\"}]}";
        assertThat(text(rules(config, Optional.empty()), candidate(config, "m"), Dialect.MESSAGES, body))
                .isEqualTo(body.replace("proxy", "p\u200broxy"));
    }

    @Test
    void words_areNotLookedForInThePrompt() {
        GatewayConfig config = cloaked("preset: claude-code, sensitive-words: [ claude ]");
        assertThat(text(
                        rules(config, Optional.of("curl/8")),
                        candidate(config, "m"),
                        Dialect.MESSAGES,
                        "{\"system\":\"Claude\"}"))
                .startsWith("{\"system\":\"You are Claude Code, Anthropic's official CLI for Claude.")
                .contains("\\n\\nC\u200blaude\"");
    }

    @Test
    void userId_isKeptForAKeyWhenTheOperatorWants() {
        GatewayConfig kept = cloaked("preset: claude-code, cache-user-id: true");
        GatewayConfig fresh = cloaked("preset: claude-code");
        ProcessIdentity identity = new ProcessIdentity();
        RequestRules once = new RequestRules(kept, "m", Optional.of(GENUINE.replace("cli/", "x/")), identity);
        RequestRules again = new RequestRules(kept, "m", Optional.of("curl"), identity);
        RequestRules never = new RequestRules(fresh, "m", Optional.of("curl"), identity);
        assertThat(text(once, candidate(kept, "m"), Dialect.MESSAGES, BODY))
                .isEqualTo(text(again, candidate(kept, "m"), Dialect.MESSAGES, BODY));
        assertThat(text(never, candidate(fresh, "m"), Dialect.MESSAGES, BODY))
                .isNotEqualTo(text(never, candidate(fresh, "m"), Dialect.MESSAGES, BODY));
    }

    private static GatewayConfig config(String yaml) {
        return Configurations.of(yaml);
    }

    private static GatewayConfig cloaked(String cloak) {
        return Configurations.of("providers: [ { type: anthropic, api-keys: [ k ], cloak: { " + cloak + " } } ]");
    }

    private static RequestRules rules(GatewayConfig config, Optional<String> userAgent) {
        return new RequestRules(config, "m", userAgent, new ProcessIdentity());
    }

    private static Candidate candidate(GatewayConfig config, String model) {
        return Candidates.of(config.providers().getFirst(), model);
    }

    private static String changed(GatewayConfig config, String asked, String model, Dialect dialect) {
        RequestRules rules = new RequestRules(config, asked, Optional.empty(), new ProcessIdentity());
        return text(rules, candidate(config, model), dialect, BODY);
    }

    private static String text(RequestRules rules, Candidate candidate, Dialect dialect, String body) {
        return new String(
                rules.body(candidate, dialect, body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
