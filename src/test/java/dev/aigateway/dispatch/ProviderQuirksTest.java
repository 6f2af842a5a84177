package dev.aigateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.ProviderConfig;
import dev.aigateway.translation.Quirk;
import java.net.URI;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderQuirksTest {
    @ParameterizedTest
    @CsvSource({
        "https://api.openai.com/v1, gpt-4o, MAX_COMPLETION_TOKENS CUSTOM_TOOLS",
        "https://api.openai.com/v1, o4-mini, MAX_COMPLETION_TOKENS CUSTOM_TOOLS DEVELOPER_ROLE",
        "https://team.openai.azure.com, gpt-4o, MAX_COMPLETION_TOKENS CUSTOM_TOOLS",
        "https://api.anthropic.com, claude-opus-5, HOSTED_TOOLS",
        "https://api.deepseek.com/v1, deepseek-reasoner, REASONING_CONTENT_BACK",
        "https://open.bigmodel.cn/api, glm-5, REASONING_CONTENT_BACK",
        "https://notdeepseek.com/v1, m, ''",
        "https://api.openai.com.example.org/v1, gpt-4o, ''",
        "demo:builtin, demo, ''"
    })
    void host_tellsHowItsDialectIsSpoken(URI base, String model, String names) {
        EnumSet<Quirk> quirks = EnumSet.noneOf(Quirk.class);
        Arrays.stream(names.split(" "))
                .filter(name -> !name.isEmpty())
                .forEach(name -> quirks.add(Quirk.valueOf(name)));
        ProviderConfig provider = base.getScheme().equals("demo")
                ? Configurations.provider("type: demo")
                : Configurations.provider("type: openai, base-url: '%s'".formatted(base));
        assertThat(ProviderQuirks.of(provider, model)).isEqualTo(quirks);
    }
}
