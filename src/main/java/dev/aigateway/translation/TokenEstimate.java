package dev.aigateway.translation;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.OutputFormat;
import dev.aigateway.conversation.Source;
import dev.aigateway.conversation.Tool;
import java.util.List;

/**
 * A guess at the prompt tokens of a request, for providers that do not count themselves: four letters of a western script
 * a token, one token a character elsewhere, a fixed price for pictures and pages. Meant for deciding when a conversation
 * gets long; billing needs the provider's own count (translation reference, section 17). Stateless.
 */
public final class TokenEstimate {
    private static final int PER_TURN = 4;
    private static final int PER_TOOL = 12;
    private static final int PER_IMAGE = 1600;
    private static final int PER_PAGE = 2000;
    /** A page of a PDF, in base64. */
    private static final int PAGE_CHARACTERS = 100_000;

    private long quarters;
    private long whole;

    private TokenEstimate() {}

    /** At least 1. */
    public static long of(Conversation conversation) {
        TokenEstimate estimate = new TokenEstimate();
        conversation.system().forEach(estimate::block);
        conversation.turns().forEach(turn -> {
            estimate.whole += PER_TURN;
            turn.blocks().forEach(estimate::block);
        });
        conversation.tools().declared().forEach(estimate::tool);
        if (conversation.output() instanceof OutputFormat.JsonSchema format) {
            estimate.text(format.schema().text());
        }
        return Math.max(1, estimate.whole + (estimate.quarters + 3) / 4);
    }

    private void block(Block block) {
        switch (block) {
            case Block.Text text -> text(text.text());
            case Block.Refusal(var words) -> text(words);
            case Block.Thinking(var thought, var signature) -> text(thought);
            case Block.ToolCall call -> {
                whole += PER_TOOL;
                text(call.name());
                text(call.arguments());
            }
            case Block.ToolResult result -> {
                whole += PER_TURN;
                blocks(result.content());
            }
            case Block.Image ignored -> whole += PER_IMAGE;
            case Block.Video ignored -> whole += PER_PAGE;
            case Block.Audio(var data, var format) -> whole += pages(data);
            case Block.Document document -> document(document);
            case Block.RedactedThinking(var vendor, var data) -> text(data);
            case Block.Opaque(var dialect, var type, var raw) -> text(raw.text());
        }
    }

    private void blocks(List<Block> blocks) {
        blocks.forEach(this::block);
    }

    private void document(Block.Document document) {
        switch (document.source()) {
            case Source.PlainText(var text) -> text(text);
            case Source.Base64(var mime, var data) -> whole += pages(data);
            case Source.Url ignored -> whole += PER_PAGE;
            case Source.FileId ignored -> whole += PER_PAGE;
        }
    }

    private static long pages(String base64) {
        return PER_PAGE * (1L + base64.length() / PAGE_CHARACTERS);
    }

    private void tool(Tool tool) {
        whole += PER_TOOL;
        text(tool.name());
        switch (tool) {
            case Tool.Function function -> {
                function.description().ifPresent(this::text);
                function.schema().ifPresent(schema -> text(schema.text()));
            }
            case Tool.Custom custom -> {
                custom.description().ifPresent(this::text);
                custom.format().ifPresent(format -> text(format.text()));
            }
            case Tool.Hosted hosted -> text(hosted.raw().text());
        }
    }

    private void text(String text) {
        for (int i = 0; i < text.length(); i++) {
            quarters += text.charAt(i) < 0x250 ? 1 : 4;
        }
    }
}
