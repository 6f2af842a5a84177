package dev.aigateway.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A log file and what is kept of it.
 *
 * @param maxBytes the size beyond which a new file is begun
 * @param maxBackups how many older files are kept; 0 for none
 * @param maxAge for how long they are kept; zero for as long as there are not too many
 * @param compress whether they are packed
 */
public record LogFileConfig(Path path, long maxBytes, int maxBackups, Duration maxAge, boolean compress) {}
