package dev.aigateway.conversation;

import java.util.List;
import java.util.Optional;

/** One piece of content inside a {@link Turn}, in the order in which the client gave it. */
public sealed interface Block {
    /**
     * Visible text. Only Gemini signs text.
     *
     * @param logprobs how likely its tokens were, in an answer whose client asked for that
     */
    record Text(
            String text,
            List<Citation> citations,
            Optional<CacheMark> cache,
            Optional<Signature> signature,
            List<TokenLogprob> logprobs)
            implements Block {
        public Text(String text, List<Citation> citations, Optional<CacheMark> cache, Optional<Signature> signature) {
            this(text, citations, cache, signature, List.of());
        }

        public Text(String text) {
            this(text, List.of(), Optional.empty(), Optional.empty());
        }

        public Text(String text, Optional<CacheMark> cache) {
            this(text, List.of(), cache, Optional.empty());
        }
    }

    /** @param detail the OpenAI detail level, such as {@code low} or {@code high} */
    record Image(Source source, Optional<String> detail, Optional<CacheMark> cache) implements Block {
        public Image(Source source) {
            this(source, Optional.empty(), Optional.empty());
        }
    }

    /**
     * @param data standard base64
     * @param format {@code wav} or {@code mp3} where known, else the media type
     */
    record Audio(String data, String format) implements Block {}

    record Video(Source source) implements Block {}

    /**
     * A file other than an image: a PDF, a text document.
     *
     * @param name the file name the client gave
     * @param citations whether the client wants the answer to cite this document
     */
    record Document(
            Source source,
            Optional<String> name,
            Optional<String> title,
            Optional<String> context,
            boolean citations,
            Optional<CacheMark> cache)
            implements Block {}

    /**
     * The model's wish to have a tool called.
     *
     * @param id the id the client knows the call by; never empty
     * @param namespace the Responses namespace the tool was declared in
     * @param arguments the exact argument text; for {@link ToolKind#FUNCTION} normally a JSON object, for
     *     {@link ToolKind#CUSTOM} free text
     */
    record ToolCall(
            String id,
            String name,
            Optional<String> namespace,
            ToolKind kind,
            String arguments,
            Optional<Signature> signature,
            Optional<CacheMark> cache)
            implements Block {
        public ToolCall(String id, String name, String arguments) {
            this(id, name, Optional.empty(), ToolKind.FUNCTION, arguments, Optional.empty(), Optional.empty());
        }
    }

    /**
     * What a tool gave back.
     *
     * @param name the tool's name where the dialect says it (Gemini) or the reader could look it up
     * @param content text, images and documents; empty for an empty result
     */
    record ToolResult(
            String callId,
            Optional<String> name,
            ToolKind kind,
            List<Block> content,
            boolean error,
            Optional<CacheMark> cache)
            implements Block {}

    /** Reasoning text. {@code text} may be empty when only the signature came. */
    record Thinking(String text, Optional<Signature> signature) implements Block {}

    /** Reasoning that the vendor keeps hidden; the data goes back unchanged to the same vendor only. */
    record RedactedThinking(Vendor vendor, String data) implements Block {}

    /** The model's own words of refusal. */
    record Refusal(String text) implements Block {}

    /** A block that only one dialect knows: replayed there, dropped with a warning elsewhere. */
    record Opaque(Dialect dialect, String type, RawJson raw) implements Block {}
}
