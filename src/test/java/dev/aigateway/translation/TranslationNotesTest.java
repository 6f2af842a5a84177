package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aigateway.conversation.Block;
import dev.aigateway.conversation.Conversation;
import dev.aigateway.conversation.Dialect;
import dev.aigateway.conversation.GatewayError;
import dev.aigateway.conversation.GatewayException;
import dev.aigateway.conversation.RawJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is lost on the way to another dialect, and what is rather refused: sections 1 and 7.1. */
class TranslationNotesTest {
    private final TranslationNotes notes = new TranslationNotes(false);

    @Test
    void notes_areKeptInOrder_withoutRepeats() {
        notes.dropped("b");
        notes.approximated("a");
        notes.dropped("b");
        assertThat(notes.all()).hasToString("[dropped:b, approximated:a]");
    }

    @Test
    void copy_addsToWhatIsThere_andLeavesTheSourceAlone() {
        notes.dropped("read");
        TranslationNotes other = new TranslationNotes(false);
        notes.copyTo(other);
        other.dropped("written");
        assertThat(other.all()).hasToString("[dropped:read, dropped:written]");
        assertThat(notes.all()).hasToString("[dropped:read]");
    }

    @Test
    void strict_refusesWhatIsDropped_butNotWhatIsApproximated() {
        TranslationNotes strict = new TranslationNotes(true);
        strict.approximated("a");
        assertThatThrownBy(() -> strict.dropped("seed")).isInstanceOfSatisfying(GatewayException.class, refused -> {
            assertThat(refused.error().kind()).isEqualTo(GatewayError.Kind.BAD_REQUEST);
            assertThat(refused.error().param()).contains("seed");
        });
        assertThat(strict.all()).hasToString("[approximated:a]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt", "previous_response_id", "conversation", "background", "audio", "cachedContent"})
    void extension_thatWouldChangeTheAnswer_isRefused(String name) {
        assertThatThrownBy(() -> Extensions.drop(with(name), notes))
                .hasMessageStartingWith(name + ": is not supported by the provider");
    }

    @ParameterizedTest
    @CsvSource({"store, []", "betas, []", "prediction, [dropped:prediction]"})
    void extension_thatIsAHint_isDropped(String name, String noted) {
        Extensions.drop(with(name), notes);
        assertThat(notes.all()).hasToString(noted);
    }

    @ParameterizedTest
    @EnumSource(Field.class)
    void field_hasANameInEveryDialect(Field field) {
        for (Dialect dialect : Dialect.values()) {
            assertThat(field.in(dialect)).isNotBlank();
        }
        assertThat(field.in(Dialect.COMPLETIONS)).isEqualTo(field.in(Dialect.CHAT));
        assertThat(field.in(with("x"))).isEqualTo(field.in(Dialect.CHAT));
    }

    @Test
    void instructions_forAnotherVendor_leaveOutAccountingAndEmptyTexts() {
        Conversation conversation = Conversation.builder(Dialect.MESSAGES, "m")
                .system(List.of(
                        new Block.Text("x-anthropic-billing-header: v=1"),
                        new Block.Text(""),
                        new Block.Text("Be brief")))
                .build();
        assertThat(Instructions.forForeignVendor(conversation)).containsExactly(new Block.Text("Be brief"));
    }

    private static Conversation with(String extension) {
        return Conversation.builder(Dialect.CHAT, "m")
                .extension(extension, RawJson.EMPTY_OBJECT)
                .build();
    }
}
