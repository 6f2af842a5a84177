package dev.aigateway.translation;

import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.sse.SseWriter;

/**
 * What a dialect does for the clients that speak it: reads their requests into the hub and writes answers back.
 * Implementations are stateless CDI beans; state of one stream lives in its {@link EventEncoder}.
 */
public interface ClientDialect {
    Dialect dialect();

    /**
     * Reads a request.
     *
     * @param model the model the client asked for; in the body or, for Gemini, in the path
     * @param stream whether the client asked for a stream
     * @param body the request body as received
     * @param notes takes note of what the hub cannot hold
     * @throws dev.aigateway.conversation.GatewayException a 400 that names the field, for malformed or senseless input
     */
    Conversation readRequest(String model, boolean stream, byte[] body, TranslationNotes notes);

    /** Writes a whole answer as one JSON document. */
    byte[] writeAnswer(Answer answer, AnswerContext context);

    /** A new encoder for one streamed answer. */
    EventEncoder newEncoder(AnswerContext context);

    /** Writes an error as the whole body of a response. */
    byte[] writeError(GatewayError error, String requestId);

    /** The HTTP status this dialect gives an error: 529 exists in Messages only, 402 is 429 to OpenAI clients. */
    int status(GatewayError error);

    /** Writes an error as the last event of a stream that has begun. Nothing may follow it. */
    void writeFailure(GatewayError error, String requestId, SseWriter out);

    /** Writes the event that ends a stream, where an upstream of the same dialect left it out. */
    void writeEnd(SseWriter out);

    /** Writes a sign of life in the form that this dialect's clients tolerate and count. */
    void writeKeepalive(SseWriter out);
}
