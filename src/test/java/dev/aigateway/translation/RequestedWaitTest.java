package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.sse.SseParser;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.gemini.GeminiDialect;
import dev.aigateway.translation.messages.MessagesDialect;
import dev.aigateway.translation.responses.ResponsesDialect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long an upstream wants to be left alone: sections 1.5 and 2.6 of the upstream reference, E15 of the translation's. */
class RequestedWaitTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00.250Z");
    private static final List<UpstreamDialect> DIALECTS =
            List.of(new ChatDialect(), new MessagesDialect(), new ResponsesDialect(), new GeminiDialect());

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Rate limit reached for gpt-4o (TPM): Limit 9, Used 9. Please try again in 7m12s. Visit x.|PT7M12S",
                "Please try again in 20s|PT20S",
                "Please try again in 350ms.|PT0.35S",
                "try again in 11.054s|PT11.054S",
                "try again in 0.1234s|PT0.124S",
                "Try again in 35 seconds|PT35S",
                "try again in 1 minute and 5 seconds|PT1M5S",
                "try again in 2 hours, 1 min|PT2H1M",
                "try again in 1h2m3s4ms|PT1H2M3.004S",
                "`You exceeded your quota.\nPlease retry in 34.074824224s.`|PT34.075S",
                "Please retry after 6 seconds.|PT6S",
                "Your quota will reset after 1h2m3s.|PT1H2M3S",
                "The limit resets in 90s|PT1M30S",
                "retry in a moment, or try again in 3s|PT3S",
                "try again in 0s|PT0S",
                "try again in 3 days 4 hours|PT24H",
                "try again in 999999999d|PT24H",
                "try again in 20|",
                "try again in 5 months|",
                "try again in -5s|",
                "try again in 9999999999s|",
                "try again later|",
                "in 20s|",
                "retrying in 20s|"
            })
    void words_tellTheWait(String message, Duration wait) {
        assertThat(RequestedWait.read(Json.object(), message, NOW)).isEqualTo(Optional.ofNullable(wait));
    }

    /** 1795255200 is ten o'clock, a quarter of a second before {@link #NOW}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'details':[{'@type':'type.googleapis.com/google.rpc.RetryInfo','retryDelay':'34.07s'}]|PT34.07S",
                "'details':[{'retryDelay':'900ms'}]|PT0.9S",
                "'details':[{'links':[]},{'retryDelay':'7s'}]|PT7S",
                "'details':[{'retryDelay':'0s'}]|PT0S",
                "'details':[{'retryDelay':'99999999s'}]|PT24H",
                "'details':[{'retryDelay':'in 7s'}]|",
                "'details':'7s'|",
                "'details':[{'metadata':{'quotaResetDelay':'1h2m3.5s'}}]|PT1H2M3.5S",
                "'details':[{'metadata':{'quotaResetDelay':'539.477544ms'}}]|PT0.54S",
                "'details':[{'metadata':{'quotaResetDelay':'1h'}},{'retryDelay':'7s'}]|PT7S",
                "'details':[{'metadata':{'quotaResetDelay':'soon'}}]|",
                "'resets_in_seconds':900|PT15M",
                "'resets_in_seconds':0.5|PT0.5S",
                "'resets_in_seconds':900,'resets_at':1795255300|PT15M",
                "'resets_in_seconds':1e300|PT24H",
                "'resets_in_seconds':0|",
                "'resets_in_seconds':-5|",
                "'resets_in_seconds':'soon'|",
                "'resets_at':1795255300|PT1M39.75S",
                "'resets_at':1e300|PT24H",
                "'resets_at':1795255200|",
                "'resets_at':null|",
                "'retry':7|"
            })
    void fields_tellTheWait(String fields, Duration wait) {
        assertThat(RequestedWait.read(RequestCase.json("{" + fields + "}"), "m", NOW))
                .isEqualTo(Optional.ofNullable(wait));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'details':[{'retryDelay':'7s'}],'resets_in_seconds':900|PT7S",
                "'resets_in_seconds':900|PT15M",
                "'resets_in_seconds':0|PT20S"
            })
    void fields_comeBeforeWords(String fields, Duration wait) {
        assertThat(RequestedWait.read(RequestCase.json("{" + fields + "}"), "try again in 20s", NOW))
                .contains(wait);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "429|{'error':{'message':'Please try again in 7m12s.','type':'tokens','code':'rate_limit_exceeded'}}|PT7M12S",
                "429|{'error':{'type':'usage_limit_reached','message':'The usage limit has been reached','resets_in_seconds':900}}|PT15M",
                "429|{'error':{'type':'usage_limit_reached','resets_in_seconds':900}}|PT15M",
                "429|[{'error':{'code':429,'message':'m','status':'RESOURCE_EXHAUSTED','details':[{'retryDelay':'39s'}]}}]|PT39S",
                "429|{'error':{'message':'{\\'error\\':{\\'message\\':\\'m\\',\\'details\\':[{\\'retryDelay\\':\\'39s\\'}]}}'}}|PT39S",
                "429|{'error':'try again in 20s'}|PT20S",
                "429|{'detail':'try again in 20s'}|PT20S",
                "429|{'type':'error','error':{'type':'rate_limit_error','message':'try again in 20s'}}|PT20S",
                "503|{'error':{'message':'try again in 20s'}}|PT20S",
                "529|{'type':'error','error':{'type':'overloaded_error','message':'try again in 20s'}}|PT20S",
                "429|{'error':{'message':'slow down'}}|",
                "429|try again in 20s|",
                "429|{'error':{'message':'try again in 20s','code':'insufficient_quota'}}|",
                "400|{'error':{'message':'try again in 20s','type':'rate_limit_error'}}|",
                "401|{'error':{'message':'try again in 20s','resets_in_seconds':900}}|",
                "500|{'error':{'message':'try again in 20s','details':[{'metadata':{'quotaResetDelay':'39s'}}]}}|"
            })
    void readError_limitOrOverload_tellsTheWait_inEveryDialect(int status, String body, Duration wait) {
        for (UpstreamDialect dialect : DIALECTS) {
            assertThat(dialect.readError(status, bytes(body)).retryAfter())
                    .as(dialect.dialect().label())
                    .isEqualTo(Optional.ofNullable(wait));
        }
    }

    /** Google means its delay, whatever the error; elsewhere it is heeded where it can be expected. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"500|PT39S|", "429|PT39S|PT39S"})
    void readError_retryInfoOfGoogle_isReadFromAnyErrorOfItsOwn(int status, Duration google, Duration others) {
        byte[] body = bytes("{'error':{'message':'m','details':[{'retryDelay':'39s'}]}}");
        for (UpstreamDialect dialect : DIALECTS) {
            Duration wait = dialect.dialect() == Dialect.GEMINI ? google : others;
            assertThat(dialect.readError(status, body).retryAfter())
                    .as(dialect.dialect().label())
                    .isEqualTo(Optional.ofNullable(wait));
        }
    }

    /** Under status 200, whether the stream is forwarded or translated. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CHAT|{'error':{'message':'try again in 7m12s','code':'rate_limit_exceeded'}}|PT7M12S",
                "CHAT|{'error':{'code':429,'message':'m','status':'RESOURCE_EXHAUSTED','details':[{'retryDelay':'39s'}]}}|PT39S",
                "CHAT|{'error':{'message':'try again in 7m12s','code':'server_error'}}|",
                "MESSAGES|{'type':'error','error':{'type':'overloaded_error','message':'try again in 20s'}}|PT20S",
                "MESSAGES|{'type':'error','error':{'type':'api_error','message':'try again in 20s'}}|",
                "RESPONSES|{'type':'error','code':'rate_limit_exceeded','message':'Please try again in 350ms.'}|PT0.35S",
                "RESPONSES|{'type':'error','error':{'type':'usage_limit_reached','message':'m','resets_in_seconds':900}}|PT15M",
                "RESPONSES|{'type':'response.failed','response':{'error':{'code':'rate_limit_exceeded','message':'try again in 11s'}}}|PT11S",
                "RESPONSES|{'type':'response.failed','response':{'error':{'code':'invalid_prompt','message':'try again in 11s'}}}|",
                "GEMINI|{'error':{'code':429,'message':'Please retry in 1.5s.'}}|PT1.5S",
                "GEMINI|{'error':{'code':400,'message':'Please retry in 1.5s.'}}|"
            })
    void errorInAStream_tellsTheWait(Dialect dialect, String data, Duration wait) {
        List<GatewayError> errors = new ArrayList<>();
        StreamWatch watch = upstream(dialect).newWatch();
        events(data, watch::watch);
        watch.failure().ifPresent(errors::add);
        EventDecoder decoder = upstream(dialect).newDecoder(Target.of(dialect, "m"));
        events(data, event -> decoder.decode(event, told -> failure(told).forEach(errors::add)));
        assertThat(errors)
                .extracting(GatewayError::retryAfter)
                .containsExactly(Optional.ofNullable(wait), Optional.ofNullable(wait));
    }

    private static UpstreamDialect upstream(Dialect dialect) {
        return DIALECTS.stream()
                .filter(known -> known.dialect() == dialect)
                .findFirst()
                .orElseThrow();
    }

    private static Stream<GatewayError> failure(AnswerEvent event) {
        return event instanceof AnswerEvent.Failed(var error) ? Stream.of(error) : Stream.empty();
    }

    private static void events(String data, Consumer<SseEvent> sink) {
        boolean named = data.startsWith("{'type':");
        String name = named ? "event: " + RequestCase.json(data).path("type").textValue() + "\n" : "";
        new SseParser(10_000).feed(bytes(name + "data: " + data + "\n\n"), sink::accept);
    }

    private static byte[] bytes(String text) {
        return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
