package dev.aigateway.wire;

import static dev.aigateway.wire.Fleet.answer;
import static dev.aigateway.wire.Fleet.ask;
import static dev.aigateway.wire.Fleet.error;
import static dev.aigateway.wire.Fleet.model;
import static dev.aigateway.wire.Fleet.request;
import static dev.aigateway.wire.Fleet.servedBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.RoutingStrategy;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets a request, by name and by strategy (behaviour reference, rows 97 to 123). */
@QuarkusTest
@QuarkusTestResource(value = FleetGateway.class, restrictToAnnotatedClass = true)
class RoutingTest {
    Fleet fleet;

    @BeforeEach
    void reset() {
        fleet.reset();
    }

    /** Row 97. */
    @Test
    void failover_goesByPriority_andBackAfterTheCooldown() {
        fleet.configure(
                "cooldown: { server-error: 500ms }",
                fleet.provider("a", "priority: 2"),
                fleet.provider("b", "priority: 1"));
        assertThat(servedBy("m", 5)).isEqualTo("bbbbb");
        fleet.b.then(error(500));
        assertThat(servedBy("m")).isEqualTo("a");
        Fleet.await(() -> servedBy("m").equals("b"), "back to the first");
    }

    /** Row 98; one without a priority comes last. */
    @Test
    void failover_equalPriorities_goByTheFile() {
        fleet.configure(
                "", fleet.provider("c", ""), fleet.provider("b", "priority: 1"), fleet.provider("a", "priority: 1"));
        assertThat(servedBy("m", 4)).isEqualTo("bbbb");
    }

    /** Row 99. */
    @Test
    void roundRobin_takesEachInTurn() {
        threeBy("round-robin", "");
        assertThat(servedBy("m", 9)).isEqualTo("abcabcabc");
    }

    /** Row 100. */
    @Test
    void roundRobin_eachModelHasItsOwnTurns() {
        threeBy("round-robin", "models: [ x, y ]");
        StringBuilder x = new StringBuilder();
        StringBuilder y = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            x.append(servedBy("x"));
            y.append(servedBy("y"));
        }
        assertThat(x.toString()).isEqualTo("abcabc");
        assertThat(y.toString()).isEqualTo("abcabc");
    }

    /** Row 101: its bounds are five standard deviations away. */
    @Test
    void random_isEven() {
        threeBy("random", "");
        String names = servedBy("m", 300);
        for (char name : "abc".toCharArray()) {
            assertThat(names.chars().filter(served -> served == name).count()).isBetween(60L, 140L);
        }
    }

    /** Row 102: what is called weighted there is random here, since weighted leaves nothing to chance (docs/differences.md). */
    @Test
    void random_heedsWeights() {
        fleet.configure(
                "routing: { strategy: random }", fleet.provider("a", "weight: 3"), fleet.provider("b", "weight: 1"));
        assertThat(servedBy("m", 400).chars().filter(served -> served == 'a').count())
                .isBetween(260L, 340L);
    }

    /**
     * Row 103 has the sequences of another gateway, which come in bursts (aaab, aaaaabc, aaababc). The shares are the same
     * here, but smooth, as section 15.6 has them: no upstream gets its whole share at once (docs/differences.md).
     */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, abcabc",
        "2, 1, 0, abaaba",
        "3, 1, 0, aabaaaba",
        "5, 1, 1, aabacaaaabacaa",
        "4, 2, 1, abacabaabacaba",
        "10, 5, 0, abaaba"
    })
    void weighted_isExactAndSmooth(int a, int b, int c, String served) {
        fleet.configure(
                "routing: { strategy: weighted }",
                fleet.provider("a", "weight: " + a),
                fleet.provider("b", "weight: " + b),
                c == 0 ? "" : fleet.provider("c", "weight: " + c));
        assertThat(servedBy("m", served.length())).isEqualTo(served);
    }

    /** Row 105. Each request is another conversation, so that by {@code session} too everybody would get some of them. */
    @ParameterizedTest
    @EnumSource
    void strategy_passesOverWhoeverIsSpared(RoutingStrategy strategy) {
        threeBy(strategy.label(), "");
        for (String name : new String[] {"a", "b"}) {
            fleet.upstream(name).otherwise(error(429));
        }
        AtomicInteger conversations = new AtomicInteger();
        Fleet.await(
                () -> {
                    assertThat(sessionServedBy("conversation " + conversations.incrementAndGet()))
                            .isEqualTo("c");
                    return fleet.a.untaken() > 0 && fleet.b.untaken() > 0;
                },
                "both have failed once");
        fleet.a.takeAll();
        fleet.b.takeAll();
        for (int i = 0; i < 30; i++) {
            assertThat(sessionServedBy("conversation " + conversations.incrementAndGet()))
                    .isEqualTo("c");
        }
        assertThat(fleet.a.untaken() + fleet.b.untaken()).isZero();
    }

    /** Row 106. */
    @Test
    void roundRobin_goesOnFairly_whenOneIsRemoved() {
        threeBy("round-robin", "");
        assertThat(servedBy("m", 4)).isEqualTo("abca");
        fleet.configure("routing: { strategy: round-robin }", fleet.provider("a", ""), fleet.provider("c", ""));
        String names = servedBy("m", 10);
        assertThat(names.chars().filter(served -> served == 'a').count()).isBetween(4L, 6L);
        assertThat(names).matches("[ac]{10}");
    }

    /** Rows 107 and X-04: the choice is stripped, and no mapping makes another one of it. */
    @ParameterizedTest
    @ValueSource(strings = {"", "model-mapping: { m: x, '*': x }"})
    void providerAndModel_reachesThatProvider_withThatModel(String mapping) {
        fleet.configure(mapping, fleet.provider("a", "models: [ m, x ]"), fleet.provider("b", "models: [ m, x ]"));
        assertThat(servedBy(fleet.name("b") + ",m")).isEqualTo("b");
        assertThat(model(fleet.b.take())).isEqualTo("m");
        assertThat(fleet.a.untaken()).isZero();
    }

    /** Row 108. */
    @Test
    void unknownProviderInTheCommaForm_is404_unlessAModelIsCalledSo() {
        fleet.configure("default-model: m", fleet.provider("a", "models: [ m, 'strange,name' ]"));
        assertThat(ask("nobody,m").statusCode()).isEqualTo(404);
        assertThat(servedBy("strange,name")).isEqualTo("a");
        assertThat(model(fleet.a.take())).isEqualTo("strange,name");
    }

    /** Rows 109 and: another one's prefix is no way in, and the provider never sees it. */
    @Test
    void prefix_reachesItsOwner_whoSeesTheModelOnly() {
        fleet.configure(
                "",
                fleet.provider("a", "prefix: teamA, models: [ m, only-a ]"),
                fleet.provider("b", "prefix: teamB/, models: [ m, only-b ]"));
        assertThat(servedBy("teamB/m")).isEqualTo("b");
        assertThat(model(fleet.b.take())).isEqualTo("m");
        assertThat(servedBy("teamA/m")).isEqualTo("a");
        assertThat(ask("teamA/only-b").statusCode()).isEqualTo(404);
    }

    /** Row 110. */
    @Test
    void prefix_ofADeepSeek_isStrippedForChatClients() {
        fleet.configure("", fleet.provider("a", "prefix: deepseek, models: [ deepseek-chat ]"));
        assertThat(servedBy("deepseek/deepseek-chat")).isEqualTo("a");
        assertThat(model(fleet.a.take())).isEqualTo("deepseek-chat");
    }

    /** Rows 111 and R-09. */
    @Test
    void forcedPrefix_isNeeded() {
        fleet.configure(
                "routing: { force-model-prefix: true }",
                fleet.provider("a", "prefix: teamA, models: [ m ]"),
                fleet.provider("b", "models: [ other ]"));
        assertThat(ask("m").statusCode()).isEqualTo(404);
        assertThat(servedBy("teamA/m")).isEqualTo("a");
        assertThat(servedBy("other")).isEqualTo("b");
    }

    /** Row 112. */
    @ParameterizedTest
    @ValueSource(strings = {Fleet.CHAT, Fleet.MESSAGES})
    void alias_isTheModelForTheClient_andTheIdForTheProvider(String path) {
        fleet.configure("", fleet.provider("a", "models: [ { id: real-id, alias: nice } ]"));
        HttpResponse<String> response = GatewayClient.post(path, request("nice"));
        assertThat(Fleet.json(response).path("model").asText()).isEqualTo("nice");
        assertThat(model(fleet.a.take())).isEqualTo("real-id");
    }

    /** Row 113. */
    @ParameterizedTest
    @CsvSource({"gpt-exact, one", "gpt-4-anything, two", "gpt-5, two", "whatever, three", "one, one"})
    void mapping_exactBeforePatternBeforeStar(String asked, String meant) {
        fleet.configure(
                "model-mapping: { '*': three, 'gpt-*': two, gpt-exact: one }",
                fleet.provider("a", "models: [ one, two, three ]"));
        assertThat(servedBy(asked)).isEqualTo("a");
        assertThat(model(fleet.a.take())).isEqualTo(meant);
    }

    /** Row 114. */
    @Test
    void defaultModel_standsInForNoneAndForAnUnknownOne() {
        fleet.configure("default-model: m", fleet.provider("a", ""));
        assertThat(servedBy("unheard-of")).isEqualTo("a");
        assertThat(model(fleet.a.take())).isEqualTo("m");
        assertThat(GatewayClient.post(Fleet.CHAT, request("m").replace("\"model\":\"m\",", ""))
                        .statusCode())
                .isEqualTo(200);
        assertThat(model(fleet.a.take())).isEqualTo("m");
    }

    /** Row 115. */
    @Test
    void mappingOfAProvider_isItsOwn() {
        fleet.configure(
                "routing: { strategy: round-robin }",
                fleet.provider("a", "model-mapping: { m: a-m }"),
                fleet.provider("b", "model-mapping: { m: b-m }"));
        assertThat(servedBy("m", 2)).isEqualTo("ab");
        assertThat(model(fleet.a.take())).isEqualTo("a-m");
        assertThat(model(fleet.b.take())).isEqualTo("b-m");
    }

    /** Rows 116 and X-13: a name that begins alike is another name. */
    @Test
    void model_reachesOnlyWhoListsIt() {
        fleet.configure(
                "routing: { strategy: round-robin }",
                fleet.provider("a", "models: [ gpt-4 ]"),
                fleet.provider("b", "models: [ gpt-4, gpt-4o ]"));
        assertThat(servedBy("gpt-4o", 4)).isEqualTo("bbbb");
        assertThat(ask("gpt-4o-mini").statusCode()).isEqualTo(404);
        assertThat(ask("gpt").statusCode()).isEqualTo(404);
    }

    /** Rows 117 and R-10. */
    @Test
    void providerWithoutModels_takesAnyName_afterTheOwners() {
        fleet.configure(
                "cooldown: { server-error: 0 }",
                fleet.provider("a", "models: [ ]"),
                fleet.provider("b", "models: [ m ]"));
        assertThat(servedBy("m", 3)).isEqualTo("bbb");
        assertThat(servedBy("made-up")).isEqualTo("a");
        assertThat(model(fleet.a.take())).isEqualTo("made-up");
    }

    /** of those who take any name, the ones of the model's own family come first. */
    @Test
    void providersWithoutModels_ofTheFamilyComeFirst() {
        fleet.configure("", fleet.provider("a", "type: anthropic, models: [ ]"), fleet.provider("b", "models: [ ]"));
        assertThat(servedBy("gpt-next", 3)).isEqualTo("bbb");
        assertThat(fleet.a.untaken()).isZero();
    }

    /** Row 118. */
    @Test
    void pattern_takesWhatFits() {
        fleet.configure("", fleet.provider("a", "models: [ 'gpt-4*' ]"));
        assertThat(servedBy("gpt-4o")).isEqualTo("a");
        assertThat(model(fleet.a.take())).isEqualTo("gpt-4o");
        assertThat(ask("gpt-5").statusCode()).isEqualTo(404);
    }

    /** Rows 119 and G-14. */
    @Test
    void excludedModel_isNotServed_norListed() {
        fleet.configure("", fleet.provider("a", "models: [ m, m-preview, 'x*' ], excluded-models: [ '*-preview' ]"));
        assertThat(ask("m-preview").statusCode()).isEqualTo(404);
        assertThat(ask("x-preview").statusCode()).isEqualTo(404);
        assertThat(servedBy("x-final")).isEqualTo("a");
        HttpResponse<String> models =
                GatewayClient.send(GatewayClient.request("/v1/models").GET().build());
        assertThat(StreamSupport.stream(Fleet.json(models).path("data").spliterator(), false)
                        .map(model -> model.path("id").asText()))
                .containsExactly("m");
    }

    /** Rows 48 and R-29: what a client can really ask for, in the order of the file, the same each time. */
    @Test
    void models_areListedByTheNamesThatClientsUse() {
        fleet.configure(
                "routing: { list-provider-models: true }\nmodel-mapping: { short: m, 'x-*': m }",
                fleet.provider("b", "models: [ m, { id: full-id, alias: nick }, 'gpt-*' ]"),
                fleet.provider("a", "prefix: team, models: [ m, own ]"));
        HttpResponse<String> models =
                GatewayClient.send(GatewayClient.request("/v1/models").GET().build());
        assertThat(Fleet.json(models).path("object").asText()).isEqualTo("list");
        List<String> names = StreamSupport.stream(
                        Fleet.json(models).path("data").spliterator(), false)
                .map(model -> model.path("id").asText())
                .toList();
        String b = fleet.name("b") + ",";
        String a = fleet.name("a") + ",";
        assertThat(names)
                .containsExactly(
                        "m",
                        "nick",
                        "team/m",
                        "team/own",
                        "own",
                        "short",
                        b + "m",
                        b + "nick",
                        a + "team/m",
                        a + "m",
                        a + "team/own",
                        a + "own");
        assertThat(names).allMatch(name -> ask(name).statusCode() == 200);
        assertThat(GatewayClient.send(GatewayClient.request("/v1/models").GET().build())
                        .body())
                .isEqualTo(models.body());
    }

    /** Rows 120 and X-24. */
    @Test
    void disabled_isNeverAsked() {
        fleet.configure(
                "routing: { strategy: round-robin }",
                fleet.provider("a", "disabled: true"),
                fleet.provider("b", "api-keys: [ { key: off, disabled: true }, on ]"));
        assertThat(servedBy("m", 4)).isEqualTo("bbbb");
        assertThat(fleet.a.untaken()).isZero();
        assertThat(fleet.b.takeAll()).extracting(Fleet::key).containsOnly("on");
        assertThat(ask(fleet.name("a") + ",m").statusCode()).isEqualTo(404);
    }

    /** Row 121. */
    @Test
    void messagesClients_areServedByWhoeverListsTheModel() {
        fleet.configure(
                "",
                fleet.provider("a", "models: [ m ]"),
                fleet.provider("b", "type: anthropic, models: [ claude-only ]"));
        assertThat(GatewayClient.post(Fleet.MESSAGES, request("m")).body()).contains("\"text\":\"a\"");
        fleet.b.then(Script.json(
                "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-only\",\"content\":"
                        + "[{\"type\":\"text\",\"text\":\"b\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,"
                        + "\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"));
        assertThat(GatewayClient.post(Fleet.MESSAGES, request("claude-only")).body())
                .contains("\"text\":\"b\"");
        assertThat(fleet.b.take().uri()).isEqualTo("/v1/messages");
    }

    /** Row 122. */
    @Test
    void fallback_isTriedOnce_whenEverybodyOfTheModelHasFailed() {
        fleet.configure(
                "retry: { max-retries: 0 }\nfallbacks: { big: [ small ] }",
                fleet.provider("a", "models: [ big ]"),
                fleet.provider("b", "models: [ big ]"),
                fleet.provider("c", "models: [ small ]"));
        fleet.a.otherwise(error(500));
        fleet.b.otherwise(error(500));
        HttpResponse<String> response = ask("big");
        assertThat(Fleet.text(response)).isEqualTo("c");
        assertThat(Fleet.json(response).path("model").asText()).isEqualTo("big");
        assertThat(model(fleet.c.take())).isEqualTo("small");
        assertThat(fleet.a.untaken()).isEqualTo(1);
        assertThat(fleet.b.untaken()).isEqualTo(1);
    }

    @Test
    void fallback_thatFailsToo_isTheEnd() {
        fleet.configure(
                "retry: { max-retries: 0 }\nfallbacks: { big: [ small ] }",
                fleet.provider("a", "models: [ big ]"),
                fleet.provider("c", "models: [ small ]"));
        fleet.a.otherwise(error(500));
        fleet.c.otherwise(error(500));
        assertThat(ask("big").statusCode()).isEqualTo(500);
        assertThat(fleet.c.untaken()).isEqualTo(1);
    }

    /** What one model refuses, another one may take; it costs the first one nothing. */
    @ParameterizedTest
    @CsvSource({
        "400, context_length_exceeded, This model's maximum context length is 10 tokens",
        "400, content_filter, The response was filtered"
    })
    void fallback_isForTooMuchContextAndForRefusedContent(int status, String code, String message) {
        fleet.configure(
                "fallbacks: { big: [ small ] }",
                fleet.provider("a", "models: [ big ]"),
                fleet.provider("b", "models: [ small ]"));
        for (int i = 0; i < 5; i++) {
            fleet.a.then(Script.status(status)
                    .body("{\"error\":{\"message\":\"" + message + "\",\"type\":\"invalid_request_error\",\"code\":\""
                            + code + "\"}}"));
        }
        assertThat(servedBy("big", 5)).isEqualTo("bbbbb");
        assertThat(servedBy("big")).isEqualTo("a");
    }

    @Test
    void fallback_isNotForAWrongRequest() {
        fleet.configure(
                "fallbacks: { big: [ small ] }",
                fleet.provider("a", "models: [ big ]"),
                fleet.provider("b", "models: [ small ]"));
        fleet.a.then(error(400));
        assertThat(ask("big").statusCode()).isEqualTo(400);
        assertThat(fleet.b.untaken()).isZero();
    }

    /** Row 122: a circle in the file is refused, and what was there goes on. */
    @Test
    void circleOfFallbacks_isRefused() {
        fleet.configure("", fleet.provider("a", ""));
        fleet.spoil("fallbacks: { x: [ y ], y: [ z ], z: [ x ] }", fleet.provider("b", ""));
        assertThat(servedBy("m")).isEqualTo("a");
    }

    /** Rows 23 and G-21: two of one name would share what is remembered of them. */
    @Test
    void twoProvidersOfOneName_areRefused() {
        fleet.configure("", fleet.provider("a", ""));
        fleet.spoil("", fleet.provider("b", ""), fleet.provider("b", ""));
        assertThat(servedBy("m")).isEqualTo("a");
    }

    /** Row 123: nothing but the file decides; each round has names that were never seen before. */
    @Test
    void order_isThatOfTheFile_everyTime() {
        for (int i = 0; i < 10; i++) {
            fleet.reset();
            fleet.configure("", fleet.provider("c", ""), fleet.provider("a", ""), fleet.provider("b", ""));
            assertThat(servedBy("m", 2)).isEqualTo("cc");
        }
    }

    /** Row 39, as far as it concerns who is chosen. */
    @Test
    void strategyAndMapping_areLive() {
        fleet.configure("", fleet.provider("a", "models: [ m, x ]"), fleet.provider("b", "models: [ m, x ]"));
        assertThat(servedBy("m", 3)).isEqualTo("aaa");
        fleet.configure(
                "routing: { strategy: round-robin }",
                fleet.provider("a", "models: [ m, x ]"),
                fleet.provider("b", "models: [ m, x ]"));
        assertThat(servedBy("m", 4)).isIn("abab", "baba");
        fleet.configure(
                "model-mapping: { other: x }",
                fleet.provider("a", "models: [ m, x ]"),
                fleet.provider("b", "models: [ m, x ]"));
        fleet.a.takeAll();
        assertThat(servedBy("other")).isEqualTo("a");
        assertThat(model(fleet.a.take())).isEqualTo("x");
    }

    /** A strategy for single models, by pattern; the others keep the general one. */
    @Test
    void strategyOfAModel_isBeforeTheGeneralOne() {
        fleet.configure(
                "routing: { strategy: failover, models: { 'x*': round-robin } }",
                fleet.provider("a", "models: [ m, x1 ]"),
                fleet.provider("b", "models: [ m, x1 ]"));
        assertThat(servedBy("m", 4)).isEqualTo("aaaa");
        assertThat(servedBy("x1", 4)).isEqualTo("abab");
    }

    /** The same conversation stays; of many conversations each gets some. */
    @Test
    void session_keepsAConversationWhereItIs() {
        threeBy("session", "");
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            String first = sessionServedBy("conversation " + i);
            assertThat(sessionServedBy("conversation " + i)).isEqualTo(first);
            all.append(first);
        }
        assertThat(all.toString()).contains("a", "b", "c");
    }

    /** A follow-up that sends only what is new has nothing of the beginning by which its conversation could be known. */
    @ParameterizedTest
    @CsvSource({"responses, false", "responses, true", "openai, false", "openai, true"})
    void session_keepsAConversation_whoseHistoryIsLeftToTheServer(String type, boolean stream) {
        threeBy("session", "type: " + type);
        for (int i = 0; i < 12; i++) {
            for (String name : List.of("a", "b", "c")) {
                fleet.upstream(name).otherwise(continuable(type, stream, name + i));
            }
            String previous = responseId(GatewayClient.post(
                    "/v1/responses", responsesRequest(stream, "\"input\":\"conversation " + i + "\"")));
            String served = whoServed();
            for (String words : List.of("go on", "and on")) {
                HttpResponse<String> next = GatewayClient.post(
                        "/v1/responses",
                        responsesRequest(
                                stream, "\"previous_response_id\":\"" + previous + "\",\"input\":\"" + words + "\""));
                previous = responseId(next);
                assertThat(whoServed()).as("conversation " + i + ", " + words).isEqualTo(served);
            }
        }
    }

    private String whoServed() {
        return List.of("a", "b", "c").stream()
                .filter(name -> !fleet.upstream(name).takeAll().isEmpty())
                .collect(Collectors.joining());
    }

    private static String responsesRequest(boolean stream, String members) {
        return "{\"model\":\"m\",\"stream\":" + stream + "," + members + "}";
    }

    private static String responseId(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        Matcher id = Pattern.compile("\"id\":\"(resp_[^\"]*)\"").matcher(response.body());
        assertThat(id.find()).as(response.body()).isTrue();
        return id.group(1);
    }

    private static Script continuable(String type, boolean stream, String id) {
        if (type.equals("openai")) {
            return stream
                    ? Script.stream("data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"fine\"},"
                            + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
                    : answer("fine");
        }
        String response = "{\"id\":\"resp_" + id + "\",\"object\":\"response\",\"status\":\"completed\",\"output\":[]}";
        return stream
                ? Script.stream("data: {\"type\":\"response.created\",\"response\":" + response + "}\n\n"
                        + "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"fine\"}\n\n"
                        + "data: {\"type\":\"response.completed\",\"response\":" + response + "}\n\n")
                : Script.json(response);
    }

    /** Which of them is kept then is a matter of time, so SelectionTest shows that in virtual time. */
    @Test
    void leastLatency_triesEach() {
        fleet.configure("routing: { strategy: least-latency }", fleet.provider("a", ""), fleet.provider("b", ""));
        assertThat(servedBy("m", 1)).isEqualTo("a");
        Fleet.await(() -> servedBy("m").equals("b"), "the other one is tried");
    }

    private static String sessionServedBy(String words) {
        HttpResponse<String> response =
                GatewayClient.post(Fleet.CHAT, request("m").replace("ping", words));
        return Fleet.text(response);
    }

    private void threeBy(String strategy, String settings) {
        fleet.configure(
                "routing: { strategy: " + strategy + " }\nretry: { budget: 1000 }",
                fleet.provider("a", settings),
                fleet.provider("b", settings),
                fleet.provider("c", settings));
    }
}
