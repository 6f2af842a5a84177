package dev.aigateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayError.Kind;
import dev.aigateway.dispatch.UpstreamFailure.Verdict;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a failure means for the next step and for the client: behaviour reference, section 8. */
class UpstreamFailureTest {
    @ParameterizedTest
    @EnumSource(Kind.class)
    void kind_hasItsVerdict(Kind kind) {
        Verdict expected = switch (kind) {
            case AUTHENTICATION, BILLING, PERMISSION, NOT_FOUND, MODEL_NOT_FOUND -> Verdict.NEXT_CANDIDATE;
            case RATE_LIMIT -> Verdict.RETRY;
            case METHOD_NOT_ALLOWED, CLIENT_CLOSED -> Verdict.GIVE_UP;
            default -> kind.status() >= 500 ? Verdict.RETRY : Verdict.GIVE_UP;
        };
        assertThat(new UpstreamFailure(GatewayError.of(kind, "m")).verdict()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_REQUEST, REFUSED",
        "NOT_FOUND, REFUSED",
        "RATE_LIMIT, FAILED",
        "BAD_GATEWAY, FAILED",
        "CLIENT_CLOSED, CANCELLED"
    })
    void outcome_isTheClientsFaultOrNot(Kind kind, Outcome outcome) {
        assertThat(Outcome.of(GatewayError.of(kind, "m"))).isEqualTo(outcome);
        assertThat(outcome.label()).isEqualTo(outcome.name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"AUTHENTICATION", "PERMISSION"})
    void ourCredential_doesNotLookLikeTheClients(Kind kind) {
        GatewayError told = Disguise.forClient(GatewayError.of(kind, "key sk-1 is bad"));
        assertThat(told.status()).isEqualTo(502);
        assertThat(told.code()).contains("upstream_auth");
        assertThat(told.message()).doesNotContain("sk-1");
    }
}
