package dev.aigateway.translation.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.CacheMark;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Source;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.DataUrl;
import dev.aigateway.translation.JsonFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the content of one Chat message: a text, or parts (translation reference, section 3.1). Stateless. */
final class ChatContentReader {
    private ChatContentReader() {}

    /** The blocks of {@code message.content}; none when it is absent or null. */
    static List<Block> read(JsonFields message) {
        Optional<JsonNode> content = message.value("content");
        if (content.isEmpty()) {
            return List.of();
        }
        if (content.get().isTextual()) {
            String text = content.get().textValue();
            return text.isEmpty() ? List.of() : List.of(new Block.Text(text, cache(message)));
        }
        if (!content.get().isArray()) {
            throw JsonFields.wrongType(message.path("content"), "a string or an array of parts", content.get());
        }
        List<Block> blocks = new ArrayList<>();
        message.array("content").forEach(part -> {
            if (part.isText()) {
                blocks.add(new Block.Text(part.text()));
            } else {
                part(part.fields(), blocks);
            }
        });
        return blocks;
    }

    /** The cache mark that some Chat clients put beside a part, in Anthropic's form. */
    static Optional<CacheMark> cache(JsonFields part) {
        return part.object("cache_control").map(mark -> new CacheMark(mark.text("ttl")));
    }

    private static void part(JsonFields part, List<Block> blocks) {
        String type = part.requiredText("type");
        switch (type) {
            case "text", "input_text", "output_text" ->
                part.text("text")
                        .filter(text -> !text.isEmpty())
                        .ifPresent(text -> blocks.add(new Block.Text(text, cache(part))));
            case "image_url" -> blocks.add(image(part));
            case "input_audio" -> blocks.add(audio(part.requiredObject("input_audio")));
            case "file" -> blocks.add(file(part.requiredObject("file"), cache(part)));
            case "refusal" -> blocks.add(new Block.Refusal(part.requiredText("refusal")));
            case "thinking" -> blocks.add(thinking(part));
            default ->
                throw part.bad(
                        "type",
                        "'" + type + "' is not a content part; use text, image_url, input_audio, file or refusal");
        }
    }

    private static Block image(JsonFields part) {
        JsonNode value = part.value("image_url").orElseThrow(() -> part.missing("image_url"));
        if (value.isTextual()) {
            return new Block.Image(source(value.textValue()), Optional.empty(), cache(part));
        }
        JsonFields image = part.requiredObject("image_url");
        return new Block.Image(source(image.requiredText("url")), image.text("detail"), cache(part));
    }

    private static Source source(String url) {
        return DataUrl.parse(url).<Source>map(data -> data).orElseGet(() -> new Source.Url(url));
    }

    private static Block audio(JsonFields audio) {
        return new Block.Audio(audio.requiredText("data"), audio.text("format").orElse("wav"));
    }

    private static Block file(JsonFields file, Optional<CacheMark> cache) {
        Optional<String> name = file.text("filename");
        Optional<String> data = file.text("file_data");
        Source source = data.<Source>map(
                        text -> DataUrl.parse(text).orElseGet(() -> new Source.Base64("application/pdf", text)))
                .or(() -> file.text("file_id").map(id -> new Source.FileId(Vendor.OPENAI, id)))
                .orElseThrow(() -> file.missing("file_data"));
        return new Block.Document(source, name, Optional.empty(), Optional.empty(), false, cache);
    }

    /** The form in which Mistral's models show their reasoning. */
    private static Block thinking(JsonFields part) {
        StringBuilder text = new StringBuilder();
        part.array("thinking").forEach(inner -> inner.fields().text("text").ifPresent(text::append));
        return new Block.Thinking(text.toString(), Optional.<Signature>empty());
    }
}
