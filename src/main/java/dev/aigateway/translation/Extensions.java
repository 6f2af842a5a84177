package dev.aigateway.translation;

import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.GatewayError;
import java.util.Set;

/**
 * Fields that only the client's own dialect knows, on the way to another one: noted as dropped, or refused where the
 * answer would otherwise be about something else (translation reference, sections 1 and 7.1).
 */
public final class Extensions {
    /** Content or effects that the upstream could not see. */
    private static final Set<String> REFUSED = Set.of(
            "audio",
            "background",
            "cachedContent",
            "compaction",
            "container",
            "conversation",
            "generationConfig.responseModalities",
            "item_reference",
            "modalities",
            "previous_response_id",
            "prompt");

    /** Hints that mean nothing elsewhere, and what the gateway does itself. */
    private static final Set<String> SILENT = Set.of("context_management", "betas", "echo", "store");

    private Extensions() {}

    public static void drop(Conversation conversation, TranslationNotes notes) {
        for (String name : conversation.extensions().keySet()) {
            if (REFUSED.contains(name)) {
                throw GatewayError.badField(name, "is not supported by the provider of this model")
                        .toException();
            }
            if (!SILENT.contains(name)) {
                notes.dropped(name);
            }
        }
    }
}
