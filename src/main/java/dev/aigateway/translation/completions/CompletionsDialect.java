package dev.aigateway.translation.completions;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.chat.ChatErrors;
import jakarta.inject.Singleton;

/** OpenAI's legacy Completions for the clients that still speak it; no upstream does. Stateless. */
@Singleton
public final class CompletionsDialect implements ClientDialect {
    @Override
    public Dialect dialect() {
        return Dialect.COMPLETIONS;
    }

    @Override
    public Conversation readRequest(String model, boolean stream, byte[] body, TranslationNotes notes) {
        return CompletionsRequestReader.read(model, stream, Json.request(body), notes);
    }

    @Override
    public byte[] writeAnswer(Answer answer, AnswerContext context) {
        return CompletionsAnswerWriter.write(answer, context);
    }

    @Override
    public EventEncoder newEncoder(AnswerContext context) {
        return new CompletionsEncoder(context);
    }

    @Override
    public byte[] writeError(GatewayError error, String requestId) {
        return ChatErrors.write(error);
    }

    @Override
    public int status(GatewayError error) {
        return ChatErrors.status(error);
    }

    @Override
    public void writeFailure(GatewayError error, String requestId, SseWriter out) {
        out.data(ChatErrors.write(error));
    }

    @Override
    public void writeEnd(SseWriter out) {
        out.ascii("data: [DONE]\n\n");
    }

    @Override
    public void writeKeepalive(SseWriter out) {
        out.comment("keep-alive");
    }
}
