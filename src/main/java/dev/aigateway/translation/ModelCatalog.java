package dev.aigateway.translation;

import dev.aigateway.translation.ModelTraits.Thinking;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What is known of model families, first match wins (translation reference, sections 5.2, 7.1 and 9.1). An unknown model
 * is presumed capable: better an upstream's 400 than a feature withheld.
 */
public final class ModelCatalog {
    private static final int K = 1024;

    private static final ModelTraits UNKNOWN =
            new ModelTraits(Thinking.EFFORT, true, 32 * K, true, true, true, true, true, true);
    private static final ModelTraits CLAUDE_UNKNOWN =
            new ModelTraits(Thinking.ADAPTIVE, true, 128 * K, false, false, true, true, false, false);

    private static final List<Family> FAMILIES = List.of(
            family("claude-(opus|fable)-5.*", claude5(true)),
            family("claude-[a-z]+-5(-.*)?", claude5(false)),
            family("claude-opus-4-[89].*", claude5(true)),
            family("claude-.*-4-7.*", claude5(false)),
            family(
                    "claude-.*-4-6.*",
                    new ModelTraits(Thinking.ADAPTIVE, true, 128 * K, true, false, true, true, false, false)),
            family(
                    "claude-.*-4-5.*",
                    new ModelTraits(Thinking.BUDGET, true, 64 * K, true, false, true, true, true, false)),
            family(
                    "claude-opus-4-1.*",
                    new ModelTraits(Thinking.BUDGET, true, 32 * K, true, false, true, true, true, false)),
            family(
                    "claude-opus-4(-0|-\\d{8})?",
                    new ModelTraits(Thinking.BUDGET, true, 32 * K, true, true, true, false, true, false)),
            family(
                    "claude-sonnet-4(-0|-\\d{8})?",
                    new ModelTraits(Thinking.BUDGET, true, 64 * K, true, true, true, false, true, false)),
            family(
                    "claude-3-7.*",
                    new ModelTraits(Thinking.BUDGET, true, 64 * K, true, true, true, false, true, false)),
            family("claude-3-5.*", new ModelTraits(Thinking.NONE, true, 8 * K, true, true, true, false, true, false)),
            family(
                    "claude-(3|2|instant).*",
                    new ModelTraits(Thinking.NONE, true, 4 * K, true, true, true, false, true, false)),
            family("claude-.*", CLAUDE_UNKNOWN),
            family(
                    "(o[1-9]|gpt-[5-9]|gpt-\\d{2}).*",
                    new ModelTraits(Thinking.EFFORT, true, 128 * K, false, true, false, true, true, true)),
            family(
                    "gpt-4o.*|gpt-4\\.1.*|chatgpt-4o.*",
                    new ModelTraits(Thinking.NONE, true, 16 * K, true, true, true, true, true, true)),
            family("gpt-(4|3\\.5).*", new ModelTraits(Thinking.NONE, true, 4 * K, true, true, true, false, true, true)),
            family(
                    "gemini-2\\.5-pro.*",
                    new ModelTraits(Thinking.BUDGET, false, 64 * K, true, true, true, true, true, false)),
            family(
                    "gemini-2\\.5.*",
                    new ModelTraits(Thinking.BUDGET, true, 64 * K, true, true, true, true, true, false)),
            family("gemini-(1|2).*", new ModelTraits(Thinking.NONE, true, 8 * K, true, true, true, false, true, false)),
            family("gemini-.*", new ModelTraits(Thinking.EFFORT, false, 64 * K, true, true, true, true, true, false)));

    private ModelCatalog() {}

    /** @param model an upstream id; a vendor prefix up to the last slash is ignored */
    public static ModelTraits traits(String model) {
        String id = model.substring(model.lastIndexOf('/') + 1);
        for (Family family : FAMILIES) {
            if (family.pattern.matcher(id).matches()) {
                return family.traits;
            }
        }
        return UNKNOWN;
    }

    private static ModelTraits claude5(boolean systemInMiddle) {
        return new ModelTraits(Thinking.ADAPTIVE, true, 128 * K, false, false, true, true, false, systemInMiddle);
    }

    private static Family family(String pattern, ModelTraits traits) {
        return new Family(Pattern.compile(pattern), traits);
    }

    private record Family(Pattern pattern, ModelTraits traits) {}
}
