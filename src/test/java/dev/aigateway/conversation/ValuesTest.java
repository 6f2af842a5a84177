package dev.aigateway.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.GatewayError.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of the hub's small values. */
class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "0,MINIMAL",
        "512,MINIMAL",
        "513,LOW",
        "1024,LOW",
        "1025,MEDIUM",
        "8192,MEDIUM",
        "8193,HIGH",
        "24576,HIGH",
        "24577,XHIGH"
    })
    void effort_ofABudget_isTheNearest(int tokens, Effort effort) {
        assertThat(Effort.forBudget(tokens)).isEqualTo(effort);
    }

    @ParameterizedTest
    @EnumSource(Effort.class)
    void effort_isReadByItsWireName(Effort effort) {
        assertThat(Effort.of(effort.wireName())).contains(effort);
        assertThat(Effort.of(effort.name())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400,BAD_REQUEST",
        "401,AUTHENTICATION",
        "402,BILLING",
        "403,PERMISSION",
        "404,NOT_FOUND",
        "405,METHOD_NOT_ALLOWED",
        "408,TIMEOUT",
        "409,CONFLICT",
        "413,TOO_LARGE",
        "418,BAD_REQUEST",
        "422,UNPROCESSABLE",
        "425,OVERLOADED",
        "429,RATE_LIMIT",
        "499,CLIENT_CLOSED",
        "500,INTERNAL",
        "502,BAD_GATEWAY",
        "503,OVERLOADED",
        "504,TIMEOUT",
        "520,INTERNAL",
        "529,OVERLOADED"
    })
    void kind_ofAStatus(int status, Kind kind) {
        assertThat(Kind.ofStatus(status)).isEqualTo(kind);
    }

    @Test
    void error_keepsItsWords() {
        GatewayError error =
                GatewayError.badField("messages[0].role", "is unknown").withRetryAfter(Duration.ofSeconds(3));
        assertThat(error.status()).isEqualTo(400);
        assertThat(error.param()).contains("messages[0].role");
        assertThat(error.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(error.toException()).hasMessage("messages[0].role: is unknown");
        assertThat(error.toException().error()).isEqualTo(error);
    }

    @Test
    void citation_movesWithItsText_whereItHasAPlace() {
        Citation placed = new Citation("u", Optional.empty(), 2, 5, Optional.empty());
        assertThat(placed.shifted(10)).isEqualTo(new Citation("u", Optional.empty(), 12, 15, Optional.empty()));
        Citation placeless = new Citation("u", Optional.empty(), -1, -1, Optional.empty());
        assertThat(placeless.shifted(10)).isEqualTo(placeless);
    }

    @Test
    void usage_countsWhatTheCacheDidNot() {
        Usage usage = new Usage(
                OptionalLong.of(10), OptionalLong.of(4), OptionalLong.of(1), OptionalLong.of(7), OptionalLong.of(2));
        assertThat(usage.uncachedInput()).isEqualTo(5);
        assertThat(usage.total()).isEqualTo(17);
        assertThat(usage.merge(Usage.UNKNOWN)).isEqualTo(usage);
        assertThat(Usage.UNKNOWN.merge(usage)).isEqualTo(usage);
        assertThat(Usage.UNKNOWN.total()).isZero();
    }

    @Test
    void conversation_forAnotherModelOrForm_isElseTheSame() {
        Conversation conversation = Conversation.builder(Dialect.CHAT, "m").stream(true)
                .system(List.of(new Block.Text("Be brief")))
                .turn(new Turn(Turn.Role.USER, List.of(new Block.Text("hi"))))
                .verbosity(Optional.of("low"))
                .includeUsage(true)
                .extension("x", new RawJson("1"))
                .build();
        assertThat(conversation.withModel("n").model()).isEqualTo("n");
        assertThat(conversation.withModel("n").withModel("m")).isEqualTo(conversation);
        assertThat(conversation.withStream(false).stream()).isFalse();
        assertThat(conversation.withStream(false).withStream(true)).isEqualTo(conversation);
    }
}
