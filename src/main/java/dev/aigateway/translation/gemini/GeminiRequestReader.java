package dev.aigateway.translation.gemini;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Caller;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.translation.JsonFields;
import dev.aigateway.translation.TranslationNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a {@code generateContent} request into the hub (translation reference, section 6.1). Stateless. */
final class GeminiRequestReader {
    private GeminiRequestReader() {}

    static Conversation read(String model, boolean stream, ObjectNode body, TranslationNotes notes) {
        JsonFields fields = JsonFields.root(CamelCase.of(body));
        fields.value("model");
        Conversation.Builder builder = Conversation.builder(Dialect.GEMINI, model).stream(stream)
                .tools(GeminiToolReader.read(fields))
                .caller(new Caller(Optional.empty(), Map.of(), Optional.empty(), fields.text("serviceTier")));
        fields.object("systemInstruction").ifPresent(content -> builder.system(system(content)));
        builder.turns(new GeminiContentReader(notes).read(fields));
        fields.object("generationConfig").ifPresent(config -> {
            GeminiGenerationReader.read(config, builder, notes);
            extensions("generationConfig.", config, builder);
        });
        fields.object("toolConfig").ifPresent(config -> {
            config.value("functionCallingConfig");
            // Says nothing of the request itself: a writer that mixes tools sets it.
            config.value("includeServerSideToolInvocations");
            extensions("toolConfig.", config, builder);
        });
        extensions("", fields, builder);
        return builder.build();
    }

    private static void extensions(String prefix, JsonFields fields, Conversation.Builder builder) {
        fields.rest().forEach((name, value) -> builder.extension(prefix + name, value));
    }

    private static List<Block.Text> system(JsonFields content) {
        List<Block.Text> texts = new ArrayList<>();
        content.array("parts").forEach(element -> {
            String text = element.fields().requiredText("text");
            if (!text.isEmpty()) {
                texts.add(new Block.Text(text));
            }
        });
        return texts;
    }
}
