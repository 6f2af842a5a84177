package dev.aigateway.translation.rules;

import dev.aigateway.sse.ByteSlice;
import dev.aigateway.translation.Json;
import dev.aigateway.translation.splice.JsonScanner;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Puts an invisible character after the first one of certain words, in upper or lower case, where a Messages body has
 * text: in {@code system} and {@code messages}, and below them under {@code text} and {@code content} only, so that tool
 * inputs, names and images stay as they are (behaviour reference, sections 10.1 and 15.9). Immutable.
 */
public final class SensitiveWords {
    private static final String INVISIBLE = "\u200b";

    private final Pattern words;

    private SensitiveWords(Pattern words) {
        this.words = words;
    }

    /** @param words at least one; where several begin at one place, the longest counts */
    public static SensitiveWords of(List<String> words) {
        String any = words.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return new SensitiveWords(Pattern.compile(any, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }

    /** The body with its words split; the same array when it has none of them. */
    public byte[] split(byte[] body) {
        List<Patch> patches = new ArrayList<>();
        JsonScanner.scanObject(ByteSlice.of(body), (key, value) -> {
            if (key.is("messages") || key.is("system")) {
                collect(value, patches);
            }
        });
        return patches.isEmpty() ? body : patched(body, patches);
    }

    /** In the order of their places. */
    private record Patch(ByteSlice place, byte[] text) {}

    private void collect(ByteSlice value, List<Patch> patches) {
        switch (value.array()[value.offset()]) {
            case '"' -> collectText(value, patches);
            case '[' -> JsonScanner.scanArray(value, element -> collect(element, patches));
            case '{' ->
                JsonScanner.scanObject(value, (key, member) -> {
                    if (key.is("text") || key.is("content")) {
                        collect(member, patches);
                    }
                });
            default -> {}
        }
    }

    private void collectText(ByteSlice quoted, List<Patch> patches) {
        String raw = quoted.text();
        boolean escaped = raw.indexOf('\\') >= 0;
        String text = escaped ? Json.parse(raw).map(node -> node.asText()).orElse("") : raw;
        String split = split(text);
        if (!split.equals(text)) {
            String written = escaped ? Json.text(Json.object().textNode(split)) : split;
            patches.add(new Patch(quoted, written.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private String split(String text) {
        return words.matcher(text).replaceAll(match -> {
            String word = match.group();
            int first = Character.charCount(word.codePointAt(0));
            return Matcher.quoteReplacement(word.substring(0, first) + INVISIBLE + word.substring(first));
        });
    }

    private static byte[] patched(byte[] body, List<Patch> patches) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + patches.size() * 16);
        int at = 0;
        for (Patch patch : patches) {
            out.write(body, at, patch.place().offset() - at);
            out.writeBytes(patch.text());
            at = patch.place().offset() + patch.place().length();
        }
        out.write(body, at, body.length - at);
        return out.toByteArray();
    }
}
