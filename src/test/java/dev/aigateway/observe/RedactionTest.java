package dev.aigateway.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.GatewayError;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private final Redaction redaction = Redaction.of(Configurations.of("""
            access-keys: [ access-key-1, tiny ]
            admin: { keys: [ operators-key ] }
            proxy-url: http://user:proxy-password@127.0.0.1:1
            endpoints: { e: { target-base: "http://127.0.0.1:1", headers: { x-e: endpoint-value } } }
            providers:
              - name: p
                type: anthropic
                base-url: http://127.0.0.1:1
                api-keys: [ { key: provider-key, headers: { x-key-tenant: key-tenant-value } }, provider-key-2 ]
                headers: { x-tenant: tenant-value }
                cloak: { preset: claude-code, headers: { x-cloak: cloak-value } }
            """));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access-key-1",
                "operators-key",
                "proxy-password",
                "endpoint-value",
                "provider-key",
                "provider-key-2",
                "tenant-value",
                "key-tenant-value",
                "cloak-value"
            })
    void configuredSecret_isMaskedWhole(String secret) {
        assertThat(redaction.configured("a" + secret + "b")).isEqualTo("a***b");
    }

    /** Every failed attempt asks for it. */
    @Test
    void redaction_isMadeOncePerConfiguration() {
        GatewayConfig config = Configurations.of("access-keys: [ access-key-2 ]");
        assertThat(Redaction.of(config)).isSameAs(Redaction.of(config)).isNotSameAs(redaction);
        assertThat(Redaction.of(config).configured("access-key-1 access-key-2")).isEqualTo("access-key-1 ***");
    }

    @Test
    void configuredWord_thatIsTooShortForASecret_stays() {
        assertThat(redaction.configured("a tiny word")).isEqualTo("a tiny word");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key sk-proj-abcdefgh1234 is wrong | key *** is wrong",
                "AIzaSyA1234567890 | ***",
                "Authorization: Bearer abc.def~1 | Authorization: Bearer ***",
                "GET /v1/models?key=abc&x=1 | GET /v1/models?key=***&x=1",
                "{\"api_key\": \"abc\", \"a\":1} | {\"api_key\": \"***\", \"a\":1}",
                "a skateboard, tasks-and-more-things | a skateboard, tasks-and-more-things"
            })
    void textForTheLog_hasNothingThatLooksLikeAKey(String text, String masked) {
        assertThat(redaction.everything(text)).isEqualTo(masked);
    }

    @Test
    void error_isMaskedEverywhere_andElseTheSame() {
        Optional<String> secret = Optional.of("provider-key");
        GatewayError error = new GatewayError(
                GatewayError.Kind.RATE_LIMIT,
                429,
                "for provider-key",
                secret,
                secret,
                Optional.of(Duration.ofSeconds(1)));
        assertThat(redaction.of(error))
                .isEqualTo(new GatewayError(
                        GatewayError.Kind.RATE_LIMIT,
                        429,
                        "for ***",
                        Optional.of("***"),
                        Optional.of("***"),
                        Optional.of(Duration.ofSeconds(1))));
    }
}
