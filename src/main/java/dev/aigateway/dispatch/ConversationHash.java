package dev.aigateway.dispatch;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.splice.JsonScanner;
import dev.aigateway.translation.splice.Splice;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A number that the requests of one conversation share, so that they can go where its prompt is cached: from the client's
 * own cache key if it sends one, else from the instructions and everything up to the first words of the user, which later
 * turns repeat. Only what is said counts: clients move their marks for caching from turn to turn, and with them write the
 * same text now as a string, now as a list of blocks. Found by scanning the body; no tree is built.
 *
 * <p>Used once, by one thread.
 */
final class ConversationHash {
    private final CRC32C hash = new CRC32C();
    private boolean begun;

    private ConversationHash() {}

    static long of(ClientRequest request) {
        return new ConversationHash().read(request);
    }

    private long read(ClientRequest request) {
        add(request.owner());
        add(request.model());
        ByteSlice body = ByteSlice.of(request.envelope().body());
        Optional<ByteSlice> key = cacheKey(request.dialect(), body);
        if (key.isPresent()) {
            add(key.get());
        } else {
            find(body, instructions(request.dialect())).ifPresent(this::addSaid);
            find(body, turns(request.dialect())).ifPresent(this::addBeginning);
        }
        return hash.getValue();
    }

    private static Optional<ByteSlice> cacheKey(Dialect dialect, ByteSlice body) {
        return switch (dialect) {
            case CHAT, COMPLETIONS -> find(body, "prompt_cache_key");
            case RESPONSES -> find(body, "prompt_cache_key").or(() -> find(body, "conversation"));
            case MESSAGES -> Splice.find(body, "metadata", "user_id").filter(Splice::says);
            case GEMINI -> find(body, "cachedContent");
        };
    }

    private static String instructions(Dialect dialect) {
        return switch (dialect) {
            case RESPONSES -> "instructions";
            case GEMINI -> "systemInstruction";
            // The others of OpenAI have theirs among the turns.
            case MESSAGES, CHAT, COMPLETIONS -> "system";
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
    private void addBeginning(ByteSlice turns) {
        if (isList(turns)) {
            JsonScanner.scanArray(turns, this::addTurn);
        } else {
            addSaid(turns);
        }
    }

    private void addTurn(ByteSlice turn) {
        if (!begun) {
            addSaid(turn);
            begun = isOfUser(turn);
        }
    }

    private static boolean isOfUser(ByteSlice turn) {
        return Splice.find(turn, "role").filter(role -> !role.is("\"user\"")).isEmpty();
    }

    /** A text, or whatever holds one: a turn its content, a list its blocks, a block its text. */
    private void addSaid(ByteSlice value) {
        switch (value.array()[value.offset()]) {
            case '[' -> JsonScanner.scanArray(value, this::addSaid);
            case '{' -> {
                Optional<ByteSlice> inner =
                        find(value, "content").or(() -> find(value, "parts")).or(() -> find(value, "text"));
                inner.ifPresentOrElse(this::addSaid, () -> addMembers(value));
            }
            default -> add(value);
        }
    }

    private void addMembers(ByteSlice object) {
        JsonScanner.scanObject(object, (name, value) -> {
            if (!name.is("cache_control")) {
                add(value);
            }
        });
    }

    private static boolean isList(ByteSlice value) {
        return value.array()[value.offset()] == '[';
    }

    private void add(ByteSlice bytes) {
        hash.update(bytes.array(), bytes.offset(), bytes.length());
    }

    private void add(String text) {
        hash.update(text.getBytes(StandardCharsets.UTF_8));
        hash.update(0);
    }
}
