package dev.aigateway.translation.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Citation;
import dev.aigateway.conversation.Source;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.DataUrl;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads content that is a text or parts: of messages and of tool results (translation reference, section 4.1). Stateless. */
final class ResponsesContentReader {
    private ResponsesContentReader() {}

    /** The blocks of a field; none when it is absent or null. */
    static List<Block> read(JsonFields owner, String field) {
        Optional<JsonNode> content = owner.value(field);
        if (content.isEmpty()) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        if (content.get().isTextual()) {
            text(content.get().textValue(), List.of(), blocks);
        } else if (content.get().isArray()) {
            owner.array(field).forEach(part -> part(part.fields(), blocks));
        } else {
            throw JsonFields.wrongType(owner.path(field), "a string or an array of parts", content.get());
        }
        return blocks;
    }

    /** A citation in the flat form of this dialect; empty for annotations that point to no page. */
    static Optional<Citation> citation(JsonNode annotation) {
        if (!annotation.path("type").asText().equals("url_citation")) {
            return Optional.empty();
        }
        return Optional.of(new Citation(
                annotation.path("url").asText(""),
                Optional.ofNullable(annotation.path("title").textValue()),
                annotation.path("start_index").asInt(-1),
                annotation.path("end_index").asInt(-1),
                Optional.of(Json.raw(annotation))));
    }

    private static void part(JsonFields part, List<Block> blocks) {
        String type = part.requiredText("type");
        switch (type) {
            case "input_text", "output_text", "text" -> text(part.text("text").orElse(""), citations(part), blocks);
            case "refusal" -> blocks.add(new Block.Refusal(part.requiredText("refusal")));
            case "input_image" -> blocks.add(image(part));
            case "input_file" -> blocks.add(file(part));
            case "input_audio" -> blocks.add(audio(part.object("input_audio").orElse(part)));
            default ->
                throw part.bad(
                        "type",
                        "'" + type + "' is not a content part; use input_text, input_image, input_file, input_audio,"
                                + " output_text or refusal");
        }
    }

    private static void text(String text, List<Citation> citations, List<Block> blocks) {
        if (!text.isEmpty()) {
            blocks.add(new Block.Text(text, citations, Optional.empty(), Optional.empty()));
        }
    }

    private static List<Citation> citations(JsonFields part) {
        return part.array("annotations").stream()
                .flatMap(element -> citation(element.value()).stream())
                .toList();
    }

    private static Block image(JsonFields part) {
        Source source = part.text("image_url")
                .<Source>map(url -> DataUrl.parse(url).<Source>map(data -> data).orElseGet(() -> new Source.Url(url)))
                .or(() -> part.text("file_id").map(id -> new Source.FileId(Vendor.OPENAI, id)))
                .orElseThrow(() -> part.missing("image_url"));
        return new Block.Image(source, part.text("detail"), Optional.empty());
    }

    private static Block file(JsonFields part) {
        Source source = part.text("file_data")
                .<Source>map(data -> DataUrl.parse(data).orElseGet(() -> new Source.Base64("application/pdf", data)))
                .or(() -> part.text("file_url").map(Source.Url::new))
                .or(() -> part.text("file_id").map(id -> new Source.FileId(Vendor.OPENAI, id)))
                .orElseThrow(() -> part.missing("file_data"));
        return new Block.Document(
                source, part.text("filename"), Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    private static Block audio(JsonFields audio) {
        return new Block.Audio(audio.requiredText("data"), audio.text("format").orElse("wav"));
    }
}
