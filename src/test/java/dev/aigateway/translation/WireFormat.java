package dev.aigateway.translation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What the tests know of one dialect's stream, written without the code under test. Stateless. */
public interface WireFormat {
    /** The stream that a shorthand stands for. */
    String stream(List<String> lines);

    /** The shorthand of a stream, without its opening events. */
    List<String> transcript(String sse);

    /** Fails when the stream breaks the dialect's grammar; whether it ended well rather than in an error. */
    boolean check(String sse);

    /** The whole answer that an SDK makes of the stream. */
    JsonNode fold(String sse);

    /** The parts of a whole answer that a stream can say as well. */
    JsonNode comparable(JsonNode answer, JsonNode streamed);
}
