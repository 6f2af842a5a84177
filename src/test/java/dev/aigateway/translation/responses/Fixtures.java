package dev.aigateway.translation.responses;

import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.BlockKind;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.SseParser;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.TranslationNotes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Short ways to write requests, streams and events down. */
final class Fixtures {
    static final ResponsesDialect DIALECT = new ResponsesDialect();

    private Fixtures() {}

    /** JSON with single quotes. */
    static String json(String quoted) {
        return quoted.replace('\'', '"');
    }

    static byte[] bytes(String quoted) {
        return json(quoted).getBytes(StandardCharsets.UTF_8);
    }

    static Conversation request(String quoted) {
        return request(quoted, new TranslationNotes(false));
    }

    static Conversation request(String quoted, TranslationNotes notes) {
        return DIALECT.readRequest("m", false, bytes(quoted), notes);
    }

    static AnswerContext context(Conversation request) {
        return new AnswerContext("req-1", "m", Instant.ofEpochSecond(1_700_000_000), request);
    }

    static String notes(TranslationNotes notes) {
        return notes.all().stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    static Usage usage(long input, long cached, long written, long output, long reasoning) {
        return new Usage(
                OptionalLong.of(input),
                OptionalLong.of(cached),
                OptionalLong.of(written),
                OptionalLong.of(output),
                OptionalLong.of(reasoning));
    }

    /** What a decoder makes of a stream that arrives in chunks of a size. */
    static String decode(String stream, int chunk, EventDecoder decoder) {
        List<String> trace = new ArrayList<>();
        SseParser parser = new SseParser(1 << 20);
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += chunk) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chunk));
            parser.feed(part, event -> decoder.decode(event, out -> trace.add(trace(out))));
        }
        parser.end(event -> decoder.decode(event, out -> trace.add(trace(out))));
        decoder.end(out -> trace.add(trace(out)));
        return String.join(" | ", trace);
    }

    static String trace(AnswerEvent event) {
        return switch (event) {
            case AnswerEvent.Started(var id, var model, var usage) -> "start " + id + " " + model;
            case AnswerEvent.BlockStarted(var block, var choice, var kind) -> block + " " + kind(kind);
            case AnswerEvent.Delta(var block, var text) -> block + "+" + text;
            case AnswerEvent.Signed(var block, var signature) ->
                block + " sign " + signature.vendor() + ":" + signature.data() + "@"
                        + signature.itemId().orElse("-");
            case AnswerEvent.Cited(var block, var citation) -> block + " cite " + citation.url();
            case AnswerEvent.Scored(var block, var tokens) -> block + " scored " + tokens.size();
            case AnswerEvent.BlockEnded(var block) -> block + " end";
            case AnswerEvent.UsageReported(var usage) ->
                "usage " + usage.input().orElse(-1) + "/" + usage.cacheRead().orElse(-1) + "/"
                        + usage.cacheWrite().orElse(-1) + "/" + usage.output().orElse(-1) + "/"
                        + usage.reasoning().orElse(-1);
            case AnswerEvent.Finished(var choice, var reason, var stop) -> "finish " + reason;
            case AnswerEvent.Completed ignored -> "completed";
            case AnswerEvent.Failed(var error) -> "failed " + error.kind();
            case AnswerEvent.Ping ignored -> "ping";
        };
    }

    private static String kind(BlockKind kind) {
        return switch (kind) {
            case BlockKind.Text ignored -> "text";
            case BlockKind.Thinking ignored -> "thinking";
            case BlockKind.RedactedThinking ignored -> "redacted";
            case BlockKind.Refusal ignored -> "refusal";
            case BlockKind.ToolCall(var id, var name, var namespace, var toolKind) ->
                toolKind + " " + id + " "
                        + namespace.map(prefix -> prefix + ":").orElse("") + name;
            case BlockKind.Opaque(var dialect, var type, var raw) -> "opaque " + type;
        };
    }
}
