package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A provider that serves a request only to say that it blocked the content: what {@code fallbacks} are for, too, and an
 * answer like any other where there are none (translation reference, sections 12 and 14; case E16).
 */
@QuarkusTest
@QuarkusTestResource(value = FleetGateway.class, restrictToAnnotatedClass = true)
class BlockedContentTest {
    private static final String STAND_IN = "the stand-in answers";

    Fleet fleet;

    /** How a client asks, and how its dialect names the error. */
    enum Client {
        CHAT("/v1/chat/completions", "/v1/chat/completions", "content_filter"),
        COMPLETIONS("/v1/completions", "/v1/completions", "content_filter"),
        MESSAGES("/v1/messages", "/v1/messages", "invalid_request_error"),
        RESPONSES("/v1/responses", "/v1/responses", "content_filter"),
        GEMINI(
                "/v1beta/models/big:generateContent",
                "/v1beta/models/big:streamGenerateContent?alt=sse",
                "INVALID_ARGUMENT");

        private final String whole;
        private final String streamed;
        private final String error;

        Client(String whole, String streamed, String error) {
            this.whole = whole;
            this.streamed = streamed;
            this.error = error;
        }

        HttpResponse<String> ask(boolean stream) {
            String wish = stream ? "\"stream\":true," : "";
            String body = switch (this) {
                case CHAT, MESSAGES ->
                    "{\"model\":\"big\"," + wish
                            + "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
                case COMPLETIONS -> "{\"model\":\"big\"," + wish + "\"prompt\":\"hi\"}";
                case RESPONSES -> "{\"model\":\"big\"," + wish + "\"input\":\"hi\"}";
                case GEMINI -> "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"hi\"}]}]}";
            };
            return GatewayClient.post(stream ? streamed : whole, body);
        }
    }

    /** How a provider says that it blocked the content; with {@code said} it had begun to answer. */
    enum Upstream {
        OPENAI("openai") {
            @Override
            Script whole(String said) {
                return Script.json(
                        "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":"
                                + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + orNull(said)
                                + "},\"finish_reason\":\"content_filter\"}]}");
            }

            @Override
            Script stream(String said) {
                return events(
                        chunk("\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null"),
                        chunk("\"delta\":{\"content\":\"" + said + "\"},\"finish_reason\":null"),
                        chunk("\"delta\":{},\"finish_reason\":\"content_filter\""),
                        "[DONE]");
            }

            private String chunk(String choice) {
                return "{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":"
                        + "[{\"index\":0," + choice + "}]}";
            }
        },
        ANTHROPIC("anthropic") {
            @Override
            Script whole(String said) {
                String content = said.isEmpty() ? "" : "{\"type\":\"text\",\"text\":\"" + said + "\"}";
                return Script.json(
                        "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":["
                                + content + "],\"stop_reason\":\"refusal\",\"stop_sequence\":null,"
                                + "\"usage\":{\"input_tokens\":1,\"output_tokens\":0}}");
            }

            @Override
            Script stream(String said) {
                String delta = said.isEmpty()
                        ? ""
                        : "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,"
                                + "\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
                                + "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,"
                                + "\"delta\":{\"type\":\"text_delta\",\"text\":\"" + said + "\"}}\n\n"
                                + "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n";
                return Script.stream(
                        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":"
                                + "\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"stop_reason\":null,"
                                + "\"usage\":{\"input_tokens\":1,\"output_tokens\":0}}}\n\n" + delta
                                + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
                                + "\"refusal\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":0}}\n\n"
                                + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");
            }
        },
        RESPONSES("responses") {
            @Override
            Script whole(String said) {
                return Script.json(response(said));
            }

            @Override
            Script stream(String said) {
                String text = "{\"type\":\"response.output_text.delta\",\"item_id\":\"msg_1\",\"output_index\":0,"
                        + "\"content_index\":0,\"delta\":\"" + said + "\"}";
                return events(
                        "{\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"model\":\"m\",\"output\":[]}}",
                        said.isEmpty() ? "" : text,
                        "{\"type\":\"response.incomplete\",\"response\":" + response(said) + "}");
            }

            private String response(String said) {
                String item = said.isEmpty()
                        ? ""
                        : "{\"type\":\"message\",\"id\":\"msg_1\",\"role\":\"assistant\",\"content\":"
                                + "[{\"type\":\"output_text\",\"text\":\"" + said + "\",\"annotations\":[]}]}";
                return "{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1,\"model\":\"m\",\"status\":\"incomplete\","
                        + "\"incomplete_details\":{\"reason\":\"content_filter\"},\"output\":[" + item + "]}";
            }
        },
        GEMINI_PROMPT("gemini") {
            @Override
            Script whole(String said) {
                return Script.json(blocked());
            }

            @Override
            Script stream(String said) {
                return events(blocked());
            }

            private String blocked() {
                return "{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"},"
                        + "\"usageMetadata\":{\"promptTokenCount\":4,\"totalTokenCount\":4},\"modelVersion\":\"m\"}";
            }
        },
        GEMINI_ANSWER("gemini") {
            @Override
            Script whole(String said) {
                return Script.json(candidate(said, ",\"finishReason\":\"SAFETY\""));
            }

            @Override
            Script stream(String said) {
                return events(said.isEmpty() ? "" : candidate(said, ""), candidate("", ",\"finishReason\":\"SAFETY\""));
            }

            private String candidate(String said, String finish) {
                String content = said.isEmpty()
                        ? ""
                        : "\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"" + said + "\"}]},";
                return "{\"candidates\":[{" + content + "\"index\":0" + finish + "}],\"modelVersion\":\"m\"}";
            }
        };

        private final String type;

        Upstream(String type) {
            this.type = type;
        }

        abstract Script whole(String said);

        abstract Script stream(String said);

        private static String orNull(String said) {
            return said.isEmpty() ? "null" : "\"" + said + "\"";
        }

        private static Script events(String... data) {
            StringBuilder events = new StringBuilder();
            Stream.of(data).filter(one -> !one.isEmpty()).forEach(one -> events.append("data: " + one + "\n\n"));
            return Script.stream(events.toString());
        }
    }

    @BeforeEach
    void reset() {
        fleet.reset();
        fleet.b.otherwise(Fleet.answer(STAND_IN));
    }

    static Stream<Arguments> everyPair() {
        return Arrays.stream(Client.values())
                .flatMap(client -> Arrays.stream(Upstream.values()).map(upstream -> Arguments.of(client, upstream)));
    }

    /** It costs the one who blocked nothing. */
    @ParameterizedTest
    @MethodSource("everyPair")
    void block_goesOnWithTheStandIn(Client client, Upstream upstream) {
        configure("fallbacks: { big: [ small ] }", upstream);
        fleet.a.then(upstream.whole(""));
        assertServed(client.ask(false), STAND_IN);
        fleet.a.then(upstream.stream(""));
        assertServed(client.ask(true), STAND_IN);
        fleet.a.then(upstream.whole(""));
        assertServed(client.ask(true), STAND_IN);
        fleet.a.then(upstream.stream(""));
        assertServed(client.ask(false), STAND_IN);
        assertThat(fleet.a.untaken()).isEqualTo(4);
        assertThat(fleet.b.untaken()).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void block_isTheAnswer_whereNobodyStandsIn(Client client, Upstream upstream) {
        configure("", upstream);
        for (boolean stream : new boolean[] {false, true}) {
            fleet.a.then(stream ? upstream.stream("") : upstream.whole(""));
            HttpResponse<String> response = client.ask(stream);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(response.body()).containsAnyOf("content_filter", "refusal", "SAFETY", "PROHIBITED_CONTENT");
        }
        assertThat(fleet.b.untaken()).isZero();
    }

    /** What the client has seen of an answer cannot be taken back. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GEMINI_PROMPT")
    void block_inTheMiddleOfAnAnswer_isItsEnd(Upstream upstream) {
        configure("fallbacks: { big: [ small ] }", upstream);
        for (Client client : Client.values()) {
            fleet.a.then(upstream.whole("half a tho"));
            assertServed(client.ask(false), "half a tho");
            fleet.a.then(upstream.stream("half a tho"));
            assertServed(client.ask(true), "half a tho");
        }
        assertThat(fleet.b.untaken()).isZero();
    }

    @Test
    void block_isTold_whenTheStandInFailsToo() {
        configure(
                "retry: { max-retries: 0 }\ncooldown: { server-error: 0 }\nbreaker: { failures: 0 }\nfallbacks: { big: [ small ] }",
                Upstream.OPENAI);
        fleet.b.otherwise(Fleet.error(500));
        for (Client client : Client.values()) {
            fleet.a.then(Upstream.OPENAI.stream(""));
            HttpResponse<String> response = client.ask(true);
            assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
            assertThat(response.body()).contains(client.error);
        }
    }

    /** The last of several models has nobody behind it. */
    @Test
    void block_byTheLastStandIn_isTheAnswer() {
        configure("fallbacks: { big: [ small ] }", Upstream.OPENAI);
        fleet.a.then(Upstream.OPENAI.whole(""));
        fleet.b.then(Upstream.OPENAI.whole(""));
        assertServed(Client.CHAT.ask(false), "content_filter");
    }

    private void configure(String settings, Upstream upstream) {
        fleet.configure(
                settings,
                fleet.provider("a", "type: " + upstream.type + ", models: [ big ]"),
                fleet.provider("b", "models: [ small ]"));
    }

    private static void assertServed(HttpResponse<String> response, String text) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains(text);
    }
}
