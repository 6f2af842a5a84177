package dev.aigateway.translation.messages;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.translation.StreamWatch;
import dev.aigateway.translation.UpstreamErrors;
import dev.aigateway.translation.splice.Splice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Observes a forwarded Messages stream by offsets. Confined to one stream. */
final class MessagesWatch implements StreamWatch {
    private MessagesUsage usage = MessagesUsage.NONE;
    private boolean stopSeen;
    private @Nullable GatewayError failure;

    @Override
    public Meaning watch(SseEvent event) {
        if (event.isComment()) {
            return Meaning.PREAMBLE;
        }
        ByteSlice data = event.data();
        return switch (type(event)) {
            case "message_start" -> {
                count(data, "message");
                yield Meaning.PREAMBLE;
            }
            case "content_block_start" -> startsWithContent(data) ? Meaning.CONTENT : Meaning.PREAMBLE;
            case "content_block_delta" -> Meaning.CONTENT;
            case "message_delta" -> {
                stopSeen |= Splice.says(data, "delta", "stop_reason");
                count(data);
                yield Meaning.CONTENT;
            }
            case "message_stop" -> Meaning.END;
            case "error" -> {
                failure = UpstreamErrors.read(GatewayError.Kind.BAD_GATEWAY.status(), data.copy());
                yield Meaning.FAILURE;
            }
            default -> Meaning.PREAMBLE;
        };
    }

    @Override
    public boolean mayEnd() {
        return stopSeen;
    }

    @Override
    public Usage usage() {
        return usage.canonical();
    }

    @Override
    public Optional<GatewayError> failure() {
        return Optional.ofNullable(failure);
    }

    private static String type(SseEvent event) {
        if (!event.name().isEmpty()) {
            return event.name();
        }
        return Splice.find(event.data(), "type")
                .map(value -> value.text().replace("\"", ""))
                .orElse("");
    }

    /** Text and thinking blocks begin empty; everything else is whole or named at its start. */
    private static boolean startsWithContent(ByteSlice data) {
        Optional<ByteSlice> type = Splice.find(data, "content_block", "type");
        boolean empty =
                type.isPresent() && (type.get().is("\"text\"") || type.get().is("\"thinking\""));
        return !empty || Splice.says(data, "content_block", "text") || Splice.says(data, "content_block", "thinking");
    }

    private void count(ByteSlice data, String... holder) {
        ByteSlice place = holder.length == 0 ? data : Splice.find(data, holder).orElse(data);
        Splice.find(place, "usage").ifPresent(counted -> usage = usage.merge(MessagesUsage.scan(counted)));
    }
}
