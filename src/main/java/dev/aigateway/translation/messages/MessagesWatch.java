package dev.aigateway.translation.messages;

import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.Usage;
import dev.aigateway.sse.ByteSlice;
import dev.aigateway.sse.SseEvent;
import dev.aigateway.translation.StreamWatch;
import dev.aigateway.translation.UpstreamErrors;
import dev.aigateway.translation.splice.JsonScanner;
import dev.aigateway.translation.splice.Parts;
import dev.aigateway.translation.splice.Splice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Observes a forwarded Messages stream by offsets. Confined to one stream. */
final class MessagesWatch implements StreamWatch {
    private MessagesUsage usage = MessagesUsage.NONE;
    private boolean stopSeen;
    private boolean contentSeen;
    private boolean refused;
    private @Nullable GatewayError failure;

    @Override
    public Meaning watch(SseEvent event) {
        if (event.isComment() || event.name().equals("ping")) {
            return Meaning.PREAMBLE;
        }
        Members members = new Members();
        try {
            JsonScanner.scanObject(event.data(), members);
        } catch (JsonScanner.JsonSyntaxException e) {
            failure = GatewayError.of(
                    GatewayError.Kind.BAD_GATEWAY, "The provider sent an event that is not a JSON object.");
            return Meaning.FAILURE;
        }
        return meaning(event, members);
    }

    @Override
    public boolean mayEnd() {
        return stopSeen;
    }

    @Override
    public boolean isBlocked() {
        return refused && !contentSeen;
    }

    @Override
    public Usage usage() {
        return usage.canonical();
    }

    @Override
    public Optional<GatewayError> failure() {
        return Optional.ofNullable(failure);
    }

    private Meaning meaning(SseEvent event, Members members) {
        return switch (event.name().isEmpty() ? members.type : event.name()) {
            case "message_start" -> {
                members.in(members.message, "usage").ifPresent(this::count);
                yield Meaning.PREAMBLE;
            }
            case "content_block_start" -> content(startsWithContent(members));
            case "content_block_delta" -> content(members.delta == null || !Parts.isEmpty(members.delta));
            case "message_delta" -> {
                Optional.ofNullable(members.usage).ifPresent(this::count);
                members.in(members.delta, "stop_reason").filter(Splice::says).ifPresent(this::stop);
                yield content(!refused);
            }
            case "message_stop" -> Meaning.END;
            case "error" -> {
                failure = UpstreamErrors.read(
                        GatewayError.Kind.BAD_GATEWAY.status(), event.data().copy());
                yield Meaning.FAILURE;
            }
            default -> Meaning.PREAMBLE;
        };
    }

    private Meaning content(boolean found) {
        contentSeen |= found;
        return contentSeen ? Meaning.CONTENT : Meaning.PREAMBLE;
    }

    private void stop(ByteSlice reason) {
        stopSeen = true;
        refused |= MessagesStopReasons.isRefusal(reason);
    }

    /** Text and thinking blocks begin empty; everything else is whole or named at its start. */
    private static boolean startsWithContent(Members members) {
        boolean empty = members.in(members.block, "type")
                .filter(type -> type.is("\"text\"") || type.is("\"thinking\""))
                .isPresent();
        return !empty || members.says(members.block, "text") || members.says(members.block, "thinking");
    }

    private void count(ByteSlice counted) {
        usage = usage.merge(MessagesUsage.scan(counted));
    }

    /** The members of an event that matter. */
    private static final class Members implements JsonScanner.MemberVisitor {
        private String type = "";
        private @Nullable ByteSlice message;
        private @Nullable ByteSlice block;
        private @Nullable ByteSlice delta;
        private @Nullable ByteSlice usage;

        @Override
        public void member(ByteSlice key, ByteSlice value) {
            if (key.is("type")) {
                type = Splice.unquoted(value);
            } else if (key.is("message")) {
                message = value;
            } else if (key.is("content_block")) {
                block = value;
            } else if (key.is("delta")) {
                delta = value;
            } else if (key.is("usage")) {
                usage = value;
            }
        }

        private Optional<ByteSlice> in(@Nullable ByteSlice holder, String name) {
            return Optional.ofNullable(holder).flatMap(value -> Splice.find(value, name));
        }

        private boolean says(@Nullable ByteSlice holder, String name) {
            return in(holder, name).filter(Splice::says).isPresent();
        }
    }
}
