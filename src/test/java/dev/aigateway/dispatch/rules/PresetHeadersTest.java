package dev.aigateway.dispatch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.CloakConfig.Preset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PresetHeadersTest {
    @ParameterizedTest
    @EnumSource(names = {"CLAUDE_CODE", "CLAUDE_CODE_HEADERS"})
    void commandLine_hasItsOwnHeaders(Preset preset) {
        assertThat(PresetHeaders.of(preset, "session-1"))
                .containsExactly(
                        Map.entry("user-agent", "claude-cli/1.0.18 (pro, cli)"),
                        Map.entry("x-app", "cli"),
                        Map.entry(
                                "anthropic-beta",
                                "interleaved-thinking-2025-05-14,prompt-caching-scope-2026-01-05,context-management-2025-06-27"),
                        Map.entry("x-claude-code-session-id", "session-1"));
    }

    /** Row 192. */
    @Test
    void developmentKit_tellsItsSurroundings() {
        assertThat(PresetHeaders.of(Preset.CLAUDE_CODE_SDK, "session-1"))
                .containsEntry("user-agent", "claude-cli/2.1.72 (external, sdk-cli)")
                .containsEntry(
                        "anthropic-beta",
                        "claude-code-20250219,oauth-2025-04-20,interleaved-thinking-2025-05-14,"
                                + "fine-grained-tool-streaming-2025-05-14,prompt-caching-2024-07-31")
                .containsEntry("x-stainless-lang", "go")
                .containsEntry("x-stainless-package-version", "2.1.44")
                .containsEntry("x-stainless-runtime", "go")
                .containsEntry("x-stainless-timeout", "600")
                .containsKeys("x-stainless-runtime-version", "x-stainless-arch", "x-stainless-os")
                .doesNotContainKeys("x-app", "x-claude-code-session-id");
    }

    @ParameterizedTest
    @CsvSource({"amd64,x64", "x86_64,x64", "aarch64,arm64", "i386,x86", "riscv64,other::riscv64"})
    void architecture_isSpelledAsTheKitDoes(String name, String spelled) {
        assertThat(PresetHeaders.architecture(name)).isEqualTo(spelled);
    }

    @ParameterizedTest
    @CsvSource({"Linux,Linux", "Mac OS X,MacOS", "Windows 11,Windows", "FreeBSD,FreeBSD", "SunOS,Other::SunOS"})
    void system_isSpelledAsTheKitDoes(String name, String spelled) {
        assertThat(PresetHeaders.system(name)).isEqualTo(spelled);
    }
}
