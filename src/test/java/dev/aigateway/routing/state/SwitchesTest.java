package dev.aigateway.routing.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.config.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SwitchesTest {
    private static final KeyId KEY = KeyId.of("p", Optional.of(Secret.of("k")));

    private final Switches switches = new Switches();

    @Test
    void nobody_isOff_atFirst() {
        assertThat(switches.isQuiet()).isTrue();
        assertThat(switches.isOff("p")).isFalse();
        assertThat(switches.isOff(KEY)).isFalse();
    }

    @Test
    void provider_andKey_areSwitchedApart() {
        switches.turn("p", false);
        assertThat(switches.isOff("p")).isTrue();
        assertThat(switches.isOff(KEY)).isFalse();
        switches.turn(KEY, false);
        switches.turn("p", true);
        assertThat(switches.isOff("p")).isFalse();
        assertThat(switches.isOff(KEY)).isTrue();
    }

    @Test
    void lastOneOn_makesItQuietAgain() {
        switches.turn("p", false);
        switches.turn(KEY, false);
        assertThat(switches.isQuiet()).isFalse();
        switches.turn("p", true);
        switches.turn(KEY, true);
        switches.turn("never off", true);
        assertThat(switches.isQuiet()).isTrue();
    }

    @Test
    void key_isKnownByItsText_whereverItStands() {
        switches.turn(KEY, false);
        assertThat(switches.isOff(KeyId.of("p", Optional.of(Secret.of("k"))))).isTrue();
        assertThat(switches.isOff(KeyId.of("q", Optional.of(Secret.of("k"))))).isFalse();
    }
}
