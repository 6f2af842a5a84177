package dev.aigateway.wire;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseReasoningItem;
import com.openai.models.responses.ResponseUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** openai-java on Responses, without stored state: the client sends reasoning and calls back itself. */
final class OpenAiResponsesConversation implements SdkConversation {
    private final OpenAIClient client = OpenAIOkHttpClient.builder()
            .baseUrl(GatewayClient.baseUrl() + "/v1")
            .apiKey(Upstreams.ACCESS_KEY)
            .maxRetries(0)
            .build();
    private final ResponseCreateParams.Builder request = ResponseCreateParams.builder();
    private final List<ResponseInputItem> input = new ArrayList<>();
    private List<Call> calls = List.of();

    @Override
    public Turn ask(String model) {
        request.model(model)
                .store(false)
                .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT)
                .maxOutputTokens(4000)
                .reasoning(Reasoning.builder()
                        .effort(ReasoningEffort.LOW)
                        .summary(Reasoning.Summary.AUTO)
                        .build())
                .addTool(FunctionTool.builder()
                        .name(TOOL)
                        .strict(false)
                        .parameters(FunctionTool.Parameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                .build())
                        .build());
        input.add(ResponseInputItem.ofMessage(ResponseInputItem.Message.builder()
                .role(ResponseInputItem.Message.Role.USER)
                .addInputTextContent(QUESTION)
                .build()));
        return turn();
    }

    @Override
    public Turn giveResults(List<String> results) {
        for (int i = 0; i < results.size(); i++) {
            input.add(ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                    .callId(calls.get(i).id())
                    .output(results.get(i))
                    .build()));
        }
        return turn();
    }

    @Override
    public List<String> finishes() {
        return List.of("completed", "completed");
    }

    @Override
    public void close() {
        client.close();
    }

    private Turn turn() {
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        try (var response = client.responses()
                .createStreaming(request.inputOfResponse(List.copyOf(input)).build())) {
            response.stream().forEach(event -> accumulator.accumulate(event.validate()));
        }
        Response answer = accumulator.response().validate();
        answer.output().forEach(item -> input.add(sentBack(item)));
        calls = answer.output().stream()
                .flatMap(item -> item.functionCall().stream())
                .map(call -> new Call(call.callId(), call.name(), call.arguments()))
                .toList();
        ResponseUsage usage = answer.usage().orElseThrow();
        return new Turn(
                answer.output().stream()
                        .flatMap(item -> item.reasoning().stream())
                        .flatMap(item -> item.summary().stream())
                        .map(ResponseReasoningItem.Summary::text)
                        .collect(Collectors.joining()),
                answer.output().stream()
                        .flatMap(item -> item.message().stream())
                        .flatMap(item -> item.content().stream())
                        .map(part -> part.asOutputText().text())
                        .collect(Collectors.joining()),
                calls,
                answer.status().orElseThrow().asString(),
                usage.inputTokens(),
                usage.inputTokensDetails().cachedTokens(),
                usage.outputTokens());
    }

    private static ResponseInputItem sentBack(ResponseOutputItem item) {
        if (item.isReasoning()) {
            return ResponseInputItem.ofReasoning(item.asReasoning());
        }
        return item.isMessage()
                ? ResponseInputItem.ofResponseOutputMessage(item.asMessage())
                : ResponseInputItem.ofFunctionCall(item.asFunctionCall());
    }
}
