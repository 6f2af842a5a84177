package dev.aigateway.translation.splice;

import dev.aigateway.sse.ByteSlice;

/**
 * The parts of which content consists, in any dialect: blocks, deltas, parts of messages. Tells whether they hold anything
 * beside empty texts. Pure functions over well-formed JSON.
 */
public final class Parts {
    private Parts() {}

    /** Whether a list of parts, or the text in its place, holds nothing. */
    public static boolean areEmpty(ByteSlice content) {
        boolean isList = !content.isEmpty() && content.array()[content.offset()] == '[';
        return isList ? Splice.elements(content).stream().allMatch(Parts::isEmpty) : !Splice.says(content);
    }

    /** Whether a part has a kind, but nothing of it. */
    public static boolean isEmpty(ByteSlice part) {
        Members members = new Members();
        try {
            JsonScanner.scanObject(part, members);
        } catch (JsonScanner.JsonSyntaxException e) {
            return false;
        }
        return !members.say;
    }

    private static final class Members implements JsonScanner.MemberVisitor {
        private boolean say;

        @Override
        public void member(ByteSlice key, ByteSlice value) {
            boolean isKind = key.is("type") || key.is("thought");
            say |= !isKind && Splice.says(value);
        }
    }
}
