package dev.aigateway.config;

/**
 * The sizes that one exchange may reach, in bytes.
 *
 * @param maxBodyBytes of a client's request
 * @param maxAnswerBytes of an upstream's answer that is not a stream
 * @param maxEventBytes of one event of a stream
 */
public record LimitsConfig(long maxBodyBytes, long maxAnswerBytes, int maxEventBytes) {
    private static final int MIB = 1024 * 1024;

    public static final LimitsConfig DEFAULT = new LimitsConfig(20 * MIB, 64 * MIB, 16 * MIB);
}
