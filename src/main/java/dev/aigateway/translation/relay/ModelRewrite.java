package dev.aigateway.translation.relay;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.splice.Splice;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Gives forwarded answers the model name that the client asked for, by offset. Immutable. */
public final class ModelRewrite {
    private final String[] eventPath;
    private final String[] bodyPath;
    private final byte[] quoted;

    /** @param model the client's name of the model */
    public ModelRewrite(Dialect dialect, String model) {
        eventPath = switch (dialect) {
            case CHAT, COMPLETIONS -> new String[] {"model"};
            case MESSAGES -> new String[] {"message", "model"};
            case RESPONSES -> new String[] {"response", "model"};
            case GEMINI -> new String[] {"modelVersion"};
        };
        bodyPath = dialect == Dialect.GEMINI ? eventPath : new String[] {"model"};
        quoted = Json.text(Json.object().textNode(model)).getBytes(StandardCharsets.UTF_8);
    }

    /** A whole answer with the model replaced; the same array when it names none. */
    public byte[] body(byte[] answer) {
        return Splice.find(ByteSlice.of(answer), bodyPath)
                .map(value -> Splice.replace(answer, value.offset(), value.length(), quoted))
                .orElse(answer);
    }

    /** Writes the event with the model replaced; false, and nothing written, when it names none. */
    boolean write(SseEvent event, SseWriter out) {
        ByteSlice raw = event.raw();
        Optional<ByteSlice> value = Splice.find(event.data(), eventPath);
        if (value.isEmpty() || value.get().array() != raw.array()) {
            return false;
        }
        int from = value.get().offset();
        int to = from + value.get().length();
        out.raw(raw.array(), raw.offset(), from - raw.offset());
        out.raw(quoted, 0, quoted.length);
        out.raw(raw.array(), to, raw.offset() + raw.length() - to);
        return true;
    }
}
