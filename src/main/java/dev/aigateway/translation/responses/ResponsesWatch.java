package dev.aigateway.translation.responses;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.StreamWatch;
import dev.aigateway.translation.splice.JsonScanner;
import dev.aigateway.translation.splice.Parts;
import dev.aigateway.translation.splice.Splice;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Observes a forwarded Responses stream by offsets. Confined to one stream. */
final class ResponsesWatch implements StreamWatch {
    /** Events that announce content without having any. */
    private static final Set<String> ANNOUNCEMENTS = Set.of(
            "response.created",
            "response.in_progress",
            "response.queued",
            "response.output_item.added",
            "response.content_part.added",
            "response.reasoning_summary_part.added");

    private Usage usage = Usage.UNKNOWN;
    private boolean contentSeen;
    private boolean filtered;
    private @Nullable GatewayError failure;

    @Override
    public Meaning watch(SseEvent event) {
        ByteSlice data = event.data();
        if (event.isComment() || data.is("[DONE]")) {
            return Meaning.PREAMBLE;
        }
        Members members = new Members();
        try {
            JsonScanner.scanObject(data, members);
        } catch (JsonScanner.JsonSyntaxException e) {
            return fail(ResponsesErrors.bad("The provider sent an event that is not a JSON object."));
        }
        String type = members.type == null ? event.name() : Splice.unquoted(members.type);
        return switch (type) {
            case "response.completed", "response.incomplete" -> end(members.response);
            case "response.failed" -> fail(read(members.response == null ? data : members.response));
            case "error" -> fail(read(data));
            default -> content(type.startsWith("response.") && !ANNOUNCEMENTS.contains(type) && !isEmpty(type, data));
        };
    }

    @Override
    public boolean mayEnd() {
        return false;
    }

    @Override
    public boolean isBlocked() {
        return filtered && !contentSeen;
    }

    @Override
    public Usage usage() {
        return usage;
    }

    @Override
    public Optional<GatewayError> failure() {
        return Optional.ofNullable(failure);
    }

    /** Even an answer without a word has its texts, parts and items ended one by one. */
    private static boolean isEmpty(String type, ByteSlice data) {
        return switch (type) {
            case "response.output_text.delta" -> !Splice.says(data, "delta");
            case "response.output_text.done" -> !Splice.says(data, "text");
            case "response.content_part.done" ->
                Splice.find(data, "part").filter(Parts::isEmpty).isPresent();
            case "response.output_item.done" ->
                Splice.find(data, "item")
                        .filter(ResponsesStatus::isEmptyMessage)
                        .isPresent();
            default -> false;
        };
    }

    private Meaning content(boolean found) {
        contentSeen |= found;
        return found ? Meaning.CONTENT : Meaning.PREAMBLE;
    }

    private Meaning end(@Nullable ByteSlice response) {
        if (response != null) {
            filtered = ResponsesStatus.isBlocked(response);
            Splice.find(response, "usage").ifPresent(counted -> usage = usage.merge(ResponsesUsage.scan(counted)));
        }
        return Meaning.END;
    }

    private Meaning fail(GatewayError error) {
        failure = error;
        return Meaning.FAILURE;
    }

    /** Errors end the hot path, so a tree does no harm. */
    private static GatewayError read(ByteSlice node) {
        return Json.parse(node.array(), node.offset(), node.length())
                .map(ResponsesErrors::read)
                .orElseGet(() -> ResponsesErrors.bad("The provider reported a failure without a reason."));
    }

    /** The members of an event that matter. */
    private static final class Members implements JsonScanner.MemberVisitor {
        private @Nullable ByteSlice type;
        private @Nullable ByteSlice response;

        @Override
        public void member(ByteSlice key, ByteSlice value) {
            if (key.is("type")) {
                type = value;
            } else if (key.is("response")) {
                response = value;
            }
        }
    }
}
