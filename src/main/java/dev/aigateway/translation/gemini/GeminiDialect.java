package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.aigateway.translation.gemini.schema.SchemaCache;
import dev.aigateway.translation.gemini.schema.SchemaForm;
import jakarta.inject.Singleton;
import java.util.Set;

/** Google Gemini on both sides. Holds nothing but what it has cleaned before; any thread. */
@Singleton
public final class GeminiDialect implements ClientDialect, UpstreamDialect {
    private static final Set<String> ANSWER = Set.of("candidates", "promptFeedback");

    private final SchemaCache schemas = new SchemaCache();

    @Override
    public Dialect dialect() {
        return Dialect.GEMINI;
    }

    @Override
    public Conversation readRequest(String model, boolean stream, byte[] body, TranslationNotes notes) {
        return GeminiRequestReader.read(model, stream, Json.request(body), notes);
    }

    @Override
    public byte[] writeAnswer(Answer answer, AnswerContext context) {
        return GeminiAnswerWriter.write(answer, context);
    }

    @Override
    public EventEncoder newEncoder(AnswerContext context) {
        return new GeminiEncoder(context);
    }

    @Override
    public byte[] writeError(GatewayError error, String requestId) {
        return GeminiErrors.write(error);
    }

    @Override
    public int status(GatewayError error) {
        return GeminiErrors.status(error);
    }

    @Override
    public void writeFailure(GatewayError error, String requestId, SseWriter out) {
        GeminiEncoder.write(GeminiErrors.write(error), out);
    }

    @Override
    public void writeEnd(SseWriter out) {
        // A Gemini stream ends without a mark.
    }

    @Override
    public void writeKeepalive(SseWriter out) {
        out.comment("keep-alive");
    }

    @Override
    public byte[] writeRequest(Conversation conversation, Target target, TranslationNotes notes) {
        return GeminiRequestWriter.write(conversation, target, schemas, notes);
    }

    @Override
    public Answer readAnswer(byte[] body, Target target) {
        JsonNode answer = Json.parse(body)
                .filter(JsonNode::isContainerNode)
                .orElseThrow(() -> GatewayError.of(GatewayError.Kind.BAD_GATEWAY, "The provider's answer is not JSON.")
                        .toException());
        AnswerFolder folder = new AnswerFolder();
        new GeminiDecoder().whole(answer, folder);
        return folder.answer();
    }

    @Override
    public boolean isBlocked(ByteSlice answer) {
        return GeminiStopReasons.isBlocked(answer);
    }

    @Override
    public Set<String> answerMembers() {
        return ANSWER;
    }

    @Override
    public String usageMember() {
        return "usageMetadata";
    }

    @Override
    public Usage scanUsage(ByteSlice counts) {
        return GeminiUsage.scan(counts);
    }

    @Override
    public EventDecoder newDecoder(Target target) {
        return new GeminiDecoder();
    }

    @Override
    public Answer restore(Answer answer, Conversation request, Target target) {
        return keepsEnums(target) ? answer : EnumRestoration.restore(answer, request);
    }

    @Override
    public EventDecoder restore(EventDecoder decoder, Conversation request, Target target) {
        return keepsEnums(target) ? decoder : new EnumRestoration(decoder, request);
    }

    private static boolean keepsEnums(Target target) {
        return GeminiRequestWriter.schemaForm(target) == SchemaForm.TRIMMED;
    }

    @Override
    public GatewayError readError(int status, byte[] body) {
        return GeminiErrors.read(status, body);
    }

    @Override
    public StreamWatch newWatch() {
        return new GeminiWatch();
    }
}
