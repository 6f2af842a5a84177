package dev.aigateway.dispatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.ResponsesStoreConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AffinitiesTest {
    private static final String CREATED =
            "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"id\":\"r1\"}}\n\n";

    private long now;
    private final Affinities affinities =
            new Affinities(() -> new ResponsesStoreConfig(true, 16 * 1000, Duration.ofMinutes(1)), () -> now);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"r1\",\"object\":\"response\",\"output\":[{\"id\":\"x\"}]}",
                CREATED,
                ": hello\n\n" + CREATED,
                CREATED + "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"r2\"}}\n\n"
            })
    void responseIsContinued_whatWasPutIsFound(String answer) {
        affinities.put("alice", bytes(answer), 7);
        assertThat(affinities.find("alice", bytes("{\"previous_response_id\":\"r1\",\"input\":\"go on\"}")))
                .contains(7L);
        assertThat(affinities.find("bob", continuing("r1"))).isEmpty();
        assertThat(affinities.find("alice", continuing("r2"))).isEmpty();
        assertThat(affinities.find("alice", bytes("{\"previous_response_id\":null}")))
                .isEmpty();
        assertThat(affinities.find("alice", bytes("{}"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "{\"id\":7}", "data: x\n\n", "data: {\"response\":{}}\n\n"})
    void answerWithoutId_isNotKept(String answer) {
        affinities.put("alice", bytes(answer), 7);
        assertThat(affinities.find("alice", continuing("7"))).isEmpty();
    }

    @Test
    void memoryIsBounded_byAgeAndBySize() {
        affinities.put("alice", bytes("{\"id\":\"r1\"}"), 1);
        now = Duration.ofMinutes(1).toNanos();
        assertThat(affinities.find("alice", continuing("r1"))).isEmpty();
        for (int i = 2; i < 10; i++) {
            affinities.put("alice", bytes("{\"id\":\"r" + i + "\"}"), i);
        }
        assertThat(affinities.find("alice", continuing("r2"))).isEmpty();
        assertThat(affinities.find("alice", continuing("r9"))).contains(9L);
    }

    /** A body, which may be long, is looked through before the lock is taken. */
    @Test
    void requestThatContinuesNothing_waitsForNobody() throws Exception {
        CompletableFuture<Optional<Long>> found;
        synchronized (affinities) {
            found = CompletableFuture.supplyAsync(() -> affinities.find("alice", bytes("{\"input\":\"hi\"}")));
            assertThat(found.get(20, TimeUnit.SECONDS)).isEmpty();
        }
    }

    private static byte[] continuing(String id) {
        return bytes("{\"previous_response_id\":\"" + id + "\"}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
