package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.AnthropicException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.OpenAIException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The official SDKs hold a streamed conversation with tools against an upstream of the other vendor. */
@QuarkusTest
@QuarkusTestResource(Upstreams.class)
class SdkTest {
    @Upstreams.Inject
    ScriptedUpstream openai;

    @Upstreams.Inject
    ScriptedUpstream anthropic;

    @BeforeEach
    void reset() {
        openai.reset();
        anthropic.reset();
    }

    @Test
    void openAiSdk_overAnthropicUpstream_completesAToolConversation() throws IOException {
        anthropic
                .then(stream("chat-to-messages/parallel-tools-stream"))
                .then(stream("chat-to-messages/thinking-stream"));
        try (OpenAiSession client = new OpenAiSession()) {
            ChatCompletionCreateParams.Builder conversation = ChatCompletionCreateParams.builder()
                    .model("claude-sonnet-4-5")
                    .addUserMessage("Weather and time in Rome?")
                    .addTool(openAiTool("get_weather"))
                    .addTool(openAiTool("get_time"));

            ChatCompletion asked = client.stream(conversation.build());
            List<ChatCompletionMessageFunctionToolCall> calls =
                    asked.choices().getFirst().message().toolCalls().orElseThrow().stream()
                            .map(call -> call.asFunction())
                            .toList();
            assertThat(asked.choices().getFirst().finishReason())
                    .isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
            assertThat(calls).extracting(call -> call.function().name()).containsExactly("get_weather", "get_time");
            assertThat(calls.getFirst().function().arguments()).isEqualTo("{\"city\": \"Rome\", \"days\": 3}");

            conversation.addMessage(asked.choices().getFirst().message());
            for (ChatCompletionMessageFunctionToolCall call : calls) {
                conversation.addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(call.id())
                        .content("sunny")
                        .build());
            }
            ChatCompletion answered = client.stream(conversation.build());
            assertThat(answered.choices().getFirst().message().content()).contains("Done.");
            assertThat(answered.choices().getFirst().finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        }
        anthropic.take();
        assertThat(anthropic.take().text())
                .contains("{\"type\":\"tool_result\",\"tool_use_id\":\"toolu_1\",\"content\":\"sunny\"}")
                .contains("\"tool_use_id\":\"toolu_2\"");
    }

    @Test
    void anthropicSdk_overOpenAiUpstream_completesAToolConversation() throws IOException {
        openai.then(stream("messages-to-chat/parallel-tools-stream")).then(stream("messages-to-chat/text-stream"));
        try (AnthropicSession client = new AnthropicSession()) {
            MessageCreateParams.Builder conversation = MessageCreateParams.builder()
                    .model("gpt-4o")
                    .maxTokens(100)
                    .addUserMessage("Weather and time in Rome?")
                    .addTool(anthropicTool("get_weather"))
                    .addTool(anthropicTool("get_time"));

            Message asked = client.stream(conversation.build());
            assertThat(asked.stopReason()).contains(com.anthropic.models.messages.StopReason.TOOL_USE);
            List<com.anthropic.models.messages.ToolUseBlock> calls = asked.content().stream()
                    .flatMap(block -> block.toolUse().stream())
                    .toList();
            assertThat(calls).extracting(call -> call.name()).containsExactly("get_weather", "get_time");
            assertThat(calls.getFirst()._input().toString()).contains("Rome");
            assertThat(asked.usage().inputTokens()).isEqualTo(60);
            assertThat(asked.usage().cacheReadInputTokens()).contains(40L);

            conversation.addMessage(asked);
            conversation.addUserMessageOfContentBlockParams(calls.stream()
                    .map(call -> ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                            .toolUseId(call.id())
                            .content("sunny")
                            .build()))
                    .toList());
            Message answered = client.stream(conversation.build());
            assertThat(answered.content().getFirst().asText().text()).isEqualTo("Hi there");
            assertThat(answered.stopReason()).contains(com.anthropic.models.messages.StopReason.END_TURN);
        }
        openai.take();
        assertThat(openai.take().text())
                .contains("{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"sunny\"}")
                .contains("{\"role\":\"tool\",\"tool_call_id\":\"c2\",\"content\":\"sunny\"}");
    }

    @Test
    void openAiSdk_streamThatBreaks_raises() throws IOException {
        anthropic.then(stream("chat-to-messages/error-mid-stream"));
        try (OpenAiSession client = new OpenAiSession()) {
            assertThatThrownBy(() -> client.stream(ChatCompletionCreateParams.builder()
                            .model("claude-sonnet-4-5")
                            .addUserMessage("x")
                            .build()))
                    .isInstanceOf(OpenAIException.class);
        }
    }

    @Test
    void anthropicSdk_streamThatBreaks_raises() throws IOException {
        openai.then(stream("messages-to-chat/error-mid-stream"));
        try (AnthropicSession client = new AnthropicSession()) {
            assertThatThrownBy(() -> client.stream(MessageCreateParams.builder()
                            .model("gpt-4o")
                            .maxTokens(10)
                            .addUserMessage("x")
                            .build()))
                    .isInstanceOf(AnthropicException.class);
        }
    }

    private static Script stream(String goldenCase) throws IOException {
        return Script.stream(Files.readString(Path.of("src/test/resources/golden", goldenCase, "upstream-answer.sse")));
    }

    private static ChatCompletionFunctionTool openAiTool(String name) {
        return ChatCompletionFunctionTool.builder()
                .function(FunctionDefinition.builder()
                        .name(name)
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty("properties", JsonValue.from(Map.of()))
                                .build())
                        .build())
                .build();
    }

    private static Tool anthropicTool(String name) {
        return Tool.builder()
                .name(name)
                .inputSchema(Tool.InputSchema.builder().build())
                .build();
    }

    private static final class OpenAiSession implements AutoCloseable {
        private final OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(GatewayClient.baseUrl() + "/v1")
                .apiKey(Upstreams.ACCESS_KEY)
                .maxRetries(0)
                .build();

        ChatCompletion stream(ChatCompletionCreateParams params) {
            ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
            try (var response = client.chat().completions().createStreaming(params)) {
                response.stream().forEach(accumulator::accumulate);
            }
            return accumulator.chatCompletion();
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private static final class AnthropicSession implements AutoCloseable {
        private final AnthropicClient client = AnthropicOkHttpClient.builder()
                .baseUrl(GatewayClient.baseUrl())
                .apiKey(Upstreams.ACCESS_KEY)
                .maxRetries(0)
                .build();

        Message stream(MessageCreateParams params) {
            MessageAccumulator accumulator = MessageAccumulator.create();
            try (var response = client.messages().createStreaming(params)) {
                response.stream().forEach(accumulator::accumulate);
            }
            return accumulator.message();
        }

        @Override
        public void close() {
            client.close();
        }
    }
}
