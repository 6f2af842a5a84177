package dev.aigateway.translation.chat;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.translation.StreamWatch;
import dev.aigateway.translation.UpstreamErrors;
import dev.aigateway.translation.splice.JsonScanner;
import dev.aigateway.translation.splice.Parts;
import dev.aigateway.translation.splice.Splice;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Observes a forwarded Chat stream by offsets. Confined to one stream. */
final class ChatWatch implements StreamWatch {
    /** More choices nobody can ask for. */
    private static final int MAX_CHOICES = 1024;

    private Usage usage = Usage.UNKNOWN;
    /** The choices that have begun, and those that have ended. */
    private final BitSet begun = new BitSet();

    private final BitSet finished = new BitSet();
    private boolean contentSeen;
    private boolean filtered;
    private @Nullable GatewayError failure;

    @Override
    public Meaning watch(SseEvent event) {
        ByteSlice data = event.data();
        if (event.isComment()) {
            return Meaning.PREAMBLE;
        }
        if (data.is("[DONE]")) {
            return Meaning.END;
        }
        Chunk chunk = new Chunk();
        try {
            JsonScanner.scanObject(data, chunk);
            return meaning(data, chunk);
        } catch (JsonScanner.JsonSyntaxException e) {
            failure = GatewayError.of(
                    GatewayError.Kind.BAD_GATEWAY, "The provider sent a chunk that is not a JSON object.");
            return Meaning.FAILURE;
        }
    }

    private Meaning meaning(ByteSlice data, Chunk chunk) {
        if (chunk.error != null) {
            failure = UpstreamErrors.read(GatewayError.Kind.BAD_GATEWAY.status(), data.copy());
            return Meaning.FAILURE;
        }
        if (chunk.usage != null) {
            usage = usage.merge(ChatUsage.scan(chunk.usage));
        }
        List<ByteSlice> choices = chunk.choices == null ? List.of() : Splice.elements(chunk.choices);
        choices.forEach(this::choice);
        return contentSeen && !choices.isEmpty() ? Meaning.CONTENT : Meaning.PREAMBLE;
    }

    @Override
    public boolean mayEnd() {
        return !begun.isEmpty() && begun.equals(finished);
    }

    @Override
    public boolean isBlocked() {
        return filtered && !contentSeen;
    }

    @Override
    public Usage usage() {
        return usage;
    }

    @Override
    public Optional<GatewayError> failure() {
        return Optional.ofNullable(failure);
    }

    private void choice(ByteSlice element) {
        Choice choice = new Choice();
        JsonScanner.scanObject(element, choice);
        begun.set(choice.index);
        if (choice.finished) {
            finished.set(choice.index);
        }
        filtered |= choice.filtered;
        boolean ended = choice.finished && !choice.filtered;
        contentSeen = contentSeen || ended || choice.text || (choice.delta != null && saysMoreThanRole(choice.delta));
    }

    /** @param message whole, or a delta */
    static boolean saysMoreThanRole(ByteSlice message) {
        if (message.is("null")) {
            return false;
        }
        Content content = new Content();
        JsonScanner.scanObject(message, content);
        return content.found;
    }

    /** The members of a chunk that matter. */
    private static final class Chunk implements JsonScanner.MemberVisitor {
        private @Nullable ByteSlice choices;
        private @Nullable ByteSlice usage;
        private @Nullable ByteSlice error;

        @Override
        public void member(ByteSlice key, ByteSlice value) {
            if (key.is("choices")) {
                choices = value;
            } else if (key.is("usage") && !value.is("null")) {
                usage = value;
            } else if (key.is("error") && !value.is("null")) {
                error = value;
            }
        }
    }

    /** The members of a choice that matter. */
    private static final class Choice implements JsonScanner.MemberVisitor {
        private int index;
        private boolean finished;
        private boolean filtered;
        private boolean text;
        private @Nullable ByteSlice delta;

        @Override
        public void member(ByteSlice key, ByteSlice value) {
            if (key.is("index")) {
                index = (int) Math.min(MAX_CHOICES, Splice.count(value).orElse(0));
            } else if (key.is("finish_reason")) {
                finished = Splice.says(value);
                filtered = ChatStopReasons.isFilter(value);
            } else if (key.is("text")) {
                text = Splice.says(value);
            } else if (key.is("delta")) {
                delta = value;
            }
        }
    }

    /** Whether a message brings anything beside the role. */
    private static final class Content implements JsonScanner.MemberVisitor {
        private boolean found;

        @Override
        public void member(ByteSlice key, ByteSlice value) {
            found |= key.is("content") ? !Parts.areEmpty(value) : !key.is("role") && Splice.says(value);
        }
    }
}
