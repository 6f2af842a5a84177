package dev.aigateway.dispatch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Configurations;
import dev.aigateway.config.GatewayConfig;
import dev.aigateway.conversation.Dialect;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleBookTest {
    private final GatewayConfig config =
            Configurations.of("payload: { override: [ { models: [ m ], params: { y: 2 } } ] }");

    @Test
    void whatIsTheSameForEveryRequest_isMadeOnce() {
        RuleBook book = RuleBook.of(config);
        assertThat(RuleBook.of(config)).isSameAs(book);
        assertThat(book.words(List.of("one", "two"))).isSameAs(book.words(List.of("one", "two")));
        assertThat(book.edits("m", "m", Dialect.CHAT).getFirst())
                .isSameAs(book.edits("m", "m", Dialect.CHAT).getFirst());
    }

    @Test
    void words_ofAnotherCloak_areOthers() {
        RuleBook book = RuleBook.of(config);
        assertThat(book.words(List.of("one"))).isNotSameAs(book.words(List.of("two")));
    }
}
