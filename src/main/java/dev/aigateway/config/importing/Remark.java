package dev.aigateway.config.importing;

/**
 * Something to tell about the other gateway's file. Never holds a value of it.
 *
 * @param place the line, or line and column with a colon; empty when that is not known
 * @param key the path of a key in the other gateway's words; empty when it is not about one key
 * @param message goes on from the key
 */
public record Remark(String place, String key, String message) {
    /** After the name of a file. */
    public String at(String file) {
        return place.isEmpty() ? file : file + ":" + place;
    }
}
