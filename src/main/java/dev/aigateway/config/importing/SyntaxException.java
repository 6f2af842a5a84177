package dev.aigateway.config.importing;

/** A text is not in the format that it seems to be in. An answer, not a defect: it has no stack trace. */
final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Remark remark;

    SyntaxException(Remark remark) {
        super(remark.message(), null, false, false);
        this.remark = remark;
    }

    Remark remark() {
        return remark;
    }
}
