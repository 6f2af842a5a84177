package dev.aigateway.conversation;

/** Where the bytes of an image, video or document come from. */
public sealed interface Source {
    /**
     * Bytes in the request itself.
     *
     * @param mime media type, such as {@code image/png}
     * @param data standard base64
     */
    record Base64(String mime, String data) implements Source {}

    /** Bytes that the upstream fetches itself. */
    record Url(String url) implements Source {}

    /** Bytes that were uploaded to a vendor before; meaningless to any other vendor. */
    record FileId(Vendor vendor, String id) implements Source {}

    /** A text document given inline. */
    record PlainText(String text) implements Source {}
}
