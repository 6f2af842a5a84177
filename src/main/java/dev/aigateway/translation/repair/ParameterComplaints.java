package dev.aigateway.translation.repair;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.translation.repair.Repair.Remove;
import dev.aigateway.translation.repair.Repair.Rename;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Recognises that one parameter is refused. Only those without which the request still means the same may be removed:
 * never a message, a tool or the form of the answer. Stateless (translation reference, section 15.6).
 */
final class ParameterComplaints {
    private static final Set<String> CHAT = Set.of(
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "seed",
            "stop",
            "presence_penalty",
            "frequency_penalty",
            "logit_bias",
            "logprobs",
            "top_logprobs",
            "parallel_tool_calls",
            "stream_options",
            "reasoning_effort",
            "reasoning",
            "thinking",
            "user",
            "store",
            "metadata",
            "service_tier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "safety_identifier",
            "verbosity");
    private static final Set<String> RESPONSES = Set.of(
            "temperature",
            "top_p",
            "top_logprobs",
            "parallel_tool_calls",
            "stream_options",
            "reasoning",
            "reasoning.effort",
            "reasoning.summary",
            "text.verbosity",
            "max_output_tokens",
            "max_tool_calls",
            "user",
            "store",
            "metadata",
            "service_tier",
            "prompt_cache_key",
            "prompt_cache_retention",
            "safety_identifier",
            "truncation");
    private static final Set<String> MESSAGES = Set.of(
            "temperature",
            "top_p",
            "top_k",
            "stop_sequences",
            "thinking",
            "output_config.effort",
            "context_management",
            "metadata",
            "service_tier");
    private static final Set<String> GEMINI = Set.of(
            "generationConfig.temperature",
            "generationConfig.topP",
            "generationConfig.topK",
            "generationConfig.seed",
            "generationConfig.presencePenalty",
            "generationConfig.frequencyPenalty",
            "generationConfig.logprobs",
            "generationConfig.responseLogprobs",
            "generationConfig.mediaResolution",
            "generationConfig.thinkingConfig",
            "generationConfig.thinkingConfig.thinkingLevel",
            "generationConfig.thinkingConfig.thinkingBudget",
            "generationConfig.thinkingConfig.includeThoughts",
            "serviceTier");

    private static final Map<String, String> CHAT_NAMES =
            Map.of("max_tokens", "max_completion_tokens", "max_completion_tokens", "max_tokens");
    private static final Map<String, String> RESPONSES_NAMES =
            Map.of("max_tokens", "max_output_tokens", "max_completion_tokens", "max_output_tokens");

    private static final String NAME = "[`'\"]?([A-Za-z_]\\w*(?:\\.\\w+)*)[`'\"]?";
    private static final String QUOTED = "[`'\"]([A-Za-z_]\\w*(?:\\.\\w+)*)[`'\"]";

    /** The name is the first group. */
    private static final List<Pattern> PHRASES = Stream.of(
                    "(?:unsupported|unknown|unrecognized) (?:request )?(?:parameter|argument|field)s?(?: supplied)?:? "
                            + NAME,
                    "unsupported value: " + QUOTED + " does not support",
                    QUOTED + " is (?:not supported|unsupported|deprecated)",
                    "^" + NAME + " is (?:not supported|unsupported|deprecated)",
                    "does not support (?:the )?parameters?:? [\\[{(]?" + NAME,
                    "does not support the " + QUOTED + " parameter",
                    "argument not supported on this model: " + NAME,
                    "^" + NAME + ": extra inputs are not permitted",
                    "'loc': \\('body', " + QUOTED + "\\), 'msg': 'extra inputs are not permitted'",
                    "\\b(temperature|top_p|top_k)\\b\\W{1,3}(?:may only|must) be\\b.{0,80}\\bwhen thinking is enabled",
                    "temperature\\W{1,3}and\\W{1,3}(top_p)\\W{1,3}cannot both be specified")
            .map(ParameterComplaints::words)
            .toList();

    /** Said without a name, which stands beside it. */
    private static final Pattern NAMELESS = words("^extra inputs are not permitted");

    private static final Set<String> CODES = Set.of("unsupported_parameter", "unknown_parameter", "unsupported_value");
    private static final Pattern CONDITION = words("\\b(when|unless|if|while|both|together)\\b");

    private static final Pattern GEMINI_NAME = words("unknown name \"(\\w+)\" at '(generation_?config[\\w.]*)'");
    private static final Pattern GEMINI_TOP_NAME = words("unknown name \"(service_?tier)\":");
    private static final Pattern PENALTY = words("penalty is not enabled");
    private static final Pattern LOGPROBS = words("logprobs is not (?:enabled|supported)");

    private ParameterComplaints() {}

    static Optional<Repair> read(Dialect upstream, GatewayError error) {
        return switch (upstream) {
            case CHAT, COMPLETIONS -> named(error).flatMap(name -> repair(snake(name), CHAT, CHAT_NAMES, error));
            case RESPONSES -> named(error).flatMap(name -> repair(name, RESPONSES, RESPONSES_NAMES, error));
            case MESSAGES -> named(error).flatMap(name -> repair(messagesName(name), MESSAGES, Map.of(), error));
            case GEMINI -> gemini(error.message());
        };
    }

    private static Optional<Repair> repair(
            String name, Set<String> removable, Map<String, String> otherNames, GatewayError error) {
        if (otherNames.containsKey(name)) {
            return Optional.of(new Rename(name, otherNames.get(name)));
        }
        boolean always = !CONDITION.matcher(error.message()).find();
        return removable.contains(name) ? Optional.of(new Remove(List.of(name), always)) : Optional.empty();
    }

    /** The parameter that a refusal names, by its own member or in the middle of its words. */
    private static Optional<String> named(GatewayError error) {
        boolean telling = error.code().filter(CODES::contains).isPresent()
                || NAMELESS.matcher(error.message()).find();
        return error.param()
                .filter(param -> telling)
                .or(() -> PHRASES.stream()
                        .map(phrase -> phrase.matcher(error.message()))
                        .filter(Matcher::find)
                        .map(match -> match.group(1))
                        .findFirst());
    }

    /** Only the effort may be taken from its object, which may hold the form of the answer too. */
    private static String messagesName(String name) {
        return name.equals("output_config") ? ThinkingComplaints.MESSAGES_EFFORT : name;
    }

    private static Optional<Repair> gemini(String message) {
        Matcher name = GEMINI_NAME.matcher(message);
        if (name.find()) {
            String path = camel(name.group(2)) + "." + camel(name.group(1));
            return GEMINI.contains(path) ? Optional.of(new Remove(List.of(path), true)) : Optional.empty();
        }
        Matcher top = GEMINI_TOP_NAME.matcher(message);
        if (top.find()) {
            return Optional.of(new Remove(List.of(camel(top.group(1))), true));
        }
        if (PENALTY.matcher(message).find()) {
            return Optional.of(
                    new Remove(List.of("generationConfig.presencePenalty", "generationConfig.frequencyPenalty"), true));
        }
        return LOGPROBS.matcher(message).find()
                ? Optional.of(
                        new Remove(List.of("generationConfig.responseLogprobs", "generationConfig.logprobs"), true))
                : Optional.empty();
    }

    /** Some providers of Chat name its parameters in their own spelling. */
    private static String snake(String name) {
        return Spelling.snake(name);
    }

    private static String camel(String name) {
        return Spelling.camel(name);
    }

    private static Pattern words(String pattern) {
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
