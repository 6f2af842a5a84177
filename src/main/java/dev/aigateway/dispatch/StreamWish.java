package dev.aigateway.dispatch;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.routing.Candidate;
import dev.aigateway.translation.splice.Splice;
import java.nio.charset.StandardCharsets;

/** Whether a provider is asked for a stream: when the client wants one, or when the provider gives nothing else. */
final class StreamWish {
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WITH_USAGE = "{\"include_usage\":true}".getBytes(StandardCharsets.US_ASCII);

    private StreamWish() {}

    static boolean of(ClientRequest request, Candidate candidate) {
        return request.stream() || candidate.provider().wire().mustStream();
    }

    /** A body that asks for a stream where the client's own did not. */
    static byte[] written(byte[] body, Dialect dialect) {
        return switch (dialect) {
            // Gemini says it in the path.
            case GEMINI -> body;
            case MESSAGES, RESPONSES -> Splice.put(body, "stream", TRUE);
            case CHAT, COMPLETIONS -> Splice.put(Splice.put(body, "stream", TRUE), "stream_options", WITH_USAGE);
        };
    }
}
