package dev.aigateway.dispatch;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.splice.JsonScanner;
import dev.aigateway.translation.splice.Splice;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;

/**
 * A number that the requests of one conversation share, so that they can go where its prompt is cached: from the client's
 * own cache key if it sends one, else from the instructions and everything up to the first words of the user, which later
 * turns repeat. Found by scanning the body; no tree is built.
 */
final class ConversationHash {
    private ConversationHash() {}

    static long of(ClientRequest request) {
        CRC32C hash = new CRC32C();
        hash.update(request.owner().getBytes(StandardCharsets.UTF_8));
        hash.update(request.model().getBytes(StandardCharsets.UTF_8));
        ByteSlice body = ByteSlice.of(request.envelope().body());
        Optional<ByteSlice> key = cacheKey(request.dialect(), body);
        if (key.isPresent()) {
            add(key.get(), hash);
        } else {
            find(body, instructions(request.dialect())).ifPresent(said -> add(said, hash));
            find(body, turns(request.dialect())).ifPresent(said -> addBeginning(said, hash));
        }
        return hash.getValue();
    }

    private static Optional<ByteSlice> cacheKey(Dialect dialect, ByteSlice body) {
        return switch (dialect) {
            case CHAT, COMPLETIONS, RESPONSES -> find(body, "prompt_cache_key");
            case MESSAGES -> Splice.find(body, "metadata", "user_id").filter(Splice::says);
            case GEMINI -> find(body, "cachedContent");
        };
    }

    private static String instructions(Dialect dialect) {
        return switch (dialect) {
            case MESSAGES -> "system";
            case RESPONSES -> "instructions";
            case GEMINI -> "systemInstruction";
            // These have theirs among the turns.
            case CHAT, COMPLETIONS -> "system";
        };
    }

    private static String turns(Dialect dialect) {
        return switch (dialect) {
            case CHAT, MESSAGES -> "messages";
            case RESPONSES -> "input";
            case GEMINI -> "contents";
            case COMPLETIONS -> "prompt";
        };
    }

    private static Optional<ByteSlice> find(ByteSlice body, String name) {
        return Splice.find(body, name).filter(Splice::says);
    }

    /** Up to the first turn of the user; a text is all of it. */
    private static void addBeginning(ByteSlice turns, CRC32C hash) {
        boolean list = turns.array()[turns.offset()] == '[';
        if (!list) {
            add(turns, hash);
            return;
        }
        AtomicBoolean begun = new AtomicBoolean();
        JsonScanner.scanArray(turns, turn -> {
            if (!begun.get()) {
                add(turn, hash);
                begun.set(isOfUser(turn));
            }
        });
    }

    private static boolean isOfUser(ByteSlice turn) {
        return Splice.find(turn, "role").filter(role -> !role.is("\"user\"")).isEmpty();
    }

    private static void add(ByteSlice bytes, CRC32C hash) {
        hash.update(bytes.array(), bytes.offset(), bytes.length());
    }
}
