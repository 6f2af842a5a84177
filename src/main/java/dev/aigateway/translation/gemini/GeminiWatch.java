package dev.aigateway.translation.gemini;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.StreamWatch;
import dev.aigateway.translation.splice.JsonScanner;
import dev.aigateway.translation.splice.Parts;
import dev.aigateway.translation.splice.Splice;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Observes a forwarded Gemini stream by offsets. Confined to one stream. */
final class GeminiWatch implements StreamWatch {
    private static final GatewayError BROKEN =
            GatewayError.of(GatewayError.Kind.BAD_GATEWAY, "The provider sent a chunk that is not a JSON object.");

    private Usage usage = Usage.UNKNOWN;
    private boolean finishSeen;
    private boolean contentSeen;
    private boolean blocked;
    private @Nullable GatewayError failure;

    @Override
    public Meaning watch(SseEvent event) {
        if (event.isComment()) {
            return Meaning.PREAMBLE;
        }
        Chunk chunk = new Chunk();
        try {
            JsonScanner.scanObject(event.data(), chunk);
        } catch (JsonScanner.JsonSyntaxException e) {
            failure = BROKEN;
            return Meaning.FAILURE;
        }
        if (chunk.error) {
            failure =
                    Json.parse(event.data().copy()).map(GeminiErrors::inAnswer).orElse(BROKEN);
            return Meaning.FAILURE;
        }
        if (chunk.usage != null) {
            usage = usage.merge(GeminiUsage.scan(chunk.usage));
        }
        return meaning(chunk);
    }

    @Override
    public boolean mayEnd() {
        return finishSeen;
    }

    @Override
    public boolean isBlocked() {
        return blocked && !contentSeen;
    }

    @Override
    public Usage usage() {
        return usage;
    }

    @Override
    public Optional<GatewayError> failure() {
        return Optional.ofNullable(failure);
    }

    private Meaning meaning(Chunk chunk) {
        List<ByteSlice> candidates = chunk.candidates == null ? List.of() : Splice.elements(chunk.candidates);
        if (candidates.isEmpty()) {
            // A blocked prompt is an answer too.
            boolean promptBlocked = chunk.feedback != null && Splice.says(chunk.feedback, "blockReason");
            blocked |= promptBlocked;
            finishSeen |= promptBlocked;
            return Meaning.PREAMBLE;
        }
        candidates.forEach(this::candidate);
        return contentSeen ? Meaning.CONTENT : Meaning.PREAMBLE;
    }

    private void candidate(ByteSlice candidate) {
        boolean finished = Splice.says(candidate, "finishReason");
        boolean filtered = GeminiStopReasons.isFilter(candidate);
        finishSeen |= finished;
        blocked |= filtered;
        contentSeen |= says(candidate) || (finished && !filtered);
    }

    static boolean says(ByteSlice candidate) {
        return Splice.find(candidate, "content", "parts")
                .filter(parts -> !Parts.areEmpty(parts))
                .isPresent();
    }

    /** The members of a chunk that matter. */
    private static final class Chunk implements JsonScanner.MemberVisitor {
        private @Nullable ByteSlice candidates;
        private @Nullable ByteSlice usage;
        private @Nullable ByteSlice feedback;
        private boolean error;

        @Override
        public void member(ByteSlice key, ByteSlice value) {
            if (key.is("candidates")) {
                candidates = value;
            } else if (key.is("usageMetadata") && !value.is("null")) {
                usage = value;
            } else if (key.is("promptFeedback")) {
                feedback = value;
            } else if (key.is("error") && !value.is("null")) {
                error = true;
            }
        }
    }
}
