package dev.aigateway.conversation;

import java.util.Optional;

/**
 * A reference from a span of answer text to a web page.
 *
 * @param start first code point of the span inside its block, -1 where the upstream gave none
 * @param end code point after the span, -1 where the upstream gave none
 * @param raw the citation in its own dialect, replayed only to that dialect
 */
public record Citation(String url, Optional<String> title, int start, int end, Optional<RawJson> raw) {
    /** The same citation in a text that has {@code offset} code points before the block. */
    public Citation shifted(int offset) {
        return start < 0 ? this : new Citation(url, title, start + offset, end + offset, raw);
    }
}
