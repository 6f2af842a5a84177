package dev.aigateway.config.importing;

/** A text is not in the format that it seems to be in. An answer, not a defect: it has no stack trace. */
final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String format;
    private final transient Remark remark;

    SyntaxException(String format, String place, String reason) {
        super(reason, null, false, false);
        this.format = format;
        this.remark = new Remark(place, "", "is not valid " + format + reason);
    }

    boolean isYaml() {
        return format.equals("YAML");
    }

    Remark remark() {
        return remark;
    }
}
