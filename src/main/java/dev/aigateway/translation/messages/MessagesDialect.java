package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerFolder;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
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

/** Anthropic Messages on both sides. Stateless. */
@Singleton
public final class MessagesDialect implements ClientDialect, UpstreamDialect {
    private static final Set<String> ANSWER = Set.of("content");

    private static final byte[] STOP = Json.bytes(Json.object().put("type", "message_stop"));

    @Override
    public Dialect dialect() {
        return Dialect.MESSAGES;
    }

    @Override
    public Conversation readRequest(String model, boolean stream, byte[] body, TranslationNotes notes) {
        return MessagesRequestReader.read(model, stream, Json.request(body), notes);
    }

    @Override
    public byte[] writeAnswer(Answer answer, AnswerContext context) {
        return MessagesAnswerWriter.write(answer, context);
    }

    @Override
    public EventEncoder newEncoder(AnswerContext context) {
        return new MessagesEncoder(context);
    }

    @Override
    public byte[] writeError(GatewayError error, String requestId) {
        return MessagesErrors.write(error, requestId);
    }

    @Override
    public int status(GatewayError error) {
        return MessagesErrors.status(error);
    }

    @Override
    public void writeFailure(GatewayError error, String requestId, SseWriter out) {
        out.event("error", MessagesErrors.write(error, requestId));
    }

    @Override
    public void writeEnd(SseWriter out) {
        out.event("message_stop", STOP);
    }

    @Override
    public void writeKeepalive(SseWriter out) {
        MessagesEncoder.ping(out);
    }

    @Override
    public byte[] writeRequest(Conversation conversation, Target target, TranslationNotes notes) {
        return MessagesRequestWriter.write(conversation, target, notes);
    }

    @Override
    public Answer readAnswer(byte[] body, Target target) {
        JsonNode answer = Json.parse(body).orElseThrow(() -> bad("The provider's answer is not JSON."));
        if (answer.path("type").asText().equals("error") || answer.hasNonNull("error")) {
            throw UpstreamErrors.ofNode(GatewayError.Kind.BAD_GATEWAY.status(), answer)
                    .toException();
        }
        if (!answer.path("content").isArray()) {
            throw bad("The provider's answer is not a message.");
        }
        AnswerFolder folder = new AnswerFolder();
        new MessagesDecoder().whole(answer, folder);
        return folder.answer();
    }

    @Override
    public boolean isBlocked(ByteSlice answer) {
        return MessagesStopReasons.isBlocked(answer);
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
        return MessagesUsage.scan(counts).canonical();
    }

    @Override
    public EventDecoder newDecoder(Target target) {
        return new MessagesDecoder();
    }

    @Override
    public GatewayError readError(int status, byte[] body) {
        return UpstreamErrors.read(status, body);
    }

    @Override
    public StreamWatch newWatch() {
        return new MessagesWatch();
    }

    private static GatewayException bad(String message) {
        return GatewayError.of(GatewayError.Kind.BAD_GATEWAY, message).toException();
    }
}
