package dev.aigateway.dispatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.ResponsesStoreConfig;
import dev.aigateway.routing.state.KeyId;
import dev.aigateway.routing.state.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AffinitiesTest {
    private static final String CREATED =
            "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"id\":\"r1\"}}\n\n";

    private static final Origin KEPT = new Origin(Optional.of(7L), Optional.of(Subject.key(new KeyId("p", "f"), "m")));

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
        affinities.put("alice", bytes(answer), KEPT);
        assertThat(affinities.find("alice", "r1")).contains(KEPT);
        assertThat(affinities.find("bob", "r1")).isEmpty();
        assertThat(affinities.find("alice", "r2")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "{\"id\":7}", "data: x\n\n", "data: {\"response\":{}}\n\n"})
    void answerWithoutId_isNotKept(String answer) {
        affinities.put("alice", bytes(answer), KEPT);
        assertThat(affinities.find("alice", "7")).isEmpty();
    }

    @Test
    void originThatSaysNothing_isNotKept() {
        affinities.put("alice", bytes("{\"id\":\"r1\"}"), new Origin(Optional.empty(), Optional.empty()));
        assertThat(affinities.find("alice", "r1")).isEmpty();
    }

    @Test
    void memoryIsBounded_byAgeAndBySize() {
        affinities.put("alice", bytes("{\"id\":\"r1\"}"), KEPT);
        now = Duration.ofMinutes(1).toNanos();
        assertThat(affinities.find("alice", "r1")).isEmpty();
        for (int i = 2; i < 10; i++) {
            affinities.put("alice", bytes("{\"id\":\"r" + i + "\"}"), KEPT);
        }
        assertThat(affinities.find("alice", "r2")).isEmpty();
        assertThat(affinities.find("alice", "r9")).contains(KEPT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
