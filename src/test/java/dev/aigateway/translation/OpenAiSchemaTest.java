package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every object and event in the golden answers to OpenAI clients is valid (translation reference, sections 3 and 4). */
class OpenAiSchemaTest {
    private static final Path ROOT = Path.of("src/test/resources/golden");

    static List<Path> answers() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.map(ROOT::relativize)
                    .filter(file -> file.toString().matches("(chat|completions|responses)-to-.*/client-answer\\..*"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void goldenAnswer_isValid(Path file) throws IOException {
        String client = file.toString().substring(0, file.toString().indexOf("-to-"));
        String[] parts = Files.readString(ROOT.resolve(file)).split("\n", 2);
        boolean failed = !parts[0].equals("#status 200");
        if (file.toString().endsWith(".sse")) {
            OpenAiSchemas.areValid(event(client), parts[1]);
        } else {
            JsonNode answer = Json.parse(parts[1]).orElseThrow();
            assertThat(OpenAiSchemas.problems(failed ? "error" : whole(client), answer))
                    .as(parts[1])
                    .isEmpty();
        }
    }

    /** The schemas themselves refuse what strict clients refuse. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chatCallFragment|{'index':0,'extra_content':{'google':{'thought_signature':'s'}}}",
                "chatCallFragment|{'index':0,'function':{'name':'','arguments':'x'}}",
                "chatMessage|{'role':'assistant','content':null}",
                "chatUsage|{'prompt_tokens':1,'completion_tokens':1}",
                "item|{'id':'','type':'reasoning','summary':[]}",
                "responseUsage|{'input_tokens':1,'output_tokens':1,'total_tokens':2}",
                "responseEvent|{'type':'codex.news','sequence_number':0}",
                "responseEvent|{'type':'response.output_text.delta','sequence_number':0,'item_id':'m',"
                        + "'output_index':0,'content_index':0,'delta':'x'}"
            })
    void whatClientsRefuse_isInvalid(String definition, String value) {
        assertThat(OpenAiSchemas.problems(definition, RequestCase.json(value))).isNotEmpty();
    }

    @Test
    void chunkThatLacksAnyOfItsMembers_isInvalid() {
        ObjectNode chunk = (ObjectNode) RequestCase.json("{'id':'chatcmpl-1','object':'chat.completion.chunk',"
                + "'created':1,'model':'m','choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}");
        assertThat(OpenAiSchemas.problems("chatChunk", chunk)).isEmpty();
        chunk.fieldNames()
                .forEachRemaining(name -> assertThat(OpenAiSchemas.problems(
                                "chatChunk", chunk.deepCopy().without(name)))
                        .as(name)
                        .isNotEmpty());
    }

    private static String event(String client) {
        return switch (client) {
            case "chat" -> "chatChunk";
            case "completions" -> "textChunk";
            default -> "responseEvent";
        };
    }

    private static String whole(String client) {
        return switch (client) {
            case "chat" -> "chatCompletion";
            case "completions" -> "textCompletion";
            default -> "response";
        };
    }
}
