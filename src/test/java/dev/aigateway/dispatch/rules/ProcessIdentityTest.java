package dev.aigateway.dispatch.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
    private static final String FORM =
            "^user_[0-9a-f]{64}_account__session_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$";

    private final ProcessIdentity identity = new ProcessIdentity();
    private final ProcessIdentity afterRestart = new ProcessIdentity();

    @Test
    void session_isOneUuidAsLongAsTheProcessRuns() {
        assertThat(UUID.fromString(identity.session()).version()).isEqualTo(4);
        assertThat(identity.session()).isEqualTo(identity.session()).isNotEqualTo(afterRestart.session());
    }

    @Test
    void newUser_isAnotherEachTime() {
        assertThat(identity.newUser()).matches(FORM).isNotEqualTo(identity.newUser());
    }

    @Test
    void userOfAnOwner_staysAsLongAsTheProcessRuns() {
        assertThat(identity.userOf("a"))
                .matches(FORM)
                .isEqualTo(identity.userOf("a"))
                .isNotEqualTo(identity.userOf("b"))
                .isNotEqualTo(afterRestart.userOf("a"));
    }
}
