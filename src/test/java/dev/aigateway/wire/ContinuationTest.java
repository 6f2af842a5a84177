package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.translation.Json;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The next turn of a Responses client that leaves the history to the server, when several could serve it. */
@QuarkusTest
@QuarkusTestResource(value = FleetGateway.class, restrictToAnnotatedClass = true)
class ContinuationTest {
    private static final String PATH = "/v1/responses";
    private static final String NO_COOLDOWN = "\ncooldown: { server-error: 0s, rate-limit: 0s }";

    Fleet fleet;

    @TempDir
    Path folder;

    @BeforeEach
    void reset() {
        fleet.reset();
    }

    /** Of so many conversations some are at home with either, by {@code session}. */
    @ParameterizedTest
    @CsvSource({"failover, false", "failover, true", "session, false", "session, true", "round-robin, false"})
    void nextTurn_afterAFailOver_goesToWhoeverKeepsTheResponse(String strategy, boolean stream) {
        fleet.configure(
                "routing: { strategy: " + strategy + ", keys: session }" + NO_COOLDOWN,
                fleet.provider("a", "type: responses"),
                fleet.provider("b", "type: responses"));
        for (int i = 0; i < 8; i++) {
            fleet.a.otherwise(Fleet.error(500));
            fleet.b.otherwise(response("resp_b" + i, stream));
            String id = idOf(post("m", stream, "\"conversation " + i + "\"", ""));
            assertThat(id).isEqualTo("resp_b" + i);
            fleet.a.otherwise(notFound());
            for (int turn = 0; turn < 3; turn++) {
                assertThat(idOf(post("m", stream, "\"go on\"", previous(id)))).isEqualTo(id);
            }
        }
    }

    @Test
    void nextTurn_afterAnotherKeyHasServed_goesToThatKey() {
        fleet.configure(NO_COOLDOWN, fleet.provider("a", "type: responses, api-keys: [ one, two ]"));
        fleet.a.then(Fleet.error(429)).otherwise(response("resp_two", false));
        String id = idOf(post("m", false, "\"Hi\"", ""));
        assertThat(Fleet.key(fleet.a.take())).isEqualTo("one");
        assertThat(Fleet.key(fleet.a.take())).isEqualTo("two");
        for (int turn = 0; turn < 3; turn++) {
            idOf(post("m", false, "\"go on\"", previous(id)));
            assertThat(Fleet.key(fleet.a.take())).isEqualTo("two");
        }
    }

    @Test
    void nextTurn_afterTheKeysFileHasGotANewToken_goesToThatKey() throws IOException {
        Path file = Files.writeString(folder.resolve("login"), "token-1");
        fleet.configure(
                "routing: { keys: round-robin }",
                fleet.provider("a", "type: responses, api-keys: [ { file: \"" + file + "\" }, other ]"));
        fleet.a.otherwise(response("resp_login", false));
        String id = idOf(post("m", false, "\"Hi\"", ""));
        assertThat(Fleet.key(fleet.a.take())).isEqualTo("token-1");
        Path next = Files.writeString(folder.resolve("next"), "token-2");
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Fleet.await(() -> !keyOfNextTurn(id).equals("token-1"), "the new token is used");
        for (int turn = 0; turn < 4; turn++) {
            assertThat(keyOfNextTurn(id)).isEqualTo("token-2");
        }
    }

    private String keyOfNextTurn(String id) {
        idOf(post("m", false, "\"go on\"", previous(id)));
        return Fleet.key(fleet.a.take());
    }

    @Test
    void nextTurn_afterAnotherModelHasStoodIn_goesToThatModel() {
        fleet.configure(
                "fallbacks: { m: [ n ] }" + NO_COOLDOWN,
                fleet.provider("a", "type: responses"),
                fleet.provider("b", "type: responses, models: [ n ]"));
        fleet.a.then(Fleet.error(500)).otherwise(notFound());
        fleet.b.otherwise(response("resp_n", false));
        String id = idOf(post("m", false, "\"Hi\"", ""));
        assertThat(idOf(post("m", false, "\"go on\"", previous(id)))).isEqualTo("resp_n");
        fleet.b.take();
        assertThat(Fleet.model(fleet.b.take())).isEqualTo("n");
    }

    @Test
    void nextTurn_whenTheKeeperIsGone_goesToTheOthers() {
        fleet.configure("", fleet.provider("a", "type: responses"));
        fleet.a.otherwise(response("resp_gone", false));
        String id = idOf(post("m", false, "\"Hi\"", ""));
        fleet.configure("", fleet.provider("b", "type: responses"));
        fleet.b.otherwise(notFound());
        HttpResponse<String> next = post("m", false, "\"go on\"", previous(id));
        assertThat(next.statusCode()).isEqualTo(400);
        assertThat(fleet.b.take().text()).contains(previous(id));
    }

    /** What the gateway keeps, no provider knows. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void historyOfTheGateway_isSentInFull_toAProviderThatKeepsItsOwn(boolean stream) {
        fleet.configure(
                NO_COOLDOWN,
                fleet.provider("a", "type: responses, models: [ { id: real, alias: m } ]"),
                fleet.provider("b", ""));
        fleet.a.then(Fleet.error(500)).otherwise(response("resp_a", stream));
        fleet.b.otherwise(
                stream
                        ? Script.stream(
                                "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello.\"},"
                                        + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
                        : Fleet.answer("Hello."));
        String first = idOf(post("m", stream, "\"Hi\"", ""));
        fleet.a.take();

        String second = idOf(post("m", stream, "\"And you?\"", previous(first) + ",\"temperature\":0.50"));
        assertThat(second).isEqualTo("resp_a");
        Received sent = fleet.a.take();
        assertThat(sent.text()).contains("\"temperature\":0.50").doesNotContain(first);
        JsonNode request = Json.parse(sent.bytes()).orElseThrow();
        assertThat(request.path("model").asText()).isEqualTo("real");
        assertThat(request.path("previous_response_id").isNull()).isTrue();
        assertThat(request.path("input")).hasSize(3);
        assertThat(request.at("/input/0/content").asText()).isEqualTo("Hi");
        assertThat(request.at("/input/1/role").asText()).isEqualTo("assistant");
        assertThat(request.at("/input/1/content/0/text").asText()).isEqualTo("Hello.");
        assertThat(request.at("/input/2/content").asText()).isEqualTo("And you?");

        idOf(post("m", stream, "\"Fine.\"", previous(second)));
        assertThat(fleet.a.take().text()).contains(previous(second), "\"input\":\"Fine.\"");
    }

    /** The signature of another vendor's thinking is of no use to it. */
    @Test
    void historyOfTheGateway_goesWithoutSignaturesOfOthers() {
        fleet.configure(NO_COOLDOWN, fleet.provider("a", "type: responses"), fleet.provider("b", "type: anthropic"));
        fleet.a.then(Fleet.error(500)).otherwise(response("resp_a", false));
        fleet.b.otherwise(Script.json("""
                {"id":"msg_1","type":"message","role":"assistant","model":"claude","content":[
                {"type":"thinking","thinking":"Let me see.","signature":"c2ln"},{"type":"text","text":"Hello."}],
                "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":3}}"""));
        String first = idOf(post("m", false, "\"Hi\"", ",\"reasoning\":{\"effort\":\"high\"}"));
        fleet.a.take();
        idOf(post("m", false, "\"And you?\"", previous(first)));
        assertThat(fleet.a.take().text()).contains("Hello.", "And you?").doesNotContain("gw1.", "c2ln");
    }

    @Test
    void responseThatNobodyKnows_isLeftToTheProvider() {
        fleet.configure("", fleet.provider("a", "type: responses"));
        fleet.a.otherwise(response("resp_a", false));
        String body = body("m", false, "\"Hi\"", previous("resp_elsewhere"));
        assertThat(GatewayClient.post(PATH, body).statusCode()).isEqualTo(200);
        assertThat(fleet.a.take().text()).isEqualTo(body);
    }

    @Test
    void tokenCount_isThatOfWhoeverKeepsTheResponse_orOfTheHistoryOfTheGateway() {
        fleet.configure(
                "fallbacks: { m: [ n ] }" + NO_COOLDOWN,
                fleet.provider("a", "type: responses"),
                fleet.provider("b", "type: responses, models: [ n ]"),
                fleet.provider("c", "models: [ c ]"));
        fleet.a.then(Fleet.error(500)).then(Script.json("{\"input_tokens\":23}"));
        fleet.b.then(response("resp_b", false)).then(Script.json("{\"input_tokens\":17}"));
        String kept = idOf(post("m", false, "\"Hi\"", ""));
        assertThat(count("m", kept)).isEqualTo(17);
        fleet.a.take();
        String ours = idOf(post("c", false, "\"Hello\"", ""));
        assertThat(count("m", ours)).isEqualTo(23);
        assertThat(fleet.a.take().text()).contains("Hello", "go on").doesNotContain(ours);
    }

    private static long count(String model, String previous) {
        HttpResponse<String> response =
                GatewayClient.post(PATH + "/input_tokens", body(model, false, "\"go on\"", previous(previous)));
        return Fleet.json(response).path("input_tokens").asLong();
    }

    private static HttpResponse<String> post(String model, boolean stream, String input, String more) {
        return GatewayClient.post(PATH, body(model, stream, input, more));
    }

    private static String body(String model, boolean stream, String input, String more) {
        return "{\"stream\":" + stream + ",\"input\":" + input + ",\"model\":\"" + model + "\"" + more + "}";
    }

    private static String previous(String id) {
        return ",\"previous_response_id\":\"" + id + "\"";
    }

    private static String idOf(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        Matcher id = Pattern.compile("\"id\":\"(resp_[^\"]*)\"").matcher(response.body());
        assertThat(id.find()).as(response.body()).isTrue();
        return id.group(1);
    }

    private static Script notFound() {
        return Script.status(400)
                .body("{\"error\":{\"message\":\"Previous response not found.\",\"type\":\"invalid_request_error\","
                        + "\"param\":\"previous_response_id\",\"code\":\"previous_response_not_found\"}}");
    }

    private static Script response(String id, boolean stream) {
        String response = "{\"id\":\"" + id + "\",\"object\":\"response\",\"status\":\"completed\",\"output\":[]}";
        return stream
                ? Script.stream("data: {\"type\":\"response.created\",\"response\":" + response + "}\n\n"
                        + "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"fine\"}\n\n"
                        + "data: {\"type\":\"response.completed\",\"response\":" + response + "}\n\n")
                : Script.json(response);
    }
}
