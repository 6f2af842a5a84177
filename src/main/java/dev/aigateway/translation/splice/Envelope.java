package dev.aigateway.translation.splice;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.Json;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The few fields of a request body that routing needs, found by one scan: the model and where it stands, and whether a
 * stream is wanted. Everything else stays bytes.
 *
 * @param body the whole body
 * @param model the model asked for; empty when the body names none
 * @param stream whether the client wants a stream
 * @param site empty where the model stands in the path of the request instead
 */
public record Envelope(byte[] body, Optional<String> model, boolean stream, Optional<ModelSite> site) {

    /**
     * Where a model value stands, or would be inserted.
     *
     * @param offset first byte of the value, quotes included; the place after the opening brace when there is none
     * @param length 0 when the body names no model
     */
    record ModelSite(int offset, int length) {}

    /**
     * Scans a body whose dialect keeps model and stream flag in it.
     *
     * @throws GatewayException a 400 for malformed JSON, a second {@code model}, wrong types or an empty conversation
     */
    public static Envelope scan(Dialect dialect, byte[] body) {
        return scan(new Scan(dialect, body, true));
    }

    /**
     * Scans a JSON body of which nothing is known but that it names a model.
     *
     * @throws GatewayException as {@link #scan}
     */
    public static Envelope ofAnyJson(byte[] body) {
        return scan(new Scan(Dialect.CHAT, body, false));
    }

    /** Stands for a body that is not at hand, such as one that is streamed through. */
    public static Envelope elsewhere(String model) {
        return new Envelope(new byte[0], Optional.of(model), false, Optional.empty());
    }

    private static Envelope scan(Scan scan) {
        try {
            JsonScanner.scanObject(ByteSlice.of(scan.body), scan);
        } catch (JsonScanner.JsonSyntaxException e) {
            throw GatewayError.of(
                            GatewayError.Kind.BAD_REQUEST, "The request body is not a JSON object: " + e.getMessage())
                    .toException();
        }
        return scan.envelope();
    }

    /**
     * Checks a Gemini body, whose model and stream flag stand in the path.
     *
     * @throws GatewayException as {@link #scan}
     */
    public static Envelope ofPath(byte[] body, String model, boolean stream) {
        Envelope scanned = scan(Dialect.GEMINI, body);
        return new Envelope(scanned.body, Optional.of(model), stream, Optional.empty());
    }

    /** The body with the model replaced (or inserted); the same array when nothing changes. */
    public byte[] withModel(String wanted) {
        if (site.isEmpty() || (model.isPresent() && model.get().equals(wanted))) {
            return body;
        }
        ModelSite place = site.get();
        String quoted = Json.text(Json.object().textNode(wanted));
        String text = place.length > 0 ? quoted : "\"model\":" + quoted + ",";
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        return Splice.replace(body, place.offset, place.length, value);
    }

    private static final class Scan implements JsonScanner.MemberVisitor {
        private final Dialect dialect;
        private final byte[] body;
        private @Nullable ByteSlice model;
        private boolean stream;
        private final boolean contentRequired;
        private boolean hasContent;

        Scan(Dialect dialect, byte[] body, boolean contentRequired) {
            this.dialect = dialect;
            this.body = body;
            this.contentRequired = contentRequired;
        }

        @Override
        public void member(ByteSlice key, ByteSlice value) {
            if (contentRequired && key.is(contentField())) {
                hasContent = content(value);
            } else if (dialect == Dialect.GEMINI) {
                return;
            } else if (key.is("model")) {
                if (model != null) {
                    throw bad("model", "must be given only once");
                }
                model = value;
            } else if (key.is("stream")) {
                stream = flag(value);
            }
        }

        Envelope envelope() {
            if (contentRequired && !hasContent) {
                throw bad(contentField(), "is required and must not be empty");
            }
            ByteSlice found = model;
            if (found == null || found.is("null")) {
                if (found != null) {
                    return new Envelope(
                            body, Optional.empty(), stream, Optional.of(new ModelSite(found.offset(), found.length())));
                }
                return new Envelope(body, Optional.empty(), stream, Optional.of(new ModelSite(afterBrace(), 0)));
            }
            ModelSite site = new ModelSite(found.offset(), found.length());
            return new Envelope(body, Optional.of(name(found)), stream, Optional.of(site));
        }

        private String contentField() {
            return switch (dialect) {
                case CHAT, MESSAGES -> "messages";
                case COMPLETIONS -> "prompt";
                case RESPONSES -> "input";
                case GEMINI -> "contents";
            };
        }

        private boolean content(ByteSlice value) {
            byte first = value.array()[value.offset()];
            return switch (dialect) {
                case CHAT, MESSAGES, GEMINI -> {
                    if (first != '[') {
                        throw bad(contentField(), "must be an array");
                    }
                    yield !JsonScanner.isEmptyArray(value);
                }
                case COMPLETIONS, RESPONSES -> !value.is("null") && !value.is("\"\"");
            };
        }

        private boolean flag(ByteSlice value) {
            if (value.is("true")) {
                return true;
            }
            if (value.is("false") || value.is("null")) {
                return false;
            }
            throw bad("stream", "must be true or false");
        }

        private String name(ByteSlice value) {
            if (value.array()[value.offset()] != '"') {
                throw bad("model", "must be a string");
            }
            String name = Json.parse(value.array(), value.offset(), value.length())
                    .map(node -> node.textValue())
                    .orElseThrow(() -> bad("model", "must be a string of valid UTF-8"));
            if (name.isBlank()) {
                throw bad("model", "must not be empty");
            }
            return name;
        }

        private int afterBrace() {
            int at = 0;
            while (body[at] != '{') {
                at++;
            }
            return at + 1;
        }

        private static GatewayException bad(String field, String message) {
            return GatewayError.badField(field, message).toException();
        }
    }
}
