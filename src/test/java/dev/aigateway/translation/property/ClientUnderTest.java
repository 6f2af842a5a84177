package dev.aigateway.translation.property;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Answer;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.sse.SseParser;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.ClientDialect;
import dev.aigateway.translation.EventDecoder;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.ModelCatalog;
import dev.aigateway.translation.OpenAiSchemas;
import dev.aigateway.translation.Quirk;
import dev.aigateway.translation.RequestCase;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.UpstreamDialect;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.chat.ChatWire;
import dev.aigateway.translation.gemini.GeminiDialect;
import dev.aigateway.translation.messages.MessagesDialect;
import dev.aigateway.translation.messages.MessagesWire;
import dev.aigateway.translation.responses.Grammar;
import dev.aigateway.translation.responses.ResponsesDialect;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A client dialect whose answers can be read back, since an upstream may speak it too. */
enum ClientUnderTest {
    CHAT(new ChatDialect(), "{'messages':[{'role':'user','content':'q'}],'stream_options':{'include_usage':true}}"),
    MESSAGES(
            new MessagesDialect(),
            "{'max_tokens':4000,'thinking':{'type':'enabled','budget_tokens':2000},"
                    + "'messages':[{'role':'user','content':'q'}]}"),
    GEMINI(
            new GeminiDialect(),
            "{'contents':[{'parts':[{'text':'q'}]}],"
                    + "'generationConfig':{'thinkingConfig':{'includeThoughts':true}}}"),
    RESPONSES(
            new ResponsesDialect(),
            "{'input':'q','reasoning':{'effort':'low','summary':'auto'},'include':['reasoning.encrypted_content']}");

    private final ClientDialect client;
    private final UpstreamDialect upstream;
    private final AnswerContext context;

    <D extends ClientDialect & UpstreamDialect> ClientUnderTest(D dialect, String request) {
        client = dialect;
        upstream = dialect;
        context = new AnswerContext(
                "req1",
                "m",
                Instant.ofEpochSecond(7),
                client.readRequest("m", true, Json.bytes(RequestCase.json(request)), new TranslationNotes(false)));
    }

    Conversation read(byte[] request) {
        return client.readRequest("m", false, request, new TranslationNotes(false));
    }

    byte[] write(Conversation conversation) {
        // The vendor's own API and a model that takes what the generated requests ask for.
        String model = this == GEMINI ? "gemini-2.5-flash" : "m";
        Target vendor = new Target(
                upstream.dialect(),
                model,
                OptionalInt.empty(),
                ModelCatalog.traits(model),
                Set.of(Quirk.HOSTED_TOOLS, Quirk.MAX_COMPLETION_TOKENS, Quirk.CUSTOM_TOOLS));
        return upstream.writeRequest(conversation, vendor, new TranslationNotes(false));
    }

    String encoded(List<AnswerEvent> events) {
        EventEncoder encoder = client.newEncoder(context);
        SseWriter out = new SseWriter();
        events.forEach(event -> encoder.encode(event, out));
        return new String(out.drain(), StandardCharsets.UTF_8);
    }

    /** What an upstream that sent the stream would have said. */
    List<AnswerEvent> decoded(String sse) {
        EventDecoder decoder = upstream.newDecoder(target());
        List<AnswerEvent> events = new ArrayList<>();
        Consumer<AnswerEvent> sink = events::add;
        SseParser parser = new SseParser(1 << 20);
        parser.feed(sse.getBytes(StandardCharsets.UTF_8), event -> decoder.decode(event, sink));
        parser.end(event -> decoder.decode(event, sink));
        decoder.end(sink);
        return events;
    }

    /** The answer as a client gets it that asked for no stream. */
    Answer whole(Answer answer) {
        return upstream.readAnswer(client.writeAnswer(answer, context), target());
    }

    /** Fails when the stream breaks the dialect's grammar. */
    void isLegal(String sse, boolean complete) {
        if (this == CHAT || this == RESPONSES) {
            OpenAiSchemas.areValid(this == CHAT ? "chatChunk" : "responseEvent", sse);
        }
        switch (this) {
            case CHAT -> assertThat(new ChatWire().check(sse)).as(sse).isEqualTo(complete);
            case MESSAGES -> assertThat(new MessagesWire().check(sse)).as(sse).isEqualTo(complete);
            case RESPONSES ->
                assertThat(Grammar.check(sse.getBytes(StandardCharsets.UTF_8))
                                .types()
                                .getLast())
                        .as(sse)
                        .matches(type -> complete != type.equals("response.failed"));
            case GEMINI -> isLegalForGemini(sse, complete);
        }
    }

    private static void isLegalForGemini(String sse, boolean complete) {
        List<String> events =
                sse.lines().filter(line -> line.startsWith("data: ")).toList();
        for (int i = 0; i < events.size(); i++) {
            JsonNode chunk =
                    Json.parse(events.get(i).substring("data: ".length())).orElseThrow();
            boolean last = i == events.size() - 1;
            assertThat(chunk.has("error")).as("an error ends the stream").isEqualTo(last && !complete);
            assertThat(chunk.at("/candidates/0").has("finishReason"))
                    .as("the finish comes last")
                    .isEqualTo(last && complete);
            assertThat(chunk.has("usageMetadata")).isEqualTo(last && complete);
        }
    }

    /** What of the upstream's words this dialect's clients can see. */
    Map<Integer, Said> shown(Map<Integer, Said> said) {
        Map<Integer, Said> shown = new TreeMap<>();
        said.forEach((choice, words) -> {
            if (choice == 0 || this == CHAT || this == GEMINI) {
                shown.put(choice, words.withRefusal(this == CHAT || this == RESPONSES));
            }
        });
        return shown;
    }

    private Target target() {
        return Target.of(upstream.dialect(), "m");
    }
}
