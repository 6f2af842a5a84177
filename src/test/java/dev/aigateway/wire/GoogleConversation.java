package dev.aigateway.wire;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GenerateContentResponseUsageMetadata;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Schema;
import com.google.genai.types.ThinkingConfig;
import com.google.genai.types.Tool;
import com.google.genai.types.Type;
import dev.aigateway.translation.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** google-genai on generateContent. */
final class GoogleConversation implements SdkConversation {
    private static final JsonMapper JSON = new JsonMapper();
    private static final GenerateContentConfig CONFIG = GenerateContentConfig.builder()
            .maxOutputTokens(4000)
            .thinkingConfig(ThinkingConfig.builder().includeThoughts(true).thinkingBudget(2000))
            .tools(Tool.builder()
                    .functionDeclarations(FunctionDeclaration.builder()
                            .name(TOOL)
                            .parameters(Schema.builder()
                                    .type(Type.Known.OBJECT)
                                    .properties(Map.of(
                                            "city",
                                            Schema.builder()
                                                    .type(Type.Known.STRING)
                                                    .build())))))
            .build();

    private final Client client = Client.builder()
            .apiKey(Upstreams.ACCESS_KEY)
            .httpOptions(HttpOptions.builder().baseUrl(GatewayClient.baseUrl()).build())
            .build();
    private final List<Content> contents = new ArrayList<>();
    private String model = "";
    private List<FunctionCall> calls = List.of();

    @Override
    public Turn ask(String askedModel) {
        model = askedModel;
        contents.add(
                Content.builder().role("user").parts(Part.fromText(QUESTION)).build());
        return turn();
    }

    @Override
    public Turn giveResults(List<String> results) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            FunctionResponse.Builder response =
                    FunctionResponse.builder().name(TOOL).response(Map.of("output", results.get(i)));
            calls.get(i).id().ifPresent(response::id);
            parts.add(Part.builder().functionResponse(response).build());
        }
        contents.add(Content.builder().role("user").parts(parts).build());
        return turn();
    }

    @Override
    public List<String> finishes() {
        return List.of("STOP", "STOP");
    }

    @Override
    public void close() {
        client.close();
    }

    private Turn turn() {
        List<Part> parts = new ArrayList<>();
        String finish = "";
        Optional<GenerateContentResponseUsageMetadata> counts = Optional.empty();
        try (var stream = client.models.generateContentStream(model, contents, CONFIG)) {
            for (GenerateContentResponse chunk : stream) {
                Optional.ofNullable(chunk.parts()).ifPresent(parts::addAll);
                finish = chunk.candidates()
                        .orElseThrow()
                        .getFirst()
                        .finishReason()
                        .map(Object::toString)
                        .orElse(finish);
                counts = chunk.usageMetadata().isPresent() ? chunk.usageMetadata() : counts;
            }
        }
        contents.add(Content.builder().role("model").parts(parts).build());
        calls = parts.stream().flatMap(part -> part.functionCall().stream()).toList();
        GenerateContentResponseUsageMetadata usage = counts.orElseThrow();
        return new Turn(
                text(parts, part -> part.thought().orElse(false)),
                text(parts, part -> !part.thought().orElse(false)),
                calls.stream().map(GoogleConversation::call).toList(),
                finish,
                usage.promptTokenCount().orElseThrow(),
                usage.cachedContentTokenCount().orElse(0),
                usage.candidatesTokenCount().orElse(0)
                        + usage.thoughtsTokenCount().orElse(0));
    }

    private static String text(List<Part> parts, Predicate<Part> wanted) {
        return parts.stream()
                .filter(wanted)
                .flatMap(part -> part.text().stream())
                .collect(Collectors.joining());
    }

    private static Call call(FunctionCall call) {
        return new Call(
                call.id().orElse(""),
                call.name().orElseThrow(),
                Json.text(JSON.valueToTree(call.args().orElseThrow())));
    }
}
