package dev.aigateway.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What providers offer beside conversations. Requests for these are forwarded as they are, never translated. */
public enum Service {
    EMBEDDINGS,
    IMAGES,
    AUDIO,
    MODERATIONS,
    RERANK,
    /** Of a Responses conversation, to an item that only the same provider can read. */
    COMPACTION;

    /** The word used in configuration, metrics and logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Service> named(String label) {
        return Arrays.stream(values())
                .filter(service -> service.label().equals(label))
                .findFirst();
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Service::label).toList();
    }
}
