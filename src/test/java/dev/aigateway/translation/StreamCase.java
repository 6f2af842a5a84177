package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.AnswerFolder;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.sse.SseParser;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.tools.ToolNames;
import dev.aigateway.translation.tools.ToolRestoration;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.DynamicTest;

/**
 * One streamed answer on its way from an upstream's dialect to a client's. Every case is fed whole, byte by byte and in
 * random chunks, must keep the client dialect's grammar, and must fold into the same answer that a client without a stream
 * gets, both from these events and from the upstream's own whole answer.
 */
public final class StreamCase {
    private static final int LIMIT = 1 << 20;

    private final String label;
    private final UpstreamDialect upstream;
    private final WireFormat upstreamWire;
    private final ClientDialect client;
    private final WireFormat clientWire;
    private String request;
    private String input = "";
    private List<String> expected = List.of();
    private boolean foldsUpstream = true;

    /** @param request the client's request, with single quotes */
    public StreamCase(
            String label,
            UpstreamDialect upstream,
            WireFormat upstreamWire,
            ClientDialect client,
            WireFormat clientWire,
            String request) {
        this.label = label;
        this.upstream = upstream;
        this.upstreamWire = upstreamWire;
        this.client = client;
        this.clientWire = clientWire;
        this.request = request;
    }

    public StreamCase request(String json) {
        request = json;
        return this;
    }

    /** What the upstream sends, in the shorthand of its format. */
    public StreamCase sends(String... lines) {
        input = upstreamWire.stream(List.of(lines));
        return this;
    }

    /** What the upstream sends, as it is. */
    public StreamCase sendsRaw(String sse) {
        input = sse;
        return this;
    }

    /** What the client receives after the opening events, in the shorthand of its format. */
    public StreamCase gives(String... lines) {
        expected = List.of(lines);
        return this;
    }

    /** The upstream's stream has no whole answer that says the same in the same order. */
    public StreamCase streamOnly() {
        foldsUpstream = false;
        return this;
    }

    public DynamicTest test() {
        return DynamicTest.dynamicTest(label, this::run);
    }

    private void run() {
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        AnswerFolder folder = new AnswerFolder();
        String whole = relay(bytes, () -> bytes.length, folder);
        assertThat(clientWire.transcript(whole)).as(whole).containsExactlyElementsOf(expected);
        boolean complete = clientWire.check(whole);
        assertThat(relay(bytes, () -> 1, event -> {})).as("byte by byte").isEqualTo(whole);
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            assertThat(relay(bytes, () -> 1 + random.nextInt(40), event -> {}))
                    .as("random chunks, seed " + seed)
                    .isEqualTo(whole);
        }
        if (complete) {
            folds(whole, folder.answer());
        }
    }

    private void folds(String whole, Answer answer) {
        JsonNode streamed = clientWire.fold(whole);
        assertThat(clientWire.comparable(written(answer), streamed))
                .as("whole answer of the same events")
                .isEqualTo(clientWire.comparable(streamed, streamed));
        if (foldsUpstream) {
            Answer read = upstream.readAnswer(Json.bytes(upstreamWire.fold(input)), target());
            Answer restored = ToolRestoration.restore(read, names());
            assertThat(clientWire.comparable(written(restored), streamed))
                    .as("whole answer of the upstream")
                    .isEqualTo(clientWire.comparable(streamed, streamed));
        }
    }

    private JsonNode written(Answer answer) {
        return Json.parse(client.writeAnswer(answer, context())).orElseThrow();
    }

    private String relay(byte[] bytes, IntSupplier size, Consumer<AnswerEvent> observer) {
        EventDecoder decoder = new ToolRestoration(upstream.newDecoder(target()), names());
        EventEncoder encoder = client.newEncoder(context());
        SseParser parser = new SseParser(LIMIT);
        SseWriter writer = new SseWriter();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Consumer<AnswerEvent> sink = event -> {
            observer.accept(event);
            encoder.encode(event, writer);
            out.writeBytes(writer.drain());
        };
        for (int at = 0; at < bytes.length; ) {
            int end = Math.min(bytes.length, at + size.getAsInt());
            parser.feed(Arrays.copyOfRange(bytes, at, end), event -> decoder.decode(event, sink));
            at = end;
        }
        parser.end(event -> decoder.decode(event, sink));
        decoder.end(sink);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Target target() {
        return Target.of(upstream.dialect(), "upstream-model");
    }

    private ToolNames names() {
        return ToolNames.of(conversation(), upstream.dialect());
    }

    private AnswerContext context() {
        return new AnswerContext("req1", "asked", Instant.EPOCH, conversation());
    }

    private Conversation conversation() {
        byte[] body = Json.bytes(RequestCase.json(request));
        return client.readRequest("asked", true, body, new TranslationNotes(false));
    }
}
