package dev.aigateway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into a resource: {@code --version} is answered before Quarkus starts. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        try (InputStream resource = Version.class.getResourceAsStream("version.txt")) {
            if (resource == null) {
                throw new IOException("version.txt is missing from the build");
            }
            return new String[] {"ai-gateway " + new String(resource.readAllBytes(), StandardCharsets.UTF_8).trim()};
        }
    }
}
