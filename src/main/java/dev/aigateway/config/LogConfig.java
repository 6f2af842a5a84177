package dev.aigateway.config;

import java.util.Optional;

/**
 * What is logged, and where. All of it is live.
 *
 * @param level of the gateway's own lines; it can make the framework quieter, never louder
 * @param requests whether each request is logged in one line
 * @param file where lines go beside the standard output
 * @param bodies whether the bodies of requests and answers are logged, prompts and all
 * @param trustForwardedFor whether the client's address may come from a header, as behind a proxy
 */
public record LogConfig(
        LogLevel level,
        LogFormat format,
        boolean requests,
        Optional<LogFileConfig> file,
        boolean bodies,
        boolean trustForwardedFor) {
    public static final LogConfig DEFAULT =
            new LogConfig(LogLevel.INFO, LogFormat.TEXT, true, Optional.empty(), false, false);
}
