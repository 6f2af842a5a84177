package dev.aigateway.observe;

/** Text that a client or a provider made up, so that it cannot forge a log line. */
public final class Printable {
    private static final int MOST = 128;

    private Printable() {}

    /** One word of visible ASCII, cut where it is long. */
    public static String word(String text) {
        return visible(text, MOST);
    }

    static String visible(String text, int most) {
        StringBuilder visible = new StringBuilder(Math.min(text.length(), most));
        for (int i = 0; i < text.length() && i < most; i++) {
            char c = text.charAt(i);
            visible.append(c > ' ' && c < 0x7f ? c : '?');
        }
        return visible.toString();
    }
}
