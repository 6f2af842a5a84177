package dev.aigateway.translation.repair;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Effort;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.translation.repair.Repair.FittingBudget;
import dev.aigateway.translation.repair.Repair.NearestEffort;
import dev.aigateway.translation.repair.Repair.Remove;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognises that a model does not think as hard, or as little, as it was asked to (translation reference, sections 9.1
 * and 9.5). Stateless.
 */
final class ThinkingComplaints {
    static final String CHAT_EFFORT = "reasoning_effort";
    static final String RESPONSES_EFFORT = "reasoning.effort";
    static final String MESSAGES_EFFORT = "output_config.effort";
    static final String MESSAGES_BUDGET = "thinking.budget_tokens";
    static final String GEMINI_THINKING = "generationConfig.thinkingConfig";
    static final String GEMINI_LEVEL = GEMINI_THINKING + ".thinkingLevel";
    static final String GEMINI_BUDGET = GEMINI_THINKING + ".thinkingBudget";

    /** The least that a model takes which cannot be kept from thinking. */
    private static final int LEAST_OF_GEMINI = 128;

    private static final List<Effort> LEVELS = List.of(Effort.MINIMAL, Effort.LOW, Effort.MEDIUM, Effort.HIGH);

    private static final Pattern ACCEPTED =
            words("(?:supported (?:values|levels)(?: are)?|input should be|must be one of)" + "[: ]+([^.\\n]+)");
    private static final Pattern WORD = Pattern.compile("[a-z]+");
    private static final Pattern NO_EFFORT = words("does not support the effort parameter");
    private static final Pattern NO_CLAUDE_THINKING = words("does not support thinking\\b");
    private static final Pattern LEAST = words("budget_tokens: input should be greater than or equal to (\\d{1,7})\\b");
    private static final Pattern ONE_LEVEL = words("thinking level (minimal|low|medium|high) is not supported");
    private static final Pattern NO_LEVEL = words("thinking[_ ]?level is not supported");
    private static final Pattern NO_BUDGET = words("thinking[_ ]?budget is not supported");
    private static final Pattern NO_GEMINI_THINKING =
            words("thinking is not (?:enabled|supported) (?:for|by|on|with)\\b");
    private static final Pattern RANGE = words("budget -?\\d+ is invalid.{0,80} between (\\d{1,7}) and (\\d{1,7})\\b");
    private static final Pattern MUST_THINK = words("budget 0 is invalid.{0,80}only works in thinking mode");

    private ThinkingComplaints() {}

    static Optional<Repair> read(Dialect upstream, GatewayError error) {
        return switch (upstream) {
            case CHAT, COMPLETIONS -> effort(CHAT_EFFORT, error);
            case RESPONSES -> effort(RESPONSES_EFFORT, error);
            case MESSAGES -> messages(error);
            case GEMINI -> gemini(error.message());
        };
    }

    private static Optional<Repair> messages(GatewayError error) {
        Matcher least = LEAST.matcher(error.message());
        if (least.find()) {
            return Optional.of(new FittingBudget(MESSAGES_BUDGET, Integer.parseInt(least.group(1)), Integer.MAX_VALUE));
        }
        if (NO_EFFORT.matcher(error.message()).find()) {
            return remove(MESSAGES_EFFORT);
        }
        return NO_CLAUDE_THINKING.matcher(error.message()).find() ? remove("thinking") : effort(MESSAGES_EFFORT, error);
    }

    private static Optional<Repair> gemini(String message) {
        Matcher range = RANGE.matcher(message);
        if (range.find()) {
            return Optional.of(new FittingBudget(
                    GEMINI_BUDGET, Integer.parseInt(range.group(1)), Integer.parseInt(range.group(2))));
        }
        if (MUST_THINK.matcher(message).find()) {
            return Optional.of(new FittingBudget(GEMINI_BUDGET, LEAST_OF_GEMINI, Integer.MAX_VALUE));
        }
        Matcher level = ONE_LEVEL.matcher(message);
        if (level.find()) {
            List<Effort> others = new ArrayList<>(LEVELS);
            others.remove(Effort.valueOf(level.group(1).toUpperCase(Locale.ROOT)));
            return Optional.of(new NearestEffort(GEMINI_LEVEL, others));
        }
        if (NO_LEVEL.matcher(message).find()) {
            return remove(GEMINI_LEVEL);
        }
        if (NO_BUDGET.matcher(message).find()) {
            return remove(GEMINI_BUDGET);
        }
        return NO_GEMINI_THINKING.matcher(message).find() ? remove(GEMINI_THINKING) : Optional.empty();
    }

    /** A refusal that says which efforts there are. */
    private static Optional<Repair> effort(String path, GatewayError error) {
        boolean about = error.param().orElse(error.message()).contains("effort");
        Matcher list = ACCEPTED.matcher(error.message());
        if (!about || !list.find()) {
            return Optional.empty();
        }
        List<Effort> accepted = WORD.matcher(list.group(1).toLowerCase(Locale.ROOT))
                .results()
                .map(word -> Effort.of(word.group()))
                .flatMap(Optional::stream)
                .distinct()
                .sorted()
                .toList();
        return accepted.isEmpty() ? Optional.empty() : Optional.of(new NearestEffort(path, accepted));
    }

    private static Optional<Repair> remove(String path) {
        return Optional.of(new Remove(List.of(path), true));
    }

    private static Pattern words(String pattern) {
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }
}
