package dev.aigateway.config;

/**
 * A pattern for names: {@code *} stands for any run of characters, {@code ?} for one; everything else stands for itself,
 * in upper or lower case as written. Matching takes time in proportion to pattern times name, whatever they say.
 */
public record Glob(String pattern) {

    /** Whether it stands for one name only. */
    public boolean isLiteral() {
        return pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
    }

    public boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == name.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    /** How much of a name it fixes: the more, the more it says. */
    public int literalLength() {
        return (int) pattern.chars().filter(c -> c != '*' && c != '?').count();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
