package dev.aigateway.translation.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Effort;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.translation.UpstreamDialect;
import dev.aigateway.translation.chat.ChatDialect;
import dev.aigateway.translation.gemini.GeminiDialect;
import dev.aigateway.translation.messages.MessagesDialect;
import dev.aigateway.translation.repair.Repair.BypassSignatures;
import dev.aigateway.translation.repair.Repair.CleanSchemas;
import dev.aigateway.translation.repair.Repair.DropEncryptedReasoning;
import dev.aigateway.translation.repair.Repair.DropThinking;
import dev.aigateway.translation.repair.Repair.FittingBudget;
import dev.aigateway.translation.repair.Repair.NearestEffort;
import dev.aigateway.translation.repair.Repair.Remove;
import dev.aigateway.translation.repair.Repair.Rename;
import dev.aigateway.translation.repair.Repair.SystemAsUser;
import dev.aigateway.translation.repair.Repair.ThinkingMode;
import dev.aigateway.translation.responses.ResponsesDialect;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Refusals as providers word them: sections 9.5 and 15.6. */
class RecognitionTest {
    private static final Dialect C = Dialect.CHAT;
    private static final Dialect R = Dialect.RESPONSES;
    private static final Dialect A = Dialect.MESSAGES;
    private static final Dialect G = Dialect.GEMINI;

    private static final Repair DROP_THINKING = new DropThinking();
    private static final Repair BYPASS = new BypassSignatures();
    private static final Repair DROP_ENCRYPTED = new DropEncryptedReasoning();
    private static final Repair CLEAN = new CleanSchemas();
    private static final Repair SYSTEM = new SystemAsUser();
    private static final Repair ADAPTIVE = new ThinkingMode(true);
    private static final Repair BUDGET = new ThinkingMode(false);

    static Stream<Arguments> messages() {
        return Stream.of(
                a("messages.1.content.0: Invalid `signature` in `thinking` block", DROP_THINKING),
                a("messages.5.content.0: Invalid `data` in `redacted_thinking` block", DROP_THINKING),
                a(
                        "messages.3.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be"
                                + " modified. These blocks must remain as they were in the original response.",
                        DROP_THINKING),
                a(
                        "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When"
                                + " `thinking` is enabled, a final `assistant` message must start with a thinking block.",
                        DROP_THINKING),
                a("messages.1.content.0.thinking.signature: Field required", DROP_THINKING),
                a("messages.1.content.0.thinking: each thinking block must contain thinking", DROP_THINKING),
                a(
                        "The model returned the following errors: messages.1.content.0: Invalid `signature` in `thinking` block",
                        DROP_THINKING),
                a(
                        "\\\"thinking.type.enabled\\\" is not supported for this model. Use \\\"thinking.type.adaptive\\\" and"
                                + " \\\"output_config.effort\\\" to control thinking behavior.",
                        ADAPTIVE),
                a("adaptive thinking is not supported on this model", BUDGET),
                a(
                        "thinking: Input tag 'adaptive' found using 'type' does not match any of the expected tags: 'disabled',"
                                + " 'enabled'",
                        BUDGET),
                a(
                        "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024",
                        new FittingBudget("thinking.budget_tokens", 1024, Integer.MAX_VALUE)),
                a("This model does not support the effort parameter.", remove("output_config.effort")),
                a(
                        "This model does not support effort level 'max'. Supported levels: high, low, medium, xhigh.",
                        new NearestEffort(
                                "output_config.effort", List.of(Effort.LOW, Effort.MEDIUM, Effort.HIGH, Effort.XHIGH))),
                a("'claude-3-5-sonnet-20241022' does not support thinking.", remove("thinking")),
                a("temperature is deprecated for this model.", remove("temperature")),
                a("`top_k` is not supported for this model", remove("top_k")),
                a(
                        "`temperature` and `top_p` cannot both be specified for this model. Please use only one.",
                        removeHere("top_p")),
                a(
                        "`temperature` may only be set to 1 when thinking is enabled. Please consult our documentation.",
                        removeHere("temperature")),
                a(
                        "`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.",
                        removeHere("top_p")),
                a("context_management: Extra inputs are not permitted", remove("context_management")),
                a("output_config: Extra inputs are not permitted", remove("output_config.effort")),
                a(
                        "messages: Unexpected role \\\"system\\\". The Messages API accepts a top-level `system` parameter, not"
                                + " \\\"system\\\" as an input message role.",
                        SYSTEM));
    }

    static Stream<Arguments> chat() {
        return Stream.of(
                c(
                        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
                        "max_tokens",
                        "unsupported_parameter",
                        new Rename("max_tokens", "max_completion_tokens")),
                c(
                        "Unsupported value: 'temperature' does not support 0.7 with this model. Only the default (1) value is"
                                + " supported.",
                        "temperature",
                        "unsupported_value",
                        remove("temperature")),
                c(
                        "Unsupported parameter: 'parallel_tool_calls' is not supported with this model.",
                        "parallel_tool_calls",
                        "unsupported_parameter",
                        remove("parallel_tool_calls")),
                c(
                        "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
                        "messages[0].role",
                        "unsupported_value",
                        SYSTEM),
                c(
                        "Unsupported value: 'xhigh' is not supported with the 'gpt-5' model. Supported values are: 'minimal',"
                                + " 'low', 'medium', and 'high'.",
                        "reasoning_effort",
                        "unsupported_value",
                        new NearestEffort(
                                "reasoning_effort", List.of(Effort.MINIMAL, Effort.LOW, Effort.MEDIUM, Effort.HIGH))),
                c(
                        C,
                        "{'error':{'message':'Unrecognized request argument supplied: reasoning_effort'}}",
                        remove("reasoning_effort")),
                c(
                        C,
                        "{'error':{'message':'Unrecognized request argument supplied: max_completion_tokens'}}",
                        new Rename("max_completion_tokens", "max_tokens")),
                c(C, "{'error':'Argument not supported on this model: presencePenalty'}", remove("presence_penalty")),
                c(
                        C,
                        "{'error':'Model grok-4 does not support parameter reasoningEffort.'}",
                        remove("reasoning_effort")),
                c(C, "{'error':{'message':'property `store` is unsupported'}}", remove("store")),
                c(
                        C,
                        "{'detail':[{'type':'extra_forbidden','loc':['body','stream_options'],'msg':'Extra inputs are not"
                                + " permitted'}]}",
                        remove("stream_options")),
                c(
                        C,
                        "{'message':'[{\\'type\\': \\'extra_forbidden\\', \\'loc\\': (\\'body\\', \\'top_k\\'), \\'msg\\': \\'Extra inputs"
                                + " are not permitted\\'}]'}",
                        remove("top_k")),
                c(C, "{'object':'error','message':'System role not supported','code':400}", SYSTEM),
                c(
                        C,
                        "{'error':{'message':'litellm.UnsupportedParamsError: m does not support parameters: [`seed`], for"
                                + " model=m'}}",
                        remove("seed")),
                c(C, "{'error':{'message':'Invalid `signature` in `thinking` block'}}", DROP_THINKING),
                c(
                        C,
                        "[{'error':{'code':400,'message':'Function call is missing a thought_signature in functionCall parts.'}}]",
                        BYPASS),
                c(
                        C,
                        "{'error':{'message':'Unsupported parameter: `temperature` is not supported when reasoning is on'}}",
                        removeHere("temperature")));
    }

    static Stream<Arguments> responses() {
        return Stream.of(
                c(
                        R,
                        "{'error':{'message':'The encrypted content gAAA...9w== could not be verified.','code':'invalid_encrypted_content'}}",
                        DROP_ENCRYPTED),
                c(
                        R,
                        "{'error':{'message':'The encrypted content gAAA could not be verified. Reason: x','code':null}}",
                        DROP_ENCRYPTED),
                c(
                        R,
                        "{'error':{'message':'Unsupported parameter: `temperature` is not supported with this"
                                + " model.','param':'temperature'}}",
                        remove("temperature")),
                c(R, "{'detail':'Unsupported parameter: max_output_tokens'}", remove("max_output_tokens")),
                c(R, "{'detail':'System messages are not allowed'}", SYSTEM),
                c(
                        R,
                        "{'error':{'message':'Unsupported parameter: `max_tokens`. In the Responses API, use `max_output_tokens`.',"
                                + "'code':'unsupported_parameter','param':'max_tokens'}}",
                        new Rename("max_tokens", "max_output_tokens")),
                c(
                        R,
                        "{'error':{'message':'Unsupported parameter: `reasoning.effort` is not supported with this model.',"
                                + "'param':'reasoning.effort','code':'unsupported_parameter'}}",
                        remove("reasoning.effort")),
                c(
                        R,
                        "{'error':{'message':'Invalid value: `none`. Supported values are: `low`, `medium`, and"
                                + " `high`.','param':'reasoning.effort','code':'invalid_value'}}",
                        new NearestEffort("reasoning.effort", List.of(Effort.LOW, Effort.MEDIUM, Effort.HIGH))));
    }

    static Stream<Arguments> gemini() {
        return Stream.of(
                g(
                        "Function call is missing a thought_signature in functionCall parts. This is required for tools to work"
                                + " correctly. Additional data, function call `default_api:ls` , position 2.",
                        BYPASS),
                g("Corrupted thought signature.", BYPASS),
                g("Thought signature is not valid", BYPASS),
                g(
                        "Invalid JSON payload received. Unknown name \\\"exclusiveMinimum\\\" at"
                                + " 'tools[0].function_declarations[0].parameters.properties[0].value': Cannot find field.",
                        CLEAN),
                g(
                        "* GenerateContentRequest.tools[0].function_declarations[3].parameters.properties[a].items: missing"
                                + " field.\\n",
                        CLEAN),
                g(
                        "Invalid JSON payload received. Unknown name \\\"parametersJsonSchema\\\" at"
                                + " 'tools[0].function_declarations[0]': Cannot find field.",
                        CLEAN),
                g(
                        "Invalid JSON payload received. Unknown name \\\"const\\\" at 'generation_config.response_schema':"
                                + " Cannot find field.",
                        CLEAN),
                g(
                        "Unable to submit request because `f` functionDeclaration `parameters.x` schema didn't specify the schema"
                                + " type field.",
                        CLEAN),
                g(
                        "Invalid JSON payload received. Unknown name \\\"presencePenalty\\\" at 'generation_config': Cannot find"
                                + " field.",
                        remove("generationConfig.presencePenalty")),
                g(
                        "Invalid JSON payload received. Unknown name \\\"thinkingLevel\\\" at 'generation_config.thinking_config':"
                                + " Cannot find field.",
                        remove("generationConfig.thinkingConfig.thinkingLevel")),
                g(
                        "Penalty is not enabled for models/gemini-2.5-flash-lite",
                        new Remove(
                                List.of("generationConfig.presencePenalty", "generationConfig.frequencyPenalty"),
                                true)),
                g(
                        "The thinking budget 50000 is invalid. Please choose a value between 512 and 24576.",
                        new FittingBudget("generationConfig.thinkingConfig.thinkingBudget", 512, 24576)),
                g(
                        "Budget 0 is invalid. This model only works in thinking mode.",
                        new FittingBudget("generationConfig.thinkingConfig.thinkingBudget", 128, Integer.MAX_VALUE)),
                g(
                        "Thinking level MEDIUM is not supported for this model. Please retry with other thinking level.",
                        new NearestEffort(
                                "generationConfig.thinkingConfig.thinkingLevel",
                                List.of(Effort.MINIMAL, Effort.LOW, Effort.HIGH))),
                g(
                        "Thinking level is not supported for this model.",
                        remove("generationConfig.thinkingConfig.thinkingLevel")),
                g("Developer instruction is not enabled for models/gemma-3-27b-it", SYSTEM));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource({"messages", "chat", "responses", "gemini"})
    void refusal_inKnownWords_isRecognised(Dialect upstream, int status, String body, Repair repair) {
        assertThat(recognised(upstream, status, body)).contains(repair);
    }

    static Stream<Arguments> others() {
        return Stream.of(
                // Section 15.6: what a refused prefill means is for the client to decide.
                other(
                        A,
                        400,
                        "This model does not support assistant message prefill. The conversation must end with a user message."),
                other(A, 400, "messages.2.content.1.tool_result: unexpected tool_use_id"),
                other(A, 400, "max_tokens: 200000 > 64000, which is the maximum allowed number of output tokens"),
                other(A, 400, "`max_tokens` must be greater than `thinking.budget_tokens`."),
                other(A, 400, "prompt is too long: 208310 tokens > 200000 maximum"),
                other(A, 400, "Thinking may not be enabled when tool_choice forces tool use."),
                other(
                        A,
                        400,
                        "tools.0.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12"),
                other(A, 400, "messages: Extra inputs are not permitted"),
                other(A, 400, "tools: Extra inputs are not permitted"),
                other(A, 400, "messages.0.content.0.text.cache_control: Extra inputs are not permitted"),
                other(A, 400, "Your credit balance is too low to access the Anthropic API."),
                other(A, 500, "messages.1.content.0: Invalid `signature` in `thinking` block"),
                other(A, 429, "temperature is deprecated for this model."),
                other(A, 404, "model: claude-9 is not supported"),
                other(A, 400, "The encrypted content gAAA could not be verified."),
                other(C, 400, "Unsupported parameter: 'messages' is not supported with this model."),
                other(C, 400, "Unsupported parameter: 'tools' is not supported with this model."),
                other(C, 400, "Unsupported parameter: 'response_format' is not supported with this model."),
                other(C, 400, "max_tokens is too large: 100000. This model supports at most 16384 completion tokens."),
                other(C, 400, "Invalid type for 'temperature': expected a decimal, but got a string instead."),
                other(C, 400, "Invalid 'temperature': decimal above maximum value. Expected a value <= 2."),
                other(C, 400, "'tool_choice' is only allowed when 'tools' are specified."),
                other(C, 400, "Conversation roles must alternate user/assistant/user/assistant/..."),
                other(
                        C,
                        400,
                        "Invalid schema for function 'f': In context=('properties', 'a'), 'format' is not permitted."),
                other(C, 400, "property 'messages.0.reasoning_content' is unsupported"),
                other(C, 403, "Unsupported parameter: 'temperature' is not supported with this model."),
                other(R, 400, "Previous response with id 'resp_1' not found."),
                other(R, 400, "Unsupported parameter: 'input'"),
                other(R, 400, "No tool output found for function call call_1."),
                other(R, 400, "Invalid `signature` in `thinking` block"),
                other(G, 400, "Function calling is not enabled for models/gemma-3-27b-it"),
                other(G, 400, "Invalid JSON payload received. Unknown name \\\"foo\\\": Cannot find field."),
                other(
                        G,
                        400,
                        "Invalid JSON payload received. Unknown name \\\"foo\\\" at 'contents[0].parts[0]': Cannot find field."),
                other(
                        G,
                        400,
                        "Invalid JSON payload received. Unknown name \\\"candidateCount\\\" at 'generation_config': Cannot find field."),
                other(
                        G,
                        400,
                        "* GenerateContentRequest.tools[0].function_declarations[0].name: Invalid function name."),
                other(
                        G,
                        400,
                        "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576)."),
                other(G, 400, "User location is not supported for the API use."));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("others")
    void refusal_inOtherWords_isNot(Dialect upstream, int status, String body) {
        assertThat(recognised(upstream, status, body)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void refusal_withoutWords_isNot(String body) {
        for (Dialect upstream : List.of(C, R, A, G)) {
            assertThat(recognised(upstream, 400, body)).isEmpty();
        }
    }

    static Stream<String> bodies() {
        return Stream.of("", "{}", "[]", "null", "<html>Unsupported</html>", "{\"error\":{\"message\":\" \"}}");
    }

    @Test
    void keyRefusedWithA400_isNot() {
        assertThat(
                        recognised(
                                G,
                                400,
                                "{\"error\":{\"message\":\"Corrupted thought signature\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}"))
                .isEmpty();
    }

    private static Optional<Repair> recognised(Dialect upstream, int status, String body) {
        GatewayError error = dialect(upstream).readError(status, body.getBytes(StandardCharsets.UTF_8));
        return Recognition.of(upstream, error);
    }

    private static UpstreamDialect dialect(Dialect upstream) {
        return switch (upstream) {
            case CHAT, COMPLETIONS -> new ChatDialect();
            case RESPONSES -> new ResponsesDialect();
            case MESSAGES -> new MessagesDialect();
            case GEMINI -> new GeminiDialect();
        };
    }

    private static Repair remove(String path) {
        return new Remove(List.of(path), true);
    }

    private static Repair removeHere(String path) {
        return new Remove(List.of(path), false);
    }

    private static Arguments a(String message, Repair repair) {
        return Arguments.of(A, 400, body(A, 400, message), repair);
    }

    private static Arguments g(String message, Repair repair) {
        return Arguments.of(G, 400, body(G, 400, message), repair);
    }

    private static Arguments c(String message, String param, String code, Repair repair) {
        String body =
                "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":\"%s\",\"code\":\"%s\"}}"
                        .formatted(message, param, code);
        return Arguments.of(C, 400, body, repair);
    }

    private static Arguments c(Dialect upstream, String body, Repair repair) {
        int status = body.contains("extra_forbidden") ? 422 : 400;
        // Backquotes stand for the single quotes of the message, single quotes for those of JSON.
        String json = body.replace("\\'", "\u0001")
                .replace('\'', '"')
                .replace('`', '\'')
                .replace('\u0001', '\'');
        return Arguments.of(upstream, status, json, repair);
    }

    private static Arguments other(Dialect upstream, int status, String message) {
        return Arguments.of(upstream, status, body(upstream, status, message));
    }

    private static String body(Dialect upstream, int status, String message) {
        return switch (upstream) {
            case MESSAGES ->
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"" + message + "\"}}";
            case GEMINI ->
                "{\"error\":{\"code\":" + status + ",\"message\":\"" + message + "\",\"status\":\"INVALID_ARGUMENT\"}}";
            case CHAT, COMPLETIONS, RESPONSES ->
                "{\"error\":{\"message\":\"" + message
                        + "\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}";
        };
    }
}
