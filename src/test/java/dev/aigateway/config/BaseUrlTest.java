package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseUrlTest {
    @ParameterizedTest
    @CsvSource({
        "https://api.example.com, v1/messages, https://api.example.com/v1/messages",
        "https://api.example.com/, /v1/messages, https://api.example.com/v1/messages",
        "https://api.example.com/v1, v1/messages, https://api.example.com/v1/messages",
        "https://api.example.com/v1//, v1/messages, https://api.example.com/v1/messages",
        "https://api.example.com/team/v1, v1/chat/completions, https://api.example.com/team/v1/chat/completions",
        "https://api.example.com/team, v1/chat/completions, https://api.example.com/team/v1/chat/completions",
        "https://api.example.com/v4, v1/chat/completions, https://api.example.com/v4/chat/completions",
        "https://g.example.com/v1beta, v1beta/models, https://g.example.com/v1beta/models",
        "https://g.example.com/v1beta/openai, v1/chat/completions, https://g.example.com/v1beta/openai/chat/completions",
        "http://[::1]:8080/v1, v1/models, http://[::1]:8080/v1/models"
    })
    void join_neverDoublesTheVersion(String base, String path, String expected) throws Exception {
        assertThat(BaseUrl.join(BaseUrl.parse(base), path)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS://LOCALHOST:8443, https://localhost:8443",
        "Https://API.Example.com/Team/V1/, https://api.example.com/Team/V1",
        "HTTP://[::1]:80/v1, http://[::1]:80/v1"
    })
    void parse_schemeAndHost_areLowerCase_butNotThePath(String text, String expected) throws Exception {
        assertThat(BaseUrl.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com, must be an http or https URL",
        "ftp://api.example.com, must be an http or https URL",
        "https:///v1, must be an http or https URL",
        "http://a b, is not a URL",
        "https://user:password@example.com, must not hold a user name",
        "https://example.com?key=x, must not hold a query",
        "https://example.com#x, must not hold a query",
        "https://example.com:70000, has a port over 65535"
    })
    void parse_ofWhatIsNoBase_saysWhy(String text, String message) {
        assertThatThrownBy(() -> BaseUrl.parse(text))
                .isInstanceOf(BadValueException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("password@");
    }
}
