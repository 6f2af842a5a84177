package dev.aigateway.config;

/**
 * A value does not fit its key. The message goes on from the key's name: "must be …". The form says the same to editors; a
 * type that gives none takes any single value there.
 */
final class BadValueException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ValueForm form;
    private final boolean ofThisMachine;

    BadValueException(String message) {
        this(message, ValueForm.ANY);
    }

    BadValueException(String message, ValueForm form) {
        this(message, form, false);
    }

    private BadValueException(String message, ValueForm form, boolean ofThisMachine) {
        super(message, null, false, false);
        this.form = form;
        this.ofThisMachine = ofThisMachine;
    }

    /** The value itself may be good: what it names is not there. */
    static BadValueException ofThisMachine(String message) {
        return new BadValueException(message, ValueForm.ANY, true);
    }

    boolean isOfThisMachine() {
        return ofThisMachine;
    }

    ValueForm form() {
        return form;
    }
}
