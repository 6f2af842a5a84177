package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of a file that holds a key, and everything that makes it hold none. Row 150. */
class KeyFileTest {
    private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");
    private static final long SECONDS = NOW.getEpochSecond();
    private static final String UNUSABLE = "is not a file that can be read";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {"canary", "canary\n", "\r\n  canary\t\n\n", "\ufeffcanary\n", "\ufeff { \"key\": \"canary\" }"})
    void text_isTheKey_whateverBlanksAreAroundIt(String content) throws IOException {
        assertThat(read(content)).isEqualTo(usable("canary"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'access_token':'canary'}",
                "{'accessToken':'canary','refreshToken':'r'}",
                "{'tokens':{'access_token':'canary','refresh_token':'r'},'OPENAI_API_KEY':null}",
                "{'token':{'access_token':'canary','refresh_token':'r'}}",
                "{'token':'canary'}",
                "{'claudeAiOauth':{'accessToken':'canary','refreshToken':'r'},'mcpOAuth':{'accessToken':'other'}}",
                "{'api_key':'canary'}",
                "{'key':'canary'}",
                "{'OPENAI_API_KEY':'canary','tokens':null}",
                "\n {'access_token':' canary\\n'}\n"
            })
    void login_givesItsToken(String content) throws IOException {
        assertThat(login(content)).isEqualTo(usable("canary"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'accessToken':'other','access_token':'canary'}",
                "{'tokens':{'access_token':'other'},'accessToken':'canary'}",
                "{'token':{'access_token':'other'},'tokens':{'access_token':'canary'}}",
                "{'claudeAiOauth':{'accessToken':'other'},'token':{'access_token':'canary'}}",
                "{'claudeAiOauth':{'accessToken':'other'},'token':'canary'}",
                "{'api_key':'other','claudeAiOauth':{'accessToken':'canary'}}",
                "{'key':'other','api_key':'canary'}",
                "{'OPENAI_API_KEY':'other','key':'canary'}",
                "{'OPENAI_API_KEY':'other','tokens':{'access_token':'canary'}}",
                "{'access_token':' ','accessToken':null,'tokens':{'access_token':7},'token':{},'key':'canary'}"
            })
    void login_withSeveralTokens_givesTheFirst(String content) throws IOException {
        assertThat(login(content)).isEqualTo(usable("canary"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'expired':'2026-11-21T04:00:00Z'            | true",
                "'expired':'2026-11-21T04:00:00.001Z'        | false",
                "'expired':'2026-11-21T12:00:00.123456+08:00'| false",
                "'expired':'2026-11-21T11:59:59.9+08:00'     | true",
                "'expired':'2026-11-20T23:00:00-05:00'       | true",
                "'expired':''                                | false",
                "'expired':'long ago'                        | false",
                "'expired':true                              | false",
                "'expired':null                              | false",
                "'expiry':'2026-11-21T03:59:59Z'             | true",
                "'expiry':'2026-11-21T04:00:01Z'             | false",
                "'expiry':'0001-01-01T00:00:00Z'             | false",
                "'expiry_date':NOW000                        | true",
                "'expiry_date':NOW001                        | false",
                "'expires_at':NOW                            | true",
                "'expires_at':NOW.9                          | true",
                "'expires_at':LATER                          | false",
                "'expires_at':NOW000                         | true",
                "'expires_at':NOW001                         | false",
                "'expires_at':'2026-11-21T04:00:00Z'         | true",
                "'expires_at':'2026-11-21T04:00:01Z'         | false",
                "'expires_at':0                              | false",
                "'expires_at':-1                             | false",
                "'expires_at':1e300                          | false",
                "'expires_at':-1e300                         | false",
                "'expiresAt':NOW000                          | true",
                "'expiresAt':NOW001                          | false",
                "'expiresAt':NOW                             | true",
                "'expiry_date':NOW001,'expired':'2026-11-21T03:00:00Z' | true"
            })
    void login_thatHasEnded_isUnusable_whereverTheEndStands(String end, boolean ended) throws IOException {
        String members = end.replace("NOW", "" + SECONDS).replace("LATER", "" + (SECONDS + 1));
        for (String content : new String[] {
            "{'access_token':'canary',%s}",
            "{'token':{'access_token':'canary',%s}}",
            "{'token':{'access_token':'canary'},%s}",
            "{'claudeAiOauth':{'accessToken':'canary',%s}}",
            "{'token':'canary',%s}"
        }) {
            assertThat(login(content.formatted(members)))
                    .as(content)
                    .isEqualTo(ended ? unusable("holds a login that has expired") : usable("canary"));
        }
    }

    /** An end of something else is none of the token's. */
    @Test
    void login_ignoresTheEndsOfOthers() throws IOException {
        assertThat(login("{'access_token':'canary','tokens':{'access_token':'o','expired':'2020-01-01T00:00:00Z'}}"))
                .isEqualTo(usable("canary"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                          | is empty",
                "' \n\t\r\n'                                 | is empty",
                "canary canary                               | holds more than a key, which is visible ASCII characters without spaces",
                "'canary\ncanary'                            | holds more than a key, which is visible ASCII characters without spaces",
                "canäry                                      | holds more than a key, which is visible ASCII characters without spaces",
                "{\"access_token\":\"canary                  | is not valid JSON",
                "{\"access_token\":\"canary\"}}              | is not valid JSON",
                "{\"access_token\":\"canary\"} {}            | is not valid JSON",
                "{canary}                                    | is not valid JSON",
                "{}                                          | holds no token",
                "{\"access_token\":\"\",\"refresh_token\":\"canary\"} | holds no token",
                "{\"token\":[\"canary\"],\"key\":7}          | holds no token",
                "{\"access_token\":\"canary canary\"}        | holds a token that is no key, which is visible ASCII characters without spaces",
                "{\"access_token\":\"canary\",\"disabled\":true}           | says that its login is disabled",
                "{\"token\":{\"access_token\":\"canary\"},\"disabled\":true} | says that its login is disabled",
                "{\"token\":{\"access_token\":\"canary\",\"disabled\":true}} | says that its login is disabled"
            })
    void file_thatHoldsNoKey_saysWhy_andNothingOfWhatItHolds(String content, String reason) throws IOException {
        assertThat(read(content)).isEqualTo(unusable(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'disabled':false", "'disabled':'true'", "'disabled':null"})
    void login_thatIsNotDisabled_isUsable(String disabled) throws IOException {
        assertThat(login("{'access_token':'canary'," + disabled + "}")).isEqualTo(usable("canary"));
    }

    @Test
    void size_isBounded() throws IOException {
        assertThat(read("canary" + " ".repeat(KeyFile.MOST_BYTES - 6))).isEqualTo(usable("canary"));
        assertThat(read("canary" + " ".repeat(KeyFile.MOST_BYTES - 5))).isEqualTo(unusable("is larger than 64 KiB"));
        assertThat(read("{\"a\":" + "[".repeat(5000))).isEqualTo(unusable("is not valid JSON"));
    }

    @Test
    void path_thatLeadsToNoFile_isUnusable() {
        assertThat(KeyFile.read(directory.resolve("none"), NOW)).isEqualTo(unusable("does not exist"));
        assertThat(KeyFile.read(directory, NOW)).isEqualTo(unusable(UNUSABLE));
        assertThat(KeyFile.read(Path.of("/dev/null"), NOW)).isEqualTo(unusable(UNUSABLE));
    }

    private KeyFile login(String content) throws IOException {
        return read(content.replace('\'', '"'));
    }

    private KeyFile read(String content) throws IOException {
        return KeyFile.read(Files.writeString(directory.resolve("key"), content), NOW);
    }

    private static KeyFile usable(String key) {
        return new KeyFile.Usable(Secret.of(key));
    }

    private static KeyFile unusable(String reason) {
        return new KeyFile.Unusable(reason);
    }
}
