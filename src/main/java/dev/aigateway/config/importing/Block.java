package dev.aigateway.config.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A group of keys of the document that is being written, with comments between them. Used by one thread. */
final class Block {
    private static final String STEP = "  ";

    /** Items of more lines than these have air between them. */
    private static final int SMALL = 3;

    /** A line of its own, or more of them, at the block's own indentation. */
    private sealed interface Part {}

    private record Note(String text) implements Part {}

    private record Entry(String key, String value) implements Part {}

    private record Nested(String key, Block block) implements Part {}

    private record Sequence(String key, List<Block> items) implements Part {}

    private final List<Part> parts = new ArrayList<>();
    private boolean commentedOut;

    Block note(String text) {
        parts.add(new Note(text));
        return this;
    }

    Block put(String key, String text) {
        parts.add(new Entry(key, Scalars.writeUrl(text)));
        return this;
    }

    Block put(String key, long number) {
        parts.add(new Entry(key, Long.toString(number)));
        return this;
    }

    Block put(String key, boolean value) {
        parts.add(new Entry(key, Boolean.toString(value)));
        return this;
    }

    Block put(String key, Foreign copied) {
        parts.add(new Entry(key, Scalars.write(copied)));
        return this;
    }

    Block put(String key, List<String> texts) {
        String value = texts.stream().map(Scalars::write).collect(Collectors.joining(", ", "[ ", " ]"));
        parts.add(new Entry(key, texts.isEmpty() ? "[]" : value));
        return this;
    }

    Block put(String key, int first, int... others) {
        String value = IntStream.concat(IntStream.of(first), IntStream.of(others))
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", ", "[ ", " ]"));
        parts.add(new Entry(key, value));
        return this;
    }

    /** A group without keys leaves only its comments. */
    Block put(String key, Block block) {
        if (block.parts.stream().allMatch(Note.class::isInstance)) {
            parts.addAll(block.parts);
        } else {
            parts.add(new Nested(key, block));
        }
        return this;
    }

    Block put(String key, Stream<Block> items) {
        parts.add(new Sequence(key, items.toList()));
        return this;
    }

    /** Makes a comment of the whole block. */
    Block commentOut() {
        commentedOut = true;
        return this;
    }

    boolean isCommentedOut() {
        return commentedOut;
    }

    /** The lines of a document's outermost group, with air between its larger parts. */
    List<String> spacedLines() {
        return lines(true);
    }

    private List<String> lines(boolean spaced) {
        List<String> lines = new ArrayList<>();
        boolean wasLarge = false;
        for (List<String> paragraph : paragraphs()) {
            boolean large = paragraph.size() > 1;
            if (spaced && !lines.isEmpty() && (large || wasLarge)) {
                lines.add("");
            }
            lines.addAll(paragraph);
            wasLarge = large;
        }
        return lines;
    }

    /** Each key with the comments that stand before it. */
    private List<List<String>> paragraphs() {
        List<List<String>> paragraphs = new ArrayList<>();
        List<String> paragraph = new ArrayList<>();
        for (Part part : parts) {
            paragraph.addAll(lines(part));
            if (!(part instanceof Note)) {
                paragraphs.add(paragraph);
                paragraph = new ArrayList<>();
            }
        }
        if (!paragraph.isEmpty()) {
            paragraphs.add(paragraph);
        }
        return paragraphs;
    }

    private static List<String> lines(Part part) {
        return switch (part) {
            case Note note -> List.of("# " + note.text());
            case Entry entry -> List.of(Scalars.write(entry.key()) + ": " + entry.value());
            case Nested nested -> under(nested.key(), indented(nested.block().lines(false)));
            case Sequence sequence -> under(sequence.key(), items(sequence.items()));
        };
    }

    private static List<String> under(String key, List<String> below) {
        return Stream.concat(Stream.of(Scalars.write(key) + ":"), below.stream())
                .toList();
    }

    private static List<String> indented(List<String> lines) {
        return lines.stream().map(line -> line.isEmpty() ? line : STEP + line).toList();
    }

    private static List<String> items(List<Block> items) {
        List<List<String>> all = items.stream().map(Block::item).toList();
        boolean large = all.stream().anyMatch(item -> item.size() > SMALL);
        List<String> lines = new ArrayList<>();
        for (List<String> item : all) {
            if (large && !lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(indented(item));
        }
        return lines;
    }

    /** The dash stands before the first key; comments stay above it. */
    private List<String> item() {
        List<String> lines = new ArrayList<>();
        boolean dashed = false;
        for (String line : lines(false)) {
            boolean comment = !dashed && line.startsWith("#");
            lines.add(comment ? line : (dashed ? STEP : "- ") + line);
            dashed |= !comment;
        }
        return commentedOut
                ? lines.stream()
                        .map(line -> line.startsWith("#") ? line : "# " + line)
                        .toList()
                : lines;
    }
}
