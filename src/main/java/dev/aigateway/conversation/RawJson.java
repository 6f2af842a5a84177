package dev.aigateway.conversation;

/**
 * A JSON value as text, kept exactly so that key order and number spelling survive.
 *
 * @param text one well-formed JSON value
 */
public record RawJson(String text) {
    public static final RawJson EMPTY_OBJECT = new RawJson("{}");

    @Override
    public String toString() {
        return text;
    }
}
