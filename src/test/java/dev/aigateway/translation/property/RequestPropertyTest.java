package dev.aigateway.translation.property;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.translation.Json;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * A request that is read from a dialect and written in the same one keeps its meaning: reading it again gives the same
 * conversation (translation reference, sections 3-6).
 */
class RequestPropertyTest {
    private static final String SEED = "20260101";

    @Provide
    Arbitrary<ObjectNode> chat() {
        return requests(Dialect.CHAT);
    }

    @Provide
    Arbitrary<ObjectNode> messages() {
        return requests(Dialect.MESSAGES);
    }

    @Provide
    Arbitrary<ObjectNode> gemini() {
        return requests(Dialect.GEMINI);
    }

    @Provide
    Arbitrary<ObjectNode> responses() {
        return requests(Dialect.RESPONSES);
    }

    private static Arbitrary<ObjectNode> requests(Dialect dialect) {
        return Arbitraries.randomValue(random -> RequestJson.of(dialect, random));
    }

    @Property(tries = 500, seed = SEED)
    void chatRequest_readAndWritten_keepsItsMeaning(@ForAll("chat") ObjectNode request) {
        keepsItsMeaning(ClientUnderTest.CHAT, request);
    }

    @Property(tries = 500, seed = SEED)
    void messagesRequest_readAndWritten_keepsItsMeaning(@ForAll("messages") ObjectNode request) {
        keepsItsMeaning(ClientUnderTest.MESSAGES, request);
    }

    @Property(tries = 500, seed = SEED)
    void geminiRequest_readAndWritten_keepsItsMeaning(@ForAll("gemini") ObjectNode request) {
        keepsItsMeaning(ClientUnderTest.GEMINI, request);
    }

    @Property(tries = 500, seed = SEED)
    void responsesRequest_readAndWritten_keepsItsMeaning(@ForAll("responses") ObjectNode request) {
        keepsItsMeaning(ClientUnderTest.RESPONSES, request);
    }

    private static void keepsItsMeaning(ClientUnderTest dialect, ObjectNode request) {
        Conversation read = dialect.read(Json.bytes(request));
        byte[] written = dialect.write(read);
        assertThat(dialect.read(written))
                .as(() -> Json.text(request) + "\nwas written as\n" + new String(written, StandardCharsets.UTF_8))
                .isEqualTo(read);
        assertThat(dialect.write(dialect.read(written))).as("the same bytes").isEqualTo(written);
    }
}
