package dev.aigateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What a file gives that is named in the place of a key: the key, or the reason why there is none. The form is told by the
 * content, not by the name: an object of JSON is a login as some program keeps it, anything else is the key itself. Files
 * are read and never written; no reason says anything of what they hold. Reads a file and so is not for the event loop.
 * Behaviour reference: row 150.
 */
sealed interface KeyFile {
    int MOST_BYTES = 64 * 1024;

    record Usable(Secret secret) implements KeyFile {}

    /** @param reason goes on from the name of the file */
    record Unusable(String reason) implements KeyFile {}

    /** @param now when a login must not have ended yet */
    static KeyFile read(Path path, Instant now) {
        // Opening what is no file, such as a pipe, may never end.
        if (!Files.isRegularFile(path)) {
            return new Unusable(Files.notExists(path) ? "does not exist" : "is not a file that can be read");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            return content.length > MOST_BYTES
                    ? new Unusable("is larger than 64 KiB")
                    : of(new String(content, StandardCharsets.UTF_8), now);
        } catch (IOException e) {
            return new Unusable("is not a file that can be read");
        }
    }

    private static KeyFile of(String content, Instant now) {
        String text = ConfigFile.withoutMark(content).strip();
        if (text.isEmpty()) {
            return new Unusable("is empty");
        }
        return text.startsWith("{") ? StoredLogin.read(text, now) : key(text, "holds more than a key");
    }

    /** @param otherwise the reason when it cannot travel in a header */
    static KeyFile key(String text, String otherwise) {
        try {
            return new Usable(Values.secret(text));
        } catch (BadValueException e) {
            return new Unusable(otherwise + ", which is visible ASCII characters without spaces");
        }
    }
}
