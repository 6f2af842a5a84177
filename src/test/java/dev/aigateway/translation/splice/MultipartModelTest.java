package dev.aigateway.translation.splice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartModelTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: form-data; name=\"model\"",
                "content-disposition:form-data;name=model",
                "Content-Type: text/plain\nContent-Disposition: form-data; charset=x; name=\"model\"; x=y"
            })
    void modelPart_isFoundWithItsPlace(String head) {
        byte[] body = form("Content-Disposition: form-data; name=\"a\"", "1", head, "whisper-1");
        MultipartModel.Site site = MultipartModel.find(body, "B").orElseThrow();
        assertThat(site.model()).isEqualTo("whisper-1");
        assertThat(new String(body, site.offset(), site.length(), StandardCharsets.UTF_8))
                .isEqualTo("whisper-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: form-data; name=\"models\"",
                "Content-Disposition: form-data; filename=\"model\"",
                "X-Other: name=\"model\""
            })
    void otherParts_areNotTheModel(String head) {
        assertThat(MultipartModel.find(form(head, "x"), "B")).isEmpty();
    }

    @Test
    void everyPrefixWithoutTheNextDelimiter_isNotEnough() {
        byte[] body = form("Content-Disposition: form-data; name=\"model\"", "m-1");
        int enough = new String(body, StandardCharsets.UTF_8).indexOf("m-1") + "m-1\r\n--B".length();
        for (int length = 0; length <= body.length; length++) {
            byte[] beginning = Arrays.copyOf(body, length);
            assertThat(MultipartModel.find(beginning, "B").isPresent())
                    .as("after %d bytes", length)
                    .isEqualTo(length >= enough);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/form-data; boundary=abc | abc",
                "multipart/form-data; charset=utf-8; Boundary=\"a b\" | a b",
                "multipart/form-data |"
            })
    void boundary_isReadFromTheMediaType(String type, String boundary) {
        assertThat(MultipartModel.boundary(type)).isEqualTo(Optional.ofNullable(boundary));
    }

    private static byte[] form(String... headsAndValues) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < headsAndValues.length; i += 2) {
            body.append("--B\r\n").append(headsAndValues[i].replace("\n", "\r\n"));
            body.append("\r\n\r\n").append(headsAndValues[i + 1]).append("\r\n");
        }
        return body.append("--B--\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
