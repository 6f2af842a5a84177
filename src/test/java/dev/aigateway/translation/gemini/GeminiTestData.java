package dev.aigateway.translation.gemini;

import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.sse.SseParser;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.chat.ChatDialect;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Short ways to requests, targets and streams. */
final class GeminiTestData {
    static final GeminiDialect GEMINI = new GeminiDialect();

    private GeminiTestData() {}

    static Conversation chat(String members) {
        return new ChatDialect().readRequest("m", false, bytes("{" + members + "}"), new TranslationNotes(false));
    }

    static Conversation gemini(String members, TranslationNotes notes) {
        return GEMINI.readRequest("m", false, bytes("{" + members + "}"), notes);
    }

    static Conversation gemini(String members) {
        return gemini(members, new TranslationNotes(false));
    }

    static String written(Conversation conversation, String model) {
        return written(conversation, model, new TranslationNotes(false));
    }

    static String written(Conversation conversation, String model, TranslationNotes notes) {
        return text(GEMINI.writeRequest(conversation, Target.of(Dialect.GEMINI, model), notes));
    }

    static AnswerContext context(boolean thoughts) {
        Conversation request = gemini("\"contents\":[{\"parts\":[{\"text\":\"q\"}]}],"
                + "\"generationConfig\":{\"thinkingConfig\":{\"includeThoughts\":" + thoughts + "}}");
        return new AnswerContext("req1", "model-1", Instant.EPOCH, request);
    }

    static String encoded(boolean thoughts, List<AnswerEvent> events) {
        var encoder = GEMINI.newEncoder(context(thoughts));
        SseWriter out = new SseWriter();
        events.forEach(event -> encoder.encode(event, out));
        return text(out.drain());
    }

    /** Decodes a stream that comes in chunks of that many bytes. */
    static List<AnswerEvent> decoded(EventDecoder decoder, String stream, int size) {
        List<AnswerEvent> events = new ArrayList<>();
        SseParser parser = new SseParser(1 << 20);
        byte[] bytes = bytes(stream);
        for (int at = 0; at < bytes.length; at += size) {
            parser.feed(bytes, at, Math.min(size, bytes.length - at), event -> decoder.decode(event, events::add));
        }
        parser.end(event -> decoder.decode(event, events::add));
        decoder.end(events::add);
        return events;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static String notes(TranslationNotes notes) {
        return String.join(
                " ", notes.all().stream().map(TranslationNotes.Note::toString).toList());
    }
}
