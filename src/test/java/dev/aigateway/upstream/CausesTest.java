package dev.aigateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CausesTest {
    @Test
    void failure_isToldWithWhereItCameFrom_inOneLine() {
        Exception failure = new IOException("handshake\nfailed", new IllegalStateException("no path\u001b[31m"));
        assertThat(Causes.of(failure))
                .isEqualTo("IOException handshake failed, from IllegalStateException no path [31m");
        assertThat(Causes.of(new IOException())).isEqualTo("IOException");
    }

    @Test
    void failureWithoutEnd_isBounded() {
        Exception first = new Exception("x".repeat(300));
        Exception second = new Exception("y".repeat(300), first);
        first.initCause(second);
        assertThat(Causes.of(first)).hasSizeLessThan(510).endsWith("…");
    }
}
