package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Signature;
import dev.aigateway.conversation.Vendor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureCarrierTest {
    private static final String WRAPPER =
            SignatureCarrier.write(new Signature(Vendor.OPENAI, "ENC+/="), Vendor.ANTHROPIC);

    @ParameterizedTest
    @EnumSource(Vendor.class)
    void signature_comesBackAsItWas_throughEveryHome(Vendor home) {
        for (Vendor vendor : Vendor.values()) {
            Signature signature = new Signature(vendor, "d\"ü+/=");
            assertThat(SignatureCarrier.read(SignatureCarrier.write(signature, home), home))
                    .isEqualTo(signature);
            Signature item = new Signature(vendor, "d", Optional.of("rs_1"));
            assertThat(SignatureCarrier.read(SignatureCarrier.write(item, home), home))
                    .isEqualTo(item);
        }
    }

    @Test
    void signature_atHome_isBare() {
        assertThat(SignatureCarrier.write(new Signature(Vendor.ANTHROPIC, "EqAB"), Vendor.ANTHROPIC))
                .isEqualTo("EqAB");
        assertThat(WRAPPER).matches("gw1\\.openai\\.[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gw1.", "gw1.openai", "gw1.nobody.e30", "gw1.openai.!!!", "gw1.openai.e30", "gw1.openai."})
    void damagedWrapper_belongsToNobody(String text) {
        assertThat(SignatureCarrier.read(text, Vendor.ANTHROPIC)).isEqualTo(new Signature(Vendor.OTHER, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"a\" : 1.0 }",
                "{\"text\":\"what is gw1.openai.x?\"}",
                "{\"text\" : \"gw1. is a prefix\"}",
                "{\"text\" : \"gw1.openai.abc is one\", \"n\":1.00}",
                "{\"text\" : \"gw1.\"}",
                "{\"text\" : \"Z3cxL, a place\"}",
                "{\"text\":\"gw1.openai.abc"
            })
    void strip_withoutWrappers_isTheSameArray(String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        assertThat(SignatureCarrier.strip(body)).isSameAs(body);
    }

    @Test
    void strip_takesWrappersOut_andBlocksThatHoldNothingElse() {
        String base64 = Base64.getEncoder().encodeToString(WRAPPER.getBytes(StandardCharsets.UTF_8));
        String body = ("{'n':1.50,'content':[{'type':'thinking','thinking':'hm','signature':'W'},"
                        + "{'type':'redacted_thinking','data':'W'},{'type':'reasoning.encrypted','data':'W'},"
                        + "{'type':'text','text':'Hi','thought_signature':'W'},{'text':'ho','thoughtSignature':'B'}]}")
                .replace("'W'", "'" + WRAPPER + "'")
                .replace("'B'", "'" + base64 + "'")
                .replace('\'', '"');
        assertThat(SignatureCarrier.strip(body.getBytes(StandardCharsets.UTF_8)))
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{'n':1.50,'content':[{'type':'text','text':'Hi'},{'text':'ho'}]}".replace('\'', '"'));
    }
}
