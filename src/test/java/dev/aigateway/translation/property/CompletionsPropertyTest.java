package dev.aigateway.translation.property;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.AnswerEvent;
import dev.aigateway.conversation.AnswerFolder;
import dev.aigateway.sse.SseWriter;
import dev.aigateway.translation.AnswerContext;
import dev.aigateway.translation.EventEncoder;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.OpenAiSchemas;
import dev.aigateway.translation.RequestCase;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.completions.CompletionsDialect;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The same as {@link StreamPropertyTest} for legacy Completions, which no upstream speaks and which show text only. */
class CompletionsPropertyTest {
    private static final CompletionsDialect DIALECT = new CompletionsDialect();
    private static final AnswerContext CONTEXT = new AnswerContext(
            "req1",
            "m",
            Instant.ofEpochSecond(7),
            DIALECT.readRequest(
                    "m",
                    true,
                    Json.bytes(RequestCase.json("{'prompt':'q','stream_options':{'include_usage':true}}")),
                    new TranslationNotes(false)));

    @Provide
    Arbitrary<List<AnswerEvent>> sequential() {
        return AnswerStreams.sequential();
    }

    @Property(tries = 500, seed = "20260101")
    void stream_isLegalAndSaysWhatTheWholeAnswerSays(@ForAll("sequential") List<AnswerEvent> events) {
        EventEncoder encoder = DIALECT.newEncoder(CONTEXT);
        SseWriter out = new SseWriter();
        AnswerFolder folder = new AnswerFolder();
        events.forEach(event -> {
            encoder.encode(event, out);
            folder.accept(event);
        });
        String sse = new String(out.drain(), StandardCharsets.UTF_8);
        OpenAiSchemas.areValid("textChunk", sse);
        assertThat(sse).endsWith("data: [DONE]\n\n");

        JsonNode whole =
                Json.parse(DIALECT.writeAnswer(folder.answer(), CONTEXT)).orElseThrow();
        assertThat(OpenAiSchemas.problems("textCompletion", whole)).isEmpty();
        Map<Integer, String> told = new TreeMap<>();
        whole.get("choices").forEach(choice -> add(told, choice));
        assertThat(streamed(sse)).isEqualTo(told);

        Map<Integer, String> said = new TreeMap<>();
        Said.of(events).forEach((choice, words) -> said.put(choice, words.visible()));
        told.replaceAll((choice, text) -> text.substring(0, text.lastIndexOf('|')));
        assertThat(told).isEqualTo(said);
    }

    private static Map<Integer, String> streamed(String sse) {
        Map<Integer, String> streamed = new TreeMap<>();
        sse.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> Json.parse(line.substring("data: ".length())).orElseThrow())
                .forEach(chunk -> chunk.get("choices").forEach(choice -> add(streamed, choice)));
        return streamed;
    }

    /** Text and, once it is known, the reason to stop. */
    private static void add(Map<Integer, String> told, JsonNode choice) {
        String finish = choice.path("finish_reason").isTextual()
                ? "|" + choice.get("finish_reason").textValue()
                : "";
        told.merge(choice.get("index").intValue(), choice.get("text").textValue() + finish, String::concat);
    }
}
