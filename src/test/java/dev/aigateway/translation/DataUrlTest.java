package dev.aigateway.translation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aigateway.conversation.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data:image/png;base64,QUJD|image/png|QUJD",
                "DATA:Image/PNG;BASE64,QUJD|image/png|QUJD",
                "data:text/plain;charset=utf-8;base64,QUJD|text/plain|QUJD",
                "data:;base64,QUJD|text/plain|QUJD",
                "data:text/html,a%20b+c|text/html|YSBiK2M=",
                "data:,%C3%BC|text/plain|w7w=",
                "data:,100%|text/plain|MTAwJQ==",
                "data:image/png;base64,|image/png|''"
            })
    void dataUrl_isReadAsBase64(String url, String mime, String data) {
        assertThat(DataUrl.parse(url)).contains(new Source.Base64(mime, data));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/a,b", "data:image/png;base64", "", "dat"})
    void anyOtherUrl_isNone(String url) {
        assertThat(DataUrl.parse(url)).isEmpty();
    }

    @Test
    void dataUrl_thatIsWritten_isReadBack() {
        assertThat(DataUrl.of("image/gif", "R0lG")).isEqualTo("data:image/gif;base64,R0lG");
        assertThat(DataUrl.parse(DataUrl.of("image/gif", "R0lG"))).contains(new Source.Base64("image/gif", "R0lG"));
    }
}
