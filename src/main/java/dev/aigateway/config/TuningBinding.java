package dev.aigateway.config;

import dev.aigateway.config.CloakConfig.Mode;
import dev.aigateway.config.CloakConfig.Preset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads how requests to a provider, or with one of its keys, are changed. */
final class TuningBinding {
    private static final int HOTTEST = 2;
    private static final int SHORTEST_WORD = 2;

    private final Section section;
    private final ProviderType type;

    TuningBinding(Section section, ProviderType type) {
        this.section = section;
        this.type = type;
    }

    TuningConfig bind() {
        return new TuningConfig(
                section.value("temperature", Values.decimal(0, HOTTEST)),
                section.value("default-max-tokens", Values.integer(1, 100_000_000))
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()),
                new HashSet<>(section.values("quirks", Values.word(QuirkName.values()))),
                cloak());
    }

    private Optional<CloakConfig> cloak() {
        if (!section.has("cloak")) {
            return Optional.empty();
        }
        if (type != ProviderType.ANTHROPIC) {
            section.problem("has a cloak, which only providers of type anthropic take");
        }
        Section cloak = section.group("cloak");
        if (!cloak.has("preset") && !cloak.isBroken()) {
            cloak.problem("needs a preset, such as claude-code");
        }
        Optional<Preset> preset = cloak.value("preset", Values.word(Preset.values()));
        Mode mode = cloak.value("mode", Values.word(Mode.values())).orElse(Mode.AUTO);
        boolean strict = cloak.value("strict", Values::bool).orElse(false);
        List<String> words = words(cloak);
        boolean cache = cloak.value("cache-user-id", Values::bool).orElse(false);
        Map<String, String> headers = LinkBinding.headers(cloak, Map.of());
        return preset.map(known -> new CloakConfig(known, mode, strict, words, cache, headers));
    }

    /** Too short a word would be in every other one. */
    private static List<String> words(Section cloak) {
        List<String> words = new ArrayList<>();
        List<Node> entries = cloak.list("sensitive-words");
        for (int i = 0; i < entries.size(); i++) {
            String key = "sensitive-words[" + i + "]";
            cloak.parse(entries.get(i), cloak.pathOf(key), Values::text).ifPresent(found -> {
                if (found.value().codePointCount(0, found.value().length()) < SHORTEST_WORD) {
                    cloak.warning(found.where(), key, "is left out: words have at least two characters");
                } else {
                    words.add(found.value());
                }
            });
        }
        return words;
    }
}
