package dev.aigateway.translation.messages;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.CacheMark;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Tool;
import dev.aigateway.translation.Field;
import dev.aigateway.translation.TranslationNotes;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes cache marks within Anthropic's limits: four in a request, of which the last cover the most, and none that lives
 * longer than one before it. Called in the order of the prompt. Confined to one request.
 */
final class CacheMarks {
    private static final int MOST = 4;
    private static final String LONG = "1h";

    private long toSkip;
    private boolean shortSeen;

    private CacheMarks(long toSkip) {
        this.toSkip = toSkip;
    }

    static CacheMarks of(Conversation conversation, TranslationNotes notes) {
        Stream<Optional<CacheMark>> tools = conversation.tools().declared().stream()
                .map(tool -> tool instanceof Tool.Function function ? function.cache() : Optional.<CacheMark>empty());
        Stream<Optional<CacheMark>> system = conversation.system().stream().map(Block.Text::cache);
        Stream<Optional<CacheMark>> blocks = conversation.turns().stream()
                .flatMap(turn -> turn.blocks().stream())
                .map(CacheMarks::mark);
        long all = Stream.concat(Stream.concat(tools, system), blocks)
                .filter(Optional::isPresent)
                .count();
        if (all > MOST) {
            notes.approximated(Field.CACHE_MARK.in(conversation));
        }
        return new CacheMarks(Math.max(0, all - MOST));
    }

    void write(Optional<CacheMark> mark, ObjectNode block) {
        if (mark.isEmpty()) {
            return;
        }
        if (toSkip > 0) {
            toSkip--;
            return;
        }
        ObjectNode control = block.putObject("cache_control").put("type", "ephemeral");
        boolean longLived = mark.get().ttl().filter(LONG::equals).isPresent();
        if (longLived && !shortSeen) {
            control.put("ttl", LONG);
        }
        shortSeen |= !longLived;
    }

    static Optional<CacheMark> mark(Block block) {
        return switch (block) {
            case Block.Text text -> text.cache();
            case Block.Image image -> image.cache();
            case Block.Document document -> document.cache();
            case Block.ToolCall call -> call.cache();
            case Block.ToolResult result -> result.cache();
            default -> Optional.empty();
        };
    }
}
