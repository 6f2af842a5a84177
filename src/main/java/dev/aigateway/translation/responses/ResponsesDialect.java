package dev.aigateway.translation.responses;

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
import dev.aigateway.translation.chat.ChatErrors;
import jakarta.inject.Singleton;
import java.util.Set;

/** OpenAI Responses on both sides. Stateless. */
@Singleton
public final class ResponsesDialect implements ClientDialect, UpstreamDialect {
    private static final Set<String> ANSWER = Set.of("output");

    @Override
    public Dialect dialect() {
        return Dialect.RESPONSES;
    }

    @Override
    public Conversation readRequest(String model, boolean stream, byte[] body, TranslationNotes notes) {
        return ResponsesRequestReader.read(model, stream, Json.request(body), notes);
    }

    @Override
    public byte[] writeAnswer(Answer answer, AnswerContext context) {
        return ResponsesAnswerWriter.write(answer, context);
    }

    @Override
    public EventEncoder newEncoder(AnswerContext context) {
        return new ResponsesEncoder(context);
    }

    @Override
    public byte[] writeError(GatewayError error, String requestId) {
        return ChatErrors.write(error);
    }

    @Override
    public int status(GatewayError error) {
        return ChatErrors.status(error);
    }

    /** Without a number: how many events the upstream sent is not known here. */
    @Override
    public void writeFailure(GatewayError error, String requestId, SseWriter out) {
        ObjectNode event = Json.object().put("type", "response.failed");
        ObjectNode response = event.putObject("response")
                .put("id", "resp_" + requestId)
                .put("object", "response")
                .put("status", ResponsesStatus.FAILED);
        response.set("error", ResponsesErrors.write(error));
        response.putArray("output");
        out.event("response.failed", Json.bytes(event));
    }

    @Override
    public void writeEnd(SseWriter out) {
        // The last event holds the whole answer: only the upstream can write it.
    }

    /** Clients that wait for events do not count comments. */
    @Override
    public void writeKeepalive(SseWriter out) {
        out.event("keepalive", Json.bytes(Json.object().put("type", "keepalive")));
    }

    @Override
    public byte[] writeRequest(Conversation conversation, Target target, TranslationNotes notes) {
        return ResponsesRequestWriter.write(conversation, target, notes);
    }

    @Override
    public Answer readAnswer(byte[] body, Target target) {
        JsonNode answer = Json.parse(body)
                .orElseThrow(() -> ResponsesErrors.bad("The provider's answer is not JSON.")
                        .toException());
        if (answer.hasNonNull("error")) {
            throw ResponsesErrors.read(answer).toException();
        }
        if (!answer.path("output").isArray()) {
            throw ResponsesErrors.bad("The provider's answer is not a response object.")
                    .toException();
        }
        AnswerFolder folder = new AnswerFolder();
        new ResponsesDecoder().whole(answer, folder);
        return folder.answer();
    }

    @Override
    public boolean isBlocked(ByteSlice answer) {
        return ResponsesStatus.isBlocked(answer);
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
        return ResponsesUsage.scan(counts);
    }

    @Override
    public EventDecoder newDecoder(Target target) {
        return new ResponsesDecoder();
    }

    @Override
    public GatewayError readError(int status, byte[] body) {
        return UpstreamErrors.read(status, body);
    }

    @Override
    public StreamWatch newWatch() {
        return new ResponsesWatch();
    }
}
