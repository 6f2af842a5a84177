package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.StopReason;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.Json;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads Gemini's chunks as canonical events. The stream has no terminator: it is complete when it ends after a finish
 * reason (translation reference, section 14.5). A whole answer is one chunk.
 */
final class GeminiDecoder implements EventDecoder {
    private final TreeMap<Integer, GeminiCandidate> candidates = new TreeMap<>();
    private final BlockNumbers numbers = new BlockNumbers();
    private boolean started;
    private boolean blocked;
    private boolean over;

    /** Numbers the blocks of all candidates in order of appearance, and seeds ids for calls that have none. */
    static final class BlockNumbers {
        private int next;
        private String answerId = "";

        int take() {
            return next++;
        }

        String seed(int block) {
            return answerId + "\n" + block;
        }
    }

    @Override
    public void decode(SseEvent event, Consumer<AnswerEvent> out) {
        if (over) {
            return;
        }
        if (event.isComment()) {
            out.accept(new AnswerEvent.Ping());
            return;
        }
        ByteSlice data = event.data();
        Optional<JsonNode> chunk = Json.parse(data.array(), data.offset(), data.length());
        if (chunk.isEmpty() || !chunk.get().isObject()) {
            fail(bad("The provider sent a chunk that is not a JSON object."), out);
            return;
        }
        chunk(chunk.get(), out);
    }

    @Override
    public void end(Consumer<AnswerEvent> out) {
        if (over) {
            return;
        }
        if (candidates.isEmpty() && blocked) {
            over = true;
            out.accept(new AnswerEvent.Finished(0, StopReason.FILTER, Optional.empty()));
            out.accept(new AnswerEvent.Completed());
        } else if (!candidates.isEmpty() && candidates.values().stream().allMatch(GeminiCandidate::isFinished)) {
            complete(out);
        } else {
            fail(bad("The provider closed the stream before the answer was complete."), out);
        }
    }

    /** Reads a whole answer: one object, or the array of chunks of a stream without {@code alt=sse}. */
    void whole(JsonNode answer, Consumer<AnswerEvent> out) {
        if (answer.isArray()) {
            answer.forEach(chunk -> chunk(chunk, out));
        } else {
            chunk(answer, out);
        }
        end(out);
    }

    private void chunk(JsonNode chunk, Consumer<AnswerEvent> out) {
        if (over) {
            return;
        }
        if (chunk.hasNonNull("error")) {
            fail(GeminiErrors.inAnswer(chunk), out);
            return;
        }
        if (!started) {
            started = true;
            numbers.answerId = chunk.path("responseId").asText("");
            String model = chunk.path("modelVersion").asText("");
            out.accept(new AnswerEvent.Started(numbers.answerId, model, Usage.UNKNOWN));
        }
        blocked |= chunk.path("promptFeedback").hasNonNull("blockReason");
        for (JsonNode candidate : chunk.path("candidates")) {
            int index = candidate.path("index").asInt(0);
            candidates
                    .computeIfAbsent(index, number -> new GeminiCandidate(number, numbers))
                    .chunk(candidate, out);
        }
        if (chunk.path("usageMetadata").isObject()) {
            out.accept(new AnswerEvent.UsageReported(GeminiUsage.read(chunk.get("usageMetadata"))));
        }
    }

    private void complete(Consumer<AnswerEvent> out) {
        Optional<GatewayError> failure = candidates.values().stream()
                .flatMap(candidate -> candidate.failure().stream())
                .findFirst();
        if (failure.isPresent()) {
            fail(failure.get(), out);
            return;
        }
        over = true;
        candidates.values().forEach(candidate -> candidate.endBlock(out));
        candidates.values().forEach(candidate -> out.accept(candidate.finished()));
        out.accept(new AnswerEvent.Completed());
    }

    private void fail(GatewayError error, Consumer<AnswerEvent> out) {
        over = true;
        out.accept(new AnswerEvent.Failed(error));
    }

    private static GatewayError bad(String message) {
        return GatewayError.of(GatewayError.Kind.BAD_GATEWAY, message);
    }
}
