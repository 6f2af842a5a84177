package dev.aigateway.translation.messages;

/** Whether the JSON text seen so far is one complete object or array. Looks at each character once. */
final class JsonProgress {
    private int depth;
    private boolean begun;
    private boolean string;
    private boolean escaped;

    void feed(String text) {
        for (int i = 0; i < text.length(); i++) {
            feed(text.charAt(i));
        }
    }

    boolean isComplete() {
        return begun && depth == 0 && !string;
    }

    private void feed(char c) {
        if (string) {
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == '"') {
                string = false;
            }
            return;
        }
        switch (c) {
            case '"' -> string = true;
            case '{', '[' -> {
                begun = true;
                depth++;
            }
            case '}', ']' -> depth--;
            default -> {}
        }
    }
}
