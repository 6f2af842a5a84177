package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aigateway.conversation.Dialect;
import dev.aigateway.translation.ModelTraits.Thinking;
import dev.aigateway.translation.chat.ChatDialect;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelCatalogTest {
    @ParameterizedTest
    @CsvSource({
        // thinking, off, output limit, prefill
        "claude-opus-5, ADAPTIVE, true, 131072, false",
        "claude-sonnet-4-7-20260101, ADAPTIVE, true, 131072, false",
        "claude-sonnet-4-5-20250929, BUDGET, true, 65536, true",
        "anthropic/claude-opus-4-1-20250805, BUDGET, true, 32768, true",
        "claude-opus-4-20250514, BUDGET, true, 32768, true",
        "claude-3-5-haiku-latest, NONE, true, 8192, true",
        "claude-3-opus-20240229, NONE, true, 4096, true",
        "claude-next, ADAPTIVE, true, 131072, false",
        "o4-mini, EFFORT, true, 131072, true",
        "gpt-5, EFFORT, true, 131072, true",
        "openai/gpt-4o-mini, NONE, true, 16384, true",
        "gpt-4-turbo, NONE, true, 4096, true",
        "gemini-2.5-pro, BUDGET, false, 65536, true",
        "gemini-2.5-flash, BUDGET, true, 65536, true",
        "gemini-2.0-flash, NONE, true, 8192, true",
        "gemini-3-pro-preview, EFFORT, false, 65536, true",
        "some/unknown-model, EFFORT, true, 32768, true"
    })
    void model_hasTheTraitsOfItsFamily(String model, Thinking thinking, boolean off, int limit, boolean prefill) {
        ModelTraits traits = ModelCatalog.traits(model);
        assertThat(traits.thinking()).isEqualTo(thinking);
        assertThat(traits.thinkingCanBeOff()).isEqualTo(off);
        assertThat(traits.maxOutputTokens()).isEqualTo(limit);
        assertThat(traits.prefill()).isEqualTo(prefill);
    }

    @Test
    void target_knowsItsQuirks() {
        assertThat(Target.of(Dialect.CHAT, "gpt-4o").has(Quirk.TOP_K)).isFalse();
        Target local =
                new Target(Dialect.CHAT, "m", OptionalInt.empty(), ModelCatalog.traits("m"), Set.of(Quirk.TOP_K));
        assertThat(local.has(Quirk.TOP_K)).isTrue();
    }

    @Test
    void dialects_areFoundByName_orNotSpoken() {
        ChatDialect chat = new ChatDialect();
        Dialects dialects = new Dialects(List.of(chat), List.of(chat));
        assertThat(dialects.client(Dialect.CHAT)).isSameAs(chat);
        assertThat(dialects.upstream(Dialect.CHAT)).isSameAs(chat);
        assertThatThrownBy(() -> dialects.client(Dialect.GEMINI)).hasMessageContaining("gemini is not spoken");
        assertThatThrownBy(() -> dialects.upstream(Dialect.GEMINI)).hasMessageContaining("gemini is not spoken");
    }
}
