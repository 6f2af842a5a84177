package dev.aigateway.dispatch.rules;

import dev.aigateway.config.CloakConfig.Preset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a preset's program sends in its head (behaviour reference, sections 10.3 and 10.4). */
final class PresetHeaders {
    private PresetHeaders() {}

    /** Names in lower case. */
    static Map<String, String> of(Preset preset, String session) {
        return switch (preset) {
            case CLAUDE_CODE, CLAUDE_CODE_HEADERS -> cli(session);
            case CLAUDE_CODE_SDK -> sdk();
        };
    }

    private static Map<String, String> cli(String session) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("user-agent", "claude-cli/1.0.18 (pro, cli)");
        headers.put("x-app", "cli");
        headers.put(
                "anthropic-beta",
                "interleaved-thinking-2025-05-14,prompt-caching-scope-2026-01-05,context-management-2025-06-27");
        headers.put("x-claude-code-session-id", session);
        return headers;
    }

    private static Map<String, String> sdk() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("user-agent", "claude-cli/2.1.72 (external, sdk-cli)");
        headers.put(
                "anthropic-beta",
                "claude-code-20250219,oauth-2025-04-20,interleaved-thinking-2025-05-14,"
                        + "fine-grained-tool-streaming-2025-05-14,prompt-caching-2024-07-31");
        headers.put("x-stainless-lang", "go");
        headers.put("x-stainless-package-version", "2.1.44");
        headers.put("x-stainless-runtime", "go");
        headers.put("x-stainless-runtime-version", "go1.25.0");
        headers.put("x-stainless-arch", architecture(System.getProperty("os.arch", "")));
        headers.put("x-stainless-os", system(System.getProperty("os.name", "")));
        headers.put("x-stainless-timeout", "600");
        return headers;
    }

    static String architecture(String name) {
        return switch (name) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64", "arm64" -> "arm64";
            case "x86", "i386", "i686" -> "x86";
            default -> "other::" + name;
        };
    }

    static String system(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("mac")) {
            return "MacOS";
        }
        if (lower.startsWith("windows")) {
            return "Windows";
        }
        return lower.equals("linux") || lower.equals("freebsd") ? name : "Other::" + name;
    }
}
