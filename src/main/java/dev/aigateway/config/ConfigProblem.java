package dev.aigateway.config;

/**
 * One thing that is wrong with the configuration. Never holds the value of a secret.
 *
 * @param where file and line, or the variable, or the command line
 * @param key the key's path below {@code ai-proxy}; empty when the problem is not about one key
 * @param message goes on from the key
 */
public record ConfigProblem(String where, String key, String message) {
    /** One line for people, whatever characters a key is made of. */
    @Override
    public String toString() {
        return (where + ": " + (key.isEmpty() ? "" : key + " ") + message).replaceAll("\\p{Cntrl}", "?");
    }
}
