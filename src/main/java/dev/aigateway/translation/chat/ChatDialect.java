package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerFolder;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.StreamWatch;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.UpstreamDialect;
import dev.aigateway.translation.UpstreamErrors;
import jakarta.inject.Singleton;
import java.util.Set;

/** OpenAI Chat Completions on both sides. Stateless. */
@Singleton
public final class ChatDialect implements ClientDialect, UpstreamDialect {
    private static final Set<String> ANSWER = Set.of("choices");

    @Override
    public Dialect dialect() {
        return Dialect.CHAT;
    }

    @Override
    public Conversation readRequest(String model, boolean stream, byte[] body, TranslationNotes notes) {
        return ChatRequestReader.read(model, stream, Json.request(body), notes);
    }

    @Override
    public byte[] writeAnswer(Answer answer, AnswerContext context) {
        return ChatAnswerWriter.write(answer, context);
    }

    @Override
    public EventEncoder newEncoder(AnswerContext context) {
        return new ChatEncoder(context);
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

    @Override
    public byte[] writeRequest(Conversation conversation, Target target, TranslationNotes notes) {
        return ChatRequestWriter.write(conversation, target, notes);
    }

    @Override
    public Answer readAnswer(byte[] body, Target target) {
        JsonNode answer = Json.parse(body)
                .orElseThrow(() -> GatewayError.of(GatewayError.Kind.BAD_GATEWAY, "The provider's answer is not JSON.")
                        .toException());
        if (!(answer instanceof ObjectNode object) || (!object.has("choices") && !object.hasNonNull("error"))) {
            throw GatewayError.of(GatewayError.Kind.BAD_GATEWAY, "The provider's answer is not a chat completion.")
                    .toException();
        }
        AnswerFolder folder = new AnswerFolder();
        new ChatDecoder().whole(object, folder);
        return folder.answer();
    }

    @Override
    public boolean isBlocked(ByteSlice answer) {
        return ChatStopReasons.isBlocked(answer);
    }

    @Override
    public Set<String> answerMembers() {
        return ANSWER;
    }

    @Override
    public String usageMember() {
        return "usage";
    }

    @Override
    public Usage scanUsage(ByteSlice counts) {
        return ChatUsage.scan(counts);
    }

    @Override
    public EventDecoder newDecoder(Target target) {
        return new ChatDecoder();
    }

    @Override
    public GatewayError readError(int status, byte[] body) {
        return UpstreamErrors.read(status, body);
    }

    @Override
    public StreamWatch newWatch() {
        return new ChatWatch();
    }
}
