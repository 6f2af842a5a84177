package dev.aigateway.routing.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalStateTest {
    private final LocalState state = new LocalState();

    @Test
    void nobodyKnown_isQuietAndGood() {
        assertThat(state.isQuiet()).isTrue();
        assertThat(state.of(Subject.provider("p"))).isEqualTo(Standing.GOOD);
        assertThat(state.all()).isEmpty();
    }

    @Test
    void update_replaces_andGoodForgets() {
        Subject subject = Subject.provider("p", "m");
        Standing spared = Standing.GOOD.sparedUntil(9, 1, Cause.NETWORK);
        assertThat(state.update(subject, before -> before.sparedUntil(9, 1, Cause.NETWORK)))
                .isEqualTo(spared);
        assertThat(state.of(subject)).isEqualTo(spared);
        assertThat(state.all()).containsOnlyKeys(subject);
        assertThat(state.update(subject, before -> new Standing(0, 0, 0, 0, Optional.empty())))
                .isEqualTo(Standing.GOOD);
        assertThat(state.isQuiet()).isTrue();
    }

    @Test
    void madeUpModels_neverFillIt_andTheLongestSparedStay() {
        Subject longest = Subject.provider("p", "important");
        state.update(longest, before -> before.sparedUntil(Long.MAX_VALUE, 1, Cause.REFUSED));
        for (int i = 0; i < 3 * LocalState.MOST; i++) {
            int end = i;
            state.update(Subject.provider("p", "m" + i), before -> before.sparedUntil(end + 1, 1, Cause.NOT_FOUND));
        }
        assertThat(state.all()).hasSizeLessThanOrEqualTo(LocalState.MOST);
        assertThat(state.of(longest).until()).isEqualTo(Long.MAX_VALUE);
        assertThat(state.of(Subject.provider("p", "m" + (3 * LocalState.MOST - 1)))
                        .until())
                .isPositive();
    }

    @Test
    void madeUpKeysOfCallers_displaceOnlyEachOther() {
        Subject configured = Subject.key(new KeyId("p", "k"), "m");
        Subject givenUp = Subject.provider("p");
        state.update(configured, before -> before.sparedUntil(5, 1, Cause.RATE_LIMIT));
        state.update(givenUp, before -> before.sparedUntil(5, 1, Cause.NETWORK));
        for (int i = 0; i < 2 * LocalState.MOST; i++) {
            Subject callers = Subject.key(KeyId.ofCaller("p", Secret.of("made up " + i)));
            state.update(callers, before -> before.sparedUntil(1_800_000, 1, Cause.REFUSED));
        }
        assertThat(state.of(configured).until()).isEqualTo(5);
        assertThat(state.of(givenUp).until()).isEqualTo(5);
        assertThat(state.all()).containsKeys(configured, givenUp).hasSizeLessThanOrEqualTo(LocalState.MOST + 2);
    }

    @Test
    void subject_tellsNobodyTheFingerprint() {
        assertThat(Subject.key(new KeyId("p", "abcdef"), "m")).hasToString("p#key/m");
        assertThat(Subject.provider("p")).hasToString("p");
    }
}
