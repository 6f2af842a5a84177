package dev.aigateway.translation.gemini;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Source;
import dev.aigateway.conversation.Vendor;
import dev.aigateway.translation.JsonFields;
import dev.aigateway.translation.TranslationNotes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads one part that is neither a call nor its response (translation reference, sections 6.1 and 7.2). */
final class GeminiPartReader {
    private static final String PLACE = "contents.parts.";

    private final TranslationNotes notes;

    GeminiPartReader(TranslationNotes notes) {
        this.notes = notes;
    }

    static Optional<Signature> signature(JsonFields part) {
        return part.text("thoughtSignature").filter(text -> !text.isEmpty()).map(GeminiSignatures::read);
    }

    /** Empty for a text without content. */
    Optional<Block> read(JsonFields part) {
        Optional<Signature> signature = signature(part);
        boolean thought = part.flag("thought");
        Optional<String> detail = detail(part);
        if (part.has("videoMetadata")) {
            notes.dropped(PLACE + "videoMetadata");
        }
        if (part.has("text") || (signature.isPresent() && part.rest().isEmpty())) {
            return text(part.text("text").orElse(""), thought, signature);
        }
        if (part.has("inlineData")) {
            return Optional.of(inline(part.requiredObject("inlineData"), detail));
        }
        if (part.has("fileData")) {
            return Optional.of(file(part.requiredObject("fileData"), detail));
        }
        return Optional.of(special(part));
    }

    private static Optional<Block> text(String text, boolean thought, Optional<Signature> signature) {
        if (text.isEmpty() && signature.isEmpty()) {
            return Optional.empty();
        }
        boolean foreign = text.isEmpty()
                && signature.filter(own -> own.vendor() == Vendor.GOOGLE).isEmpty();
        return Optional.of(
                thought || foreign
                        ? new Block.Thinking(text, signature)
                        : new Block.Text(text, List.of(), Optional.empty(), signature));
    }

    private Block special(JsonFields part) {
        if (part.has("executableCode")) {
            notes.approximated(PLACE + "executableCode");
            return new Block.Text(
                    CodeText.code(part.requiredObject("executableCode").node()));
        }
        if (part.has("codeExecutionResult")) {
            notes.approximated(PLACE + "codeExecutionResult");
            return new Block.Text(
                    CodeText.result(part.requiredObject("codeExecutionResult").node()));
        }
        String type = part.rest().keySet().stream().findFirst().orElseThrow(() -> part.missing("text"));
        return new Block.Opaque(Dialect.GEMINI, type, part.raw());
    }

    private static Block inline(JsonFields data, Optional<String> detail) {
        String mime = data.requiredText("mimeType").toLowerCase(Locale.ROOT);
        return media(mime, new Source.Base64(mime, data.requiredText("data")), data.text("displayName"), detail);
    }

    private static Block file(JsonFields data, Optional<String> detail) {
        String uri = data.requiredText("fileUri");
        String mime = data.text("mimeType").orElse("").toLowerCase(Locale.ROOT);
        if (uri.contains("youtube.com/") || uri.contains("youtu.be/")) {
            return new Block.Video(new Source.Url(uri));
        }
        boolean uploaded = !uri.startsWith("http") || uri.contains(".googleapis.com/");
        Source source = uploaded ? new Source.FileId(Vendor.GOOGLE, uri) : new Source.Url(uri);
        return media(mime, source, data.text("displayName"), detail);
    }

    private static Block media(String mime, Source source, Optional<String> name, Optional<String> detail) {
        if (mime.startsWith("image/")) {
            return new Block.Image(source, detail, Optional.empty());
        }
        if (mime.startsWith("video/")) {
            return new Block.Video(source);
        }
        if (mime.startsWith("audio/") && source instanceof Source.Base64(var type, var data)) {
            return new Block.Audio(data, audioFormat(type));
        }
        return new Block.Document(source, name, Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    private static String audioFormat(String mime) {
        return switch (mime) {
            case "audio/wav", "audio/x-wav", "audio/wave" -> "wav";
            case "audio/mp3", "audio/mpeg" -> "mp3";
            default -> mime;
        };
    }

    private static Optional<String> detail(JsonFields part) {
        return part.object("mediaResolution")
                .flatMap(resolution -> resolution.text("level"))
                .flatMap(level -> switch (level) {
                    case "MEDIA_RESOLUTION_LOW" -> Optional.of("low");
                    case "MEDIA_RESOLUTION_HIGH", "MEDIA_RESOLUTION_ULTRA_HIGH" -> Optional.of("high");
                    default -> Optional.empty();
                });
    }
}
