package dev.aigateway.config;

/** A value does not fit its key. The message goes on from the key's name: "must be …". */
final class BadValueException extends Exception {
    private static final long serialVersionUID = 1L;

    BadValueException(String message) {
        super(message, null, false, false);
    }
}
