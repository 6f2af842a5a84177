package dev.aigateway.dispatch.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Vendor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How much and for how long signatures are remembered, and for whom. */
class SignatureCacheTest {
    private final AtomicLong clock = new AtomicLong(5);
    private final SignatureCache cache = new SignatureCache(clock::get);

    @Test
    void call_isFoundInItsConversation_elseByItsIdAlone() {
        cache.put("me", "one", "call_1", call("f", 10));
        cache.put("me", "two", "call_1", call("f", 20));
        assertThat(cache.find("me", "one", "call_1", "f")).contains(call("f", 10));
        assertThat(cache.find("me", "two", "call_1", "f")).contains(call("f", 20));
        assertThat(cache.find("me", "changed", "call_1", "f")).contains(call("f", 20));
        assertThat(cache.find("me", "one", "call_2", "f")).isEmpty();
    }

    @Test
    void call_isItsOwnersOnly_andOfItsTool() {
        cache.put("me", "one", "call_1", call("f", 10));
        assertThat(cache.find("other", "one", "call_1", "f")).isEmpty();
        assertThat(cache.find("me", "one", "call_1", "g")).isEmpty();
    }

    @Test
    void oldCall_isForgotten_andItsMemoryFree() {
        cache.put("me", "one", "call_1", call("f", 10));
        clock.addAndGet(SignatureCache.TTL.toNanos() - 1);
        assertThat(cache.find("me", "one", "call_1", "f")).isPresent();
        clock.addAndGet(1);
        assertThat(cache.find("me", "one", "call_1", "f")).isEmpty();
        clock.addAndGet(SignatureCache.TTL.toNanos());
        assertThat(cache.find("me", "one", "call_1", "f")).isEmpty();
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void manyCalls_takeNoMoreThanTheLimit_andTheLastIsKnown() {
        int size = (int) (SignatureCache.MAX_ENTRY_BYTES / 2);
        for (int i = 0; i < 100; i++) {
            cache.put("me", "one", "call_" + i, call("f", size));
        }
        assertThat(cache.bytes()).isBetween(SignatureCache.MAX_BYTES / 2, SignatureCache.MAX_BYTES);
        assertThat(cache.find("me", "one", "call_0", "f")).isEmpty();
        assertThat(cache.find("me", "one", "call_99", "f")).isPresent();
    }

    @Test
    void hugeCall_isNotKept_andDisplacesNothing() {
        cache.put("me", "one", "call_1", call("f", 10));
        cache.put("me", "one", "call_2", call("f", (int) SignatureCache.MAX_ENTRY_BYTES));
        assertThat(cache.find("me", "one", "call_2", "f")).isEmpty();
        assertThat(cache.find("me", "one", "call_1", "f")).isPresent();
    }

    private static SignedCall call(String tool, int size) {
        Block redacted = new Block.RedactedThinking(Vendor.ANTHROPIC, "x".repeat(size));
        return new SignedCall(
                tool, List.of(redacted), List.of(), Optional.of(new Signature(Vendor.GOOGLE, "s", Optional.of("i"))));
    }
}
