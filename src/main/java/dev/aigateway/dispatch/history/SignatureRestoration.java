package dev.aigateway.dispatch.history;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Turn;
import dev.aigateway.conversation.Vendor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts remembered signatures into turns of the assistant, those of the upstream's own vendor only: thinking goes to the
 * beginning of the step whose call it led to, where vendors insist on it. Immutable.
 */
record SignatureRestoration(SignatureMemory memory, String conversation) {
    Turn restore(Turn turn) {
        boolean carried = turn.blocks().stream().anyMatch(SignatureRestoration::isSignedThinking);
        List<Block> restored = new ArrayList<>();
        List<Block> step = new ArrayList<>();
        for (Block block : turn.blocks()) {
            if (block instanceof Block.ToolCall call) {
                Optional<SignedCall> known = memory.cache().find(memory.owner(), conversation, call.id(), call.name());
                List<Block> before = carried ? List.of() : own(known.map(SignedCall::before));
                List<Block> close = carried ? List.of() : own(known.map(SignedCall::close));
                if (!before.isEmpty() || !close.isEmpty()) {
                    // The client kept the words of the thinking but not what proves them.
                    step.removeIf(Block.Thinking.class::isInstance);
                }
                restored.addAll(before);
                restored.addAll(step);
                restored.addAll(close);
                restored.add(signed(call, known.flatMap(SignedCall::signature)));
                step.clear();
            } else {
                step.add(block);
            }
        }
        restored.addAll(step);
        return new Turn(turn.role(), List.copyOf(restored), turn.name());
    }

    private static boolean isSignedThinking(Block block) {
        return block instanceof Block.RedactedThinking
                || (block instanceof Block.Thinking(var text, var signature) && signature.isPresent());
    }

    private List<Block> own(Optional<List<Block>> thinking) {
        return thinking.orElse(List.of()).stream().filter(this::isWanted).toList();
    }

    /** Chat has no place for another vendor's proof of thinking, only for Google's of a call. */
    private boolean isWanted(Block thinking) {
        return memory.upstream() != Dialect.CHAT
                && switch (thinking) {
                    case Block.Thinking(var text, var signature) ->
                        signature.filter(this::isOwn).isPresent();
                    case Block.RedactedThinking(var vendor, var data) -> vendor == vendor();
                    default -> false;
                };
    }

    private Block signed(Block.ToolCall call, Optional<Signature> known) {
        Optional<Signature> signature = call.signature().or(() -> known.filter(this::isOwn));
        return new Block.ToolCall(
                call.id(), call.name(), call.namespace(), call.kind(), call.arguments(), signature, call.cache());
    }

    private boolean isOwn(Signature signature) {
        return signature.vendor() == vendor();
    }

    private Vendor vendor() {
        return switch (memory.upstream()) {
            case MESSAGES -> Vendor.ANTHROPIC;
            case RESPONSES -> Vendor.OPENAI;
            case GEMINI, CHAT -> Vendor.GOOGLE;
            case COMPLETIONS -> Vendor.OTHER;
        };
    }
}
