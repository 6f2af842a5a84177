package dev.aigateway.config;

/** What a log line looks like. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** One JSON object, for programs. */
    JSON
}
