package dev.aigateway.wire;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionUsage;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** openai-java on Chat Completions. */
final class OpenAiChatConversation implements SdkConversation {
    private final OpenAIClient client = OpenAIOkHttpClient.builder()
            .baseUrl(GatewayClient.baseUrl() + "/v1")
            .apiKey(Upstreams.ACCESS_KEY)
            .maxRetries(0)
            .build();
    private final ChatCompletionCreateParams.Builder request = ChatCompletionCreateParams.builder();
    private List<Call> calls = List.of();

    @Override
    public Turn ask(String model) {
        request.model(model)
                .addUserMessage(QUESTION)
                .reasoningEffort(ReasoningEffort.LOW)
                .maxCompletionTokens(4000)
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .addTool(ChatCompletionFunctionTool.builder()
                        .function(FunctionDefinition.builder()
                                .name(TOOL)
                                .parameters(FunctionParameters.builder()
                                        .putAdditionalProperty("type", JsonValue.from("object"))
                                        .putAdditionalProperty(
                                                "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                        .build())
                                .build())
                        .build());
        return turn();
    }

    @Override
    public Turn giveResults(List<String> results) {
        for (int i = 0; i < results.size(); i++) {
            request.addMessage(ChatCompletionToolMessageParam.builder()
                    .toolCallId(calls.get(i).id())
                    .content(results.get(i))
                    .build());
        }
        return turn();
    }

    @Override
    public List<String> finishes() {
        return List.of("tool_calls", "stop");
    }

    @Override
    public void close() {
        client.close();
    }

    private Turn turn() {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        StringBuilder thinking = new StringBuilder();
        try (var response = client.chat().completions().createStreaming(request.build())) {
            response.stream().map(accumulator::accumulate).forEach(chunk -> thinking.append(thinking(chunk)));
        }
        ChatCompletion.Choice choice =
                accumulator.chatCompletion().choices().getFirst().validate();
        ChatCompletionMessage message = choice.message();
        request.addMessage(message);
        calls = message.toolCalls().orElse(List.of()).stream()
                .map(call -> call(call.asFunction()))
                .toList();
        CompletionUsage usage = accumulator.chatCompletion().usage().orElseThrow();
        return new Turn(
                thinking.toString(),
                message.content().orElse(""),
                calls,
                choice.finishReason().asString(),
                usage.promptTokens(),
                usage.promptTokensDetails().orElseThrow().cachedTokens().orElse(0L),
                usage.completionTokens());
    }

    /** The SDK knows no reasoning text; it hands the member over among the additional ones. */
    private static String thinking(ChatCompletionChunk chunk) {
        return chunk.choices().stream()
                .map(choice -> choice.delta()._additionalProperties().get("reasoning_content"))
                .filter(Objects::nonNull)
                .map(value -> value.convert(String.class))
                .collect(Collectors.joining());
    }

    private static Call call(ChatCompletionMessageFunctionToolCall call) {
        return new Call(call.id(), call.function().name(), call.function().arguments());
    }
}
