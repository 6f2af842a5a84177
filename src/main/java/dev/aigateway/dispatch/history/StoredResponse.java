package dev.aigateway.dispatch.history;

/**
 * A response that can be asked for again or continued.
 *
 * @param input all input items up to it, those of earlier responses included, as a JSON array
 * @param output what a continuation needs of the answer, as a JSON array; unlike the object's own output it holds all
 *     signatures
 * @param object the response object as the client got it
 */
public record StoredResponse(String id, byte[] input, byte[] output, byte[] object) {
    /** The items that come before the input of a response that continues this one. */
    byte[] items() {
        return ItemArray.join(input, output);
    }

    long bytes() {
        return (long) input.length + output.length + object.length;
    }
}
