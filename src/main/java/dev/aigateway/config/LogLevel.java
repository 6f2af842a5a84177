package dev.aigateway.config;

/** How much the gateway tells of itself; each level with those before it. */
public enum LogLevel {
    OFF,
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE
}
