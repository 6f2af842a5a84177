package dev.aigateway.routing;

import java.util.List;
import java.util.stream.Collectors;

/** Resolutions as short texts. */
final class Served {
    private Served() {}

    /** Such as {@code openai gpt-4o, azure gpt-4o then local gpt-4o}; each key once. */
    static String by(Resolution resolution) {
        return resolution.tiers().isEmpty()
                ? "nobody"
                : resolution.tiers().stream().map(Served::by).collect(Collectors.joining(" then "));
    }

    private static String by(List<Offer> tier) {
        return tier.stream()
                .flatMap(offer -> offer.candidates().stream())
                .map(candidate -> candidate.provider().name() + " " + candidate.model())
                .collect(Collectors.joining(", "));
    }

    /** The same with the place of each key, such as {@code a0 gpt-4o}. */
    static String byKey(Resolution resolution) {
        return resolution.tiers().stream()
                .flatMap(List::stream)
                .flatMap(offer -> offer.candidates().stream())
                .map(candidate -> candidate.provider().name() + candidate.keyIndex() + " " + candidate.model())
                .collect(Collectors.joining(", "));
    }
}
