package dev.aigateway.config;

import dev.aigateway.config.importing.Import;
import dev.aigateway.config.importing.Importer;

/** The configuration of another gateway, converted to what this gateway accepts. */
public final class ForeignConfig {
    private ForeignConfig() {}

    /** @param text a whole file */
    public static Import read(String text) {
        return Importer.read(ConfigFile.withoutMark(text), Values::isOwnHeader);
    }
}
