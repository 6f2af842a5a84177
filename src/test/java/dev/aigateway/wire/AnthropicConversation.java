package dev.aigateway.wire;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** anthropic-java on Messages. */
final class AnthropicConversation implements SdkConversation {
    private static final JsonMapper JSON = new JsonMapper();

    private final AnthropicClient client = AnthropicOkHttpClient.builder()
            .baseUrl(GatewayClient.baseUrl())
            .apiKey(Upstreams.ACCESS_KEY)
            .maxRetries(0)
            .build();
    private final MessageCreateParams.Builder request = MessageCreateParams.builder();
    private List<Call> calls = List.of();

    @Override
    public Turn ask(String model) {
        request.model(model)
                .maxTokens(4000)
                .enabledThinking(2000)
                .addUserMessage(QUESTION)
                .addTool(Tool.builder()
                        .name(TOOL)
                        .inputSchema(Tool.InputSchema.builder()
                                .properties(JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                .build())
                        .build());
        return turn();
    }

    @Override
    public Turn giveResults(List<String> results) {
        request.addUserMessageOfContentBlockParams(IntStream.range(0, results.size())
                .mapToObj(i -> ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                        .toolUseId(calls.get(i).id())
                        .content(results.get(i))
                        .build()))
                .toList());
        return turn();
    }

    @Override
    public List<String> finishes() {
        return List.of("tool_use", "end_turn");
    }

    @Override
    public void close() {
        client.close();
    }

    private Turn turn() {
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (var response = client.messages().createStreaming(request.build())) {
            response.stream().forEach(event -> accumulator.accumulate(event.validate()));
        }
        Message message = accumulator.message().validate();
        request.addMessage(message);
        calls = message.content().stream()
                .flatMap(block -> block.toolUse().stream())
                .map(AnthropicConversation::call)
                .toList();
        return new Turn(
                message.content().stream()
                        .flatMap(block -> block.thinking().stream())
                        .map(block -> block.thinking())
                        .collect(Collectors.joining()),
                message.content().stream()
                        .flatMap(block -> block.text().stream())
                        .map(block -> block.text())
                        .collect(Collectors.joining()),
                calls,
                message.stopReason().orElseThrow().asString(),
                message.usage().inputTokens()
                        + message.usage().cacheReadInputTokens().orElse(0L),
                message.usage().cacheReadInputTokens().orElse(0L),
                message.usage().outputTokens());
    }

    private static Call call(ToolUseBlock block) {
        try {
            return new Call(block.id(), block.name(), JSON.writeValueAsString(block._input()));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
