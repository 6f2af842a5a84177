package dev.aigateway.translation;

import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;

/** What each dialect calls a field, so that notes and errors speak the client's language whatever the target. */
public enum Field {
    MAX_TOKENS("max_tokens", "max_output_tokens", "max_tokens", "generationConfig.maxOutputTokens"),
    TEMPERATURE("temperature", "temperature", "temperature", "generationConfig.temperature"),
    TOP_P("top_p", "top_p", "top_p", "generationConfig.topP"),
    TOP_K("top_k", "top_k", "top_k", "generationConfig.topK"),
    SEED("seed", "seed", "seed", "generationConfig.seed"),
    STOP("stop", "stop", "stop_sequences", "generationConfig.stopSequences"),
    CANDIDATES("n", "n", "n", "generationConfig.candidateCount"),
    PRESENCE_PENALTY("presence_penalty", "presence_penalty", "presence_penalty", "generationConfig.presencePenalty"),
    FREQUENCY_PENALTY(
            "frequency_penalty", "frequency_penalty", "frequency_penalty", "generationConfig.frequencyPenalty"),
    LOGIT_BIAS("logit_bias", "logit_bias", "logit_bias", "logitBias"),
    LOGPROBS("logprobs", "top_logprobs", "logprobs", "generationConfig.responseLogprobs"),
    REASONING("reasoning_effort", "reasoning", "thinking", "generationConfig.thinkingConfig"),
    OUTPUT_FORMAT("response_format", "text.format", "output_config.format", "generationConfig.responseSchema"),
    VERBOSITY("verbosity", "text.verbosity", "verbosity", "verbosity"),
    TOOLS("tools", "tools", "tools", "tools"),
    TOOL_CHOICE("tool_choice", "tool_choice", "tool_choice", "toolConfig"),
    PARALLEL_TOOLS(
            "parallel_tool_calls", "parallel_tool_calls", "tool_choice.disable_parallel_tool_use", "parallelToolCalls"),
    END_USER("user", "user", "metadata.user_id", "labels"),
    METADATA("metadata", "metadata", "metadata", "labels"),
    CACHE_KEY("prompt_cache_key", "prompt_cache_key", "metadata.user_id", "cachedContent"),
    SERVICE_TIER("service_tier", "service_tier", "service_tier", "serviceTier"),
    SYSTEM("messages.system", "instructions", "system", "systemInstruction"),
    CACHE_MARK("cache_control", "cache_control", "cache_control", "cachedContent"),
    NAME("messages.name", "input.name", "messages.name", "contents.name"),
    CONTENT("messages.content", "input.content", "messages.content", "contents.parts"),
    TEXT("messages.content.text", "input.content.text", "messages.content.text", "contents.parts.text"),
    CITATIONS(
            "messages.annotations",
            "input.content.annotations",
            "messages.content.citations",
            "contents.groundingMetadata"),
    IMAGE(
            "messages.content.image_url",
            "input.content.image_url",
            "messages.content.source",
            "contents.parts.inlineData"),
    IMAGE_DETAIL(
            "messages.content.image_url.detail",
            "input.content.detail",
            "messages.content.detail",
            "contents.parts.mediaResolution"),
    AUDIO("messages.content.input_audio", "input.content.input_audio", "messages.content", "contents.parts.inlineData"),
    VIDEO("messages.content", "input.content", "messages.content", "contents.parts.inlineData"),
    DOCUMENT("messages.content.file", "input.content.input_file", "messages.content.source", "contents.parts.fileData"),
    THINKING("messages.reasoning_content", "input.reasoning", "messages.content.thinking", "contents.parts.thought"),
    REFUSAL("messages.refusal", "input.content.refusal", "messages.content", "contents.parts"),
    ARGUMENTS(
            "messages.tool_calls.function.arguments",
            "input.arguments",
            "messages.content.input",
            "contents.parts.functionCall.args"),
    TOOL_RESULT("messages.content", "input.output", "messages.content.tool_result", "contents.parts.functionResponse");

    private final String chat;
    private final String responses;
    private final String messages;
    private final String gemini;

    Field(String chat, String responses, String messages, String gemini) {
        this.chat = chat;
        this.responses = responses;
        this.messages = messages;
        this.gemini = gemini;
    }

    public String in(Dialect dialect) {
        return switch (dialect) {
            case CHAT, COMPLETIONS -> chat;
            case RESPONSES -> responses;
            case MESSAGES -> messages;
            case GEMINI -> gemini;
        };
    }

    /** The name that the client of this request knows. */
    public String in(Conversation conversation) {
        return in(conversation.source());
    }
}
