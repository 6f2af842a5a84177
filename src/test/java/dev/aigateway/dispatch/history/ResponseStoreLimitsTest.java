package dev.aigateway.dispatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.ResponsesStoreConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How much and for how long the store remembers, and for whom. */
class ResponseStoreLimitsTest {
    private static final int SIZE = 10_000;

    private final AtomicLong clock = new AtomicLong(5);

    @Test
    void full_storeForgetsWhatWasUnusedForLongest() {
        ResponseStore store = store(true, 3 * SIZE);
        store.put("me", response("a"));
        store.put("me", response("b"));
        assertThat(store.find("me", "a")).isPresent();
        store.put("me", response("c"));
        assertThat(store.find("me", "b")).isEmpty();
        assertThat(store.find("me", "a")).isPresent();
        assertThat(store.find("me", "c")).isPresent();
        assertThat(store.bytes()).isBetween(2L * SIZE, 3L * SIZE);
    }

    @Test
    void tooLargeResponse_isNotKept_andDisplacesNothing() {
        ResponseStore store = store(true, 2 * SIZE);
        store.put("me", response("a"));
        store.put("me", new StoredResponse("large", new byte[2 * SIZE], new byte[0], new byte[0]));
        assertThat(store.find("me", "large")).isEmpty();
        assertThat(store.find("me", "a")).isPresent();
    }

    @Test
    void oldResponse_isGone_andItsMemoryFree() {
        ResponseStore store = store(true, 10 * SIZE);
        store.put("me", response("a"));
        advance(Duration.ofSeconds(40));
        store.put("me", response("b"));
        advance(Duration.ofSeconds(19));
        assertThat(store.find("me", "a")).as("use does not make it younger").isPresent();
        advance(Duration.ofSeconds(1));
        assertThat(store.find("me", "a")).isEmpty();
        assertThat(store.remove("me", "a")).isFalse();
        advance(Duration.ofSeconds(10));
        assertThat(store.find("me", "b")).isPresent();
        assertThat(store.bytes()).isBetween((long) SIZE, 2L * SIZE);
        advance(Duration.ofSeconds(60));
        assertThat(store.find("me", "none")).isEmpty();
        assertThat(store.bytes()).isZero();
    }

    @Test
    void response_isItsOwnersOnly() {
        ResponseStore store = store(true, 10 * SIZE);
        store.put("me", response("a"));
        assertThat(store.find("other", "a")).isEmpty();
        assertThat(store.remove("other", "a")).isFalse();
        assertThat(store.remove("me", "a")).isTrue();
        assertThat(store.remove("me", "a")).isFalse();
        assertThat(store.bytes()).isZero();
    }

    @Test
    void sameId_isReplaced_andCountedOnce() {
        ResponseStore store = store(true, 10 * SIZE);
        store.put("me", response("a"));
        long once = store.bytes();
        store.put("me", response("a"));
        assertThat(store.bytes()).isEqualTo(once);
    }

    @Test
    void disabledStore_keepsNothing() {
        ResponseStore store = store(false, 10 * SIZE);
        store.put("me", response("a"));
        assertThat(store.find("me", "a")).isEmpty();
        assertThat(store.isEnabled()).isFalse();
    }

    @Test
    void manyThreads_neverExceedTheLimit() {
        ResponseStore store = store(true, 5 * SIZE);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 400; i++) {
                String id = "r" + i;
                threads.execute(() -> {
                    store.put("me", response(id));
                    store.find("me", id);
                    store.remove("me", "r" + id.length());
                });
            }
        }
        assertThat(store.bytes()).isBetween((long) SIZE, 5L * SIZE);
    }

    @Test
    void items_areInputAndOutput_whicheverIsEmpty() {
        assertThat(joined("[1,2]", "[3]")).isEqualTo("[1,2,3]");
        assertThat(joined("[ ]", "[3]")).isEqualTo("[3]");
        assertThat(joined("[1]", "[\n]")).isEqualTo("[1]");
        assertThat(joined("[]", "[]")).isEqualTo("[]");
    }

    private static String joined(String input, String output) {
        StoredResponse response = new StoredResponse("r", utf8(input), utf8(output), new byte[0]);
        return new String(response.items(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static StoredResponse response(String id) {
        return new StoredResponse(id, new byte[SIZE / 2], new byte[SIZE / 4], new byte[SIZE / 4]);
    }

    private ResponseStore store(boolean enabled, long maxBytes) {
        ResponsesStoreConfig config = new ResponsesStoreConfig(enabled, maxBytes, Duration.ofMinutes(1));
        return new ResponseStore(() -> config, clock::get);
    }

    private void advance(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
