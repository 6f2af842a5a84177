package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Caller;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.translation.Extensions;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.Instructions;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.Quirk;
import dev.aigateway.translation.Target;
import dev.aigateway.translation.TranslationNotes;
import dev.aigateway.translation.gemini.schema.SchemaCache;
import dev.aigateway.translation.gemini.schema.SchemaForm;
import dev.aigateway.translation.tools.ToolNames;
import java.util.List;
import java.util.Locale;

/**
 * Writes a hub request as a {@code generateContent} request. The model and whether to stream are no part of it: they
 * stand in the path (translation reference, sections 6.1 and 7). Confined to one request.
 */
final class GeminiRequestWriter {
    private final Conversation conversation;
    private final Target target;
    private final SchemaCache schemas;
    private final TranslationNotes notes;
    private final ObjectNode body = Json.object();

    private GeminiRequestWriter(Conversation conversation, Target target, SchemaCache schemas, TranslationNotes notes) {
        this.conversation = conversation;
        this.target = target;
        this.schemas = schemas;
        this.notes = notes;
    }

    static byte[] write(Conversation conversation, Target target, SchemaCache schemas, TranslationNotes notes) {
        return new GeminiRequestWriter(conversation, target, schemas, notes).write();
    }

    static SchemaForm schemaForm(Target target) {
        if (target.has(Quirk.STRICT_SCHEMAS)) {
            return SchemaForm.STRICT;
        }
        return target.traits().structuredOutput() ? SchemaForm.TRIMMED : SchemaForm.CLEANED;
    }

    /** Whether this is a model that signs its calls and wants the signatures back. */
    static boolean isGemini3(Target target) {
        String id = target.model().substring(target.model().lastIndexOf('/') + 1);
        return id.startsWith("gemini-")
                && switch (target.traits().thinking()) {
                    case EFFORT, ADAPTIVE -> true;
                    case NONE, BUDGET -> false;
                };
    }

    private byte[] write() {
        ToolNames names = ToolNames.of(conversation, target.dialect());
        system();
        ArrayNode contents = body.putArray("contents");
        new GeminiContentWriter(conversation, target, names, notes, contents).write();
        new GeminiToolWriter(conversation, target, names, schemas, notes).write(body);
        ObjectNode config = new GeminiGenerationWriter(conversation, target, schemas, notes).write();
        caller();
        extensions(config);
        if (!config.isEmpty()) {
            body.set("generationConfig", config);
        }
        return Json.bytes(body);
    }

    private void system() {
        List<Block.Text> texts = Instructions.forForeignVendor(conversation);
        if (!texts.isEmpty()) {
            ArrayNode parts = body.putObject("systemInstruction").putArray("parts");
            texts.forEach(text -> parts.addObject().put("text", text.text()));
        }
        if (conversation.system().stream().anyMatch(text -> text.cache().isPresent())) {
            notes.dropped(Field.CACHE_MARK.in(conversation));
        }
    }

    private void caller() {
        Caller caller = conversation.caller();
        if (caller.endUser().isPresent()) {
            notes.dropped(Field.END_USER.in(conversation));
        }
        if (!caller.metadata().isEmpty()) {
            notes.dropped(Field.METADATA.in(conversation));
        }
        if (caller.cacheKey().isPresent()) {
            notes.dropped(Field.CACHE_KEY.in(conversation));
        }
        conversation.verbosity().ifPresent(value -> notes.dropped(Field.VERBOSITY.in(conversation)));
        caller.serviceTier().ifPresent(this::serviceTier);
    }

    private void serviceTier(String tier) {
        switch (tier.toLowerCase(Locale.ROOT)) {
            case "flex", "priority", "standard" -> body.put("serviceTier", tier);
            case "standard_only" -> body.put("serviceTier", "standard");
            case "auto", "default" -> {}
            default -> notes.dropped(Field.SERVICE_TIER.in(conversation));
        }
    }

    /** What only Gemini knows goes back to where it stood; a nested field carries its parent's name before a dot. */
    private void extensions(ObjectNode config) {
        if (conversation.source() != Dialect.GEMINI) {
            Extensions.drop(conversation, notes);
            return;
        }
        conversation.extensions().forEach((name, value) -> {
            JsonNode node = Json.verbatim(value);
            if (name.startsWith("generationConfig.")) {
                config.set(name.substring("generationConfig.".length()), node);
            } else if (name.startsWith("toolConfig.")) {
                body.withObjectProperty("toolConfig").set(name.substring("toolConfig.".length()), node);
            } else {
                body.set(name, node);
            }
        });
    }
}
