package dev.aigateway.wire;

import static dev.aigateway.wire.Fleet.ask;
import static dev.aigateway.wire.Fleet.key;
import static dev.aigateway.wire.Fleet.logTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that stand in files, while these change (behaviour reference, row 150). */
@QuarkusTest
@QuarkusTestResource(value = FleetGateway.class, restrictToAnnotatedClass = true)
class KeyFileRoutingTest {
    private static final String ONE = "{\"access_token\":\"canary-one\",\"expired\":\"2999-01-01T00:00:00Z\"}";
    private static final String TWO = "{\"tokens\":{\"access_token\":\"canary-two\"},\"OPENAI_API_KEY\":null}";

    Fleet fleet;

    @TempDir
    Path folder;

    @BeforeEach
    void reset() {
        fleet.reset();
    }

    /** Row 150. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"access_token\":\"canary-bad\",\"expired\":\"2020-01-01T00:00:00Z\"}",
                "{\"access_token\":\"canary-bad\",\"disabled\":true}",
                "{\"access_token\":\"canary-bad\"",
                "canary-bad canary-bad",
                ""
            })
    void tokensOfTwoFiles_alternate_andAThirdFileIsSkipped(String third) {
        put("one", ONE);
        put("two", TWO);
        put("three", third);
        fleet.configure("", provider("one", "three", "two"));
        assertThat(keysOf(6))
                .containsExactly("canary-one", "canary-two", "canary-one", "canary-two", "canary-one", "canary-two");
    }

    @Test
    void token_thatIsReplaced_isInTheNextRequest_andTheLogNamesItsKey() {
        LogLines log = fleet.log();
        put("one", ONE);
        fleet.configure(logTo(log), provider("one"));
        assertThat(keysOf(1)).containsExactly("canary-one");
        replace("one", ONE.replace("canary-one", "canary-new"));
        log.await("Configuration reloaded: providers." + fleet.name("a") + ".api-keys[0].key changed");
        assertThat(keysOf(3)).containsOnly("canary-new");
        assertThat(log.about("canary")).isEmpty();
    }

    @Test
    void token_thatIsReplaced_owesNothingToTheOldOne() {
        put("one", ONE);
        fleet.configure("cooldown: { refused: 1h }\nretry: { max-retries: 0 }", provider("one"));
        fleet.a.then(Fleet.error(401));
        assertThat(ask("m").statusCode()).isEqualTo(502);
        int before = fleet.a.takeAll().size();
        assertThat(ask("m").statusCode()).isNotEqualTo(200);
        assertThat(fleet.a.untaken()).as("the key is left alone").isZero();
        replace("one", ONE.replace("canary-one", "canary-new"));
        Fleet.await(() -> ask("m").statusCode() == 200, "the new token serves");
        assertThat(before).isEqualTo(1);
        assertThat(fleet.a.takeAll()).extracting(Fleet::key).containsOnly("canary-new");
    }

    @Test
    void file_thatGoesForGood_takesItsKeyWithIt_andTheOtherGoesOn() throws IOException {
        put("one", ONE);
        put("two", TWO);
        fleet.configure("", provider("one", "two"));
        assertThat(Set.copyOf(keysOf(4))).hasSize(2);
        Files.delete(folder.resolve("one"));
        Fleet.await(() -> !keysOf(2).contains("canary-one"), "the key is dropped");
        assertThat(keysOf(4)).containsOnly("canary-two");
    }

    /** The provider's type needs a key, so that the first loading is refused. */
    @Test
    void onlyFile_thatAppearsAfterARefusedReload_isTakenUp() {
        String gemini = "  - { name: %s, type: gemini, base-url: \"http://127.0.0.1:%d\", models: [ g ], "
                + "api-keys: [ { file: \"%s\" } ] }\n";
        fleet.configure("", fleet.provider("b", ""));
        fleet.spoil(
                "", fleet.provider("b", ""), gemini.formatted(fleet.name("a"), fleet.a.port(), folder.resolve("late")));
        assertThat(ask("g").statusCode()).isEqualTo(404);
        put("late", "canary-late");
        fleet.a.otherwise(
                Script.json(
                        "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"x\"}]},\"finishReason\":\"STOP\"}]}"));
        Fleet.await(() -> ask("g").statusCode() == 200, "the key is there");
        assertThat(fleet.a.takeAll())
                .extracting(received -> received.header("x-goog-api-key"))
                .containsOnly("canary-late");
    }

    /** The client's own credentials go nowhere; what it asks of the protocol does. */
    @Test
    void accessTokenOfAnthropic_isSentAsABearer_onEveryWay() {
        put("one", "{\"claudeAiOauth\":{\"accessToken\":\"sk-ant-oat01-canary\",\"expiresAt\":32503680000000}}");
        fleet.configure(
                "passthrough-provider: " + fleet.name("a"), fleet.provider("a", "type: anthropic, " + keys("one")));
        fleet.a.otherwise(Script.json(
                "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],"
                        + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}"));
        String body = Fleet.request("m");
        for (String path : List.of("/v1/messages", "/v1/messages/count_tokens", "/v1/messages/batches", Fleet.CHAT)) {
            GatewayClient.send(GatewayClient.request(path)
                    .setHeader("authorization", "Bearer client-1")
                    .setHeader("x-api-key", "client-2")
                    .setHeader("anthropic-beta", "b-2,a-1")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build());
            Received received = fleet.a.take();
            assertThat(received.headers().getAll("authorization"))
                    .as(path)
                    .containsExactly("Bearer sk-ant-oat01-canary");
            assertThat(received.headers().contains("x-api-key")).as(path).isFalse();
            assertThat(received.headers().getAll("anthropic-beta"))
                    .as(path)
                    .containsExactly(path.equals(Fleet.CHAT) ? "oauth-2025-04-20" : "b-2,a-1,oauth-2025-04-20");
        }
    }

    private String provider(String... files) {
        return fleet.provider("a", keys(files));
    }

    private String keys(String... files) {
        return List.of(files).stream()
                .map(file -> "{ file: \"" + folder.resolve(file) + "\" }")
                .collect(Collectors.joining(", ", "api-keys: [ ", " ]"));
    }

    private List<String> keysOf(int requests) {
        fleet.a.takeAll();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            assertThat(ask("m").statusCode()).isEqualTo(200);
            keys.add(key(fleet.a.take()));
        }
        return keys;
    }

    private void put(String name, String content) {
        try {
            Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void replace(String name, String content) {
        put("next", content);
        try {
            Files.move(folder.resolve("next"), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
