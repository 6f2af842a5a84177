package dev.aigateway.config;

/**
 * A value does not fit its key. The message goes on from the key's name: "must be …". The form says the same to editors; a
 * type that gives none takes any single value there.
 */
final class BadValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ValueForm form;

    BadValueException(String message) {
        this(message, ValueForm.ANY);
    }

    BadValueException(String message, ValueForm form) {
        super(message, null, false, false);
        this.form = form;
    }

    ValueForm form() {
        return form;
    }
}
