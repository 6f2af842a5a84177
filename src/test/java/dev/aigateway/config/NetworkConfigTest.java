package dev.aigateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How upstreams are reached, and what goes through as it is. */
class NetworkConfigTest {
    @TempDir
    Path directory;

    private Loading loading;

    @BeforeEach
    void begin() {
        loading = new Loading(directory);
    }

    @Test
    void nothing_isDirectAndClosed() {
        GatewayConfig config = loading.yaml("providers: [ { type: openai } ]").config();
        assertThat(config.network()).isEqualTo(NetworkConfig.DEFAULT);
        assertThat(config.providers().getFirst().link()).isEqualTo(LinkConfig.DEFAULT);
        assertThat(LinkConfig.DEFAULT.proxy()).isEqualTo(ProxyConfig.DIRECT);
        assertThat(LinkConfig.DEFAULT.timeouts().over(StreamConfig.DEFAULT)).isEqualTo(StreamConfig.DEFAULT);
    }

    /** T-09. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "http://proxy.example.com:3128 | HTTP | proxy.example.com | 3128 | none | none",
                "HTTP://proxy | HTTP | proxy | 80 | none | none",
                "socks5://proxy | SOCKS5 | proxy | 1080 | none | none",
                "socks5h://u:p@proxy:9/ | SOCKS5 | proxy | 9 | u | p",
                "http://u%40x:p%3A%2F+@[::1]:8080 | HTTP | ::1 | 8080 | u@x | p:/+",
                "http://u@proxy:1 | HTTP | proxy | 1 | u | ''",
                "https://u:p@proxy | HTTPS | proxy | 443 | u | p",
                "https://proxy:8443 | HTTPS | proxy | 8443 | none | none"
            })
    void proxy_isRead(String url, ProxyConfig.Scheme scheme, String host, int port, String user, String password) {
        ProxyConfig proxy = loading.yaml(provider("proxy-url: '" + url + "'"))
                .config()
                .providers()
                .getFirst()
                .link()
                .proxy();
        assertThat(proxy)
                .isEqualTo(new ProxyConfig.Server(
                        scheme,
                        host,
                        port,
                        Optional.ofNullable(user),
                        Optional.ofNullable(password).map(Secret::of)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "direct", "none", "NONE"})
    void proxy_ofNobody_isDirect_whateverIsAbove(String word) {
        GatewayConfig config = loading.variable("HTTPS_PROXY", "http://env:1")
                .yaml("proxy-url: http://top:1\n" + provider("proxy-url: " + word))
                .config();
        assertThat(config.providers().getFirst().link().proxy()).isEqualTo(ProxyConfig.DIRECT);
    }

    @Test
    void mostSpecific_wins() {
        GatewayConfig config = loading.yaml("""
                        proxy-url: http://top:1
                        headers: { x-a: top, X-B: top }
                        forward-headers: [ X-One ]
                        deny-headers: [ x-two ]
                        passthrough-headers: [ x-three ]
                        providers:
                          - { name: a, type: openai, api-keys: [ k1, { key: k2, proxy-url: "http://key:1", timeouts: { idle: 3s } } ],
                              timeouts: { connect: 1s, idle: 2s } }
                          - { name: b, type: openai, proxy-url: "http://provider:1", headers: { x-b: own },
                              forward-headers: [ x-four ], deny-headers: [], passthrough-headers: [] }
                        endpoints:
                          e: { target-base: "https://e.example.com/v1/", proxy-url: "http://endpoint:1" }
                          f: { target-base: "https://f.example.com", timeouts: { first-byte: 4s } }
                        """).config();
        ProviderConfig a = config.providers().getFirst();
        assertThat(host(a.link())).isEqualTo("top");
        assertThat(a.keys()).extracting(key -> host(key.settings().link())).containsExactly("top", "key");
        StreamConfig times = a.keys().getLast().settings().link().timeouts().over(StreamConfig.DEFAULT);
        assertThat(times.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(times.firstByteTimeout()).isEqualTo(StreamConfig.DEFAULT.firstByteTimeout());
        assertThat(times.idleTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(a.link().rules()).isEqualTo(new HeaderRules(Set.of("x-one"), Set.of("x-two"), Set.of("x-three")));
        LinkConfig b = config.providers().getLast().link();
        assertThat(host(b)).isEqualTo("provider");
        assertThat(b.headers()).isEqualTo(Map.of("x-a", "top", "x-b", "own"));
        assertThat(b.rules()).isEqualTo(new HeaderRules(Set.of("x-four"), Set.of(), Set.of()));
        EndpointConfig e = config.network().endpoint("e").orElseThrow();
        assertThat(e.targetBase()).isEqualTo(URI.create("https://e.example.com/v1"));
        assertThat(host(e.link())).isEqualTo("endpoint");
        assertThat(host(config.network().endpoint("f").orElseThrow().link())).isEqualTo("top");
        assertThat(config.network().endpointNames()).containsExactly("e", "f");
        assertThat(config.network().forwardable()).containsExactlyInAnyOrder("x-one", "x-four");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "true, api.example.com, 443, secure",
                "false, api.example.com, 80, plain",
                "true, example.org, 443, none",
                "true, API.Example.org, 443, none",
                "true, notexample.org, 443, secure",
                "true, sub.dotted.net, 443, none",
                "true, ported.net, 443, secure",
                "true, ported.net, 8443, none"
            })
    void env_isTheEnvironments_forEachTarget(boolean tls, String host, int port, String expected) {
        ProxyConfig proxy = loading.variable("HTTP_PROXY", "http://plain:1")
                .variable("https_proxy", "u:p@secure:2")
                .variable("NO_PROXY", "example.org, .dotted.net,ported.net:8443")
                .yaml(provider("proxy-url: env"))
                .config()
                .providers()
                .getFirst()
                .link()
                .proxy();
        assertThat(proxy.toward(tls, host, port).map(ProxyConfig.Server::host))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void env_withAStar_excludesAll_andWithoutVariablesIsDirect() {
        ProxyConfig none = loading.variable("HTTP_PROXY", "http://plain:1")
                .variable("NO_PROXY", "*")
                .yaml(provider("proxy-url: env"))
                .config()
                .providers()
                .getFirst()
                .link()
                .proxy();
        assertThat(none.toward(false, "a", 80)).isEmpty();
        assertThat(none.toward(true, "a", 443)).isEmpty();
    }

    /** T-10. */
    @Test
    void environmentOfProxies_isIgnored_unlessAskedFor() {
        GatewayConfig config = loading.variable("HTTP_PROXY", "http://plain:1")
                .variable("HTTPS_PROXY", "nonsense::")
                .yaml(provider("weight: 1"))
                .config();
        assertThat(config.providers().getFirst().link().proxy()).isEqualTo(ProxyConfig.DIRECT);
    }

    @Test
    void groupsOfFreeNames_canBeVariables() {
        GatewayConfig config = loading.variable("AI_PROXY_HEADERS", "{x-org: acme}")
                .variable("AI_PROXY_ENDPOINTS", "{e: {target-base: 'https://e.example.com/v1', proxy-url: direct}}")
                .variable("AI_PROXY_FALLBACKS", "{big: [small, tiny]}")
                .yaml(provider("models: [ big ]"))
                .config();
        assertThat(config.providers().getFirst().link().headers()).isEqualTo(Map.of("x-org", "acme"));
        assertThat(config.network().endpoint("e").orElseThrow().targetBase())
                .isEqualTo(URI.create("https://e.example.com/v1"));
        assertThat(config.routing().fallbacks()).isEqualTo(Map.of("big", List.of("small", "tiny")));
    }

    @Test
    void password_isShownByNothing() {
        GatewayConfig config =
                loading.yaml(provider("proxy-url: 'http://u:s3cret@proxy:1'")).config();
        assertThat(config.toString()).contains("proxy").doesNotContain("s3cret");
    }

    /** T-09. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://u:s3cret@proxy:1 | must be an http, https, socks5 or socks5h URL",
                "s3cret | must be an http, https, socks5 or socks5h URL",
                "http://u:s3cret#@proxy:1 | must be a proxy with a host, such as http://user:password@proxy.example.com:3128; special",
                "http://u:s3cret%@proxy:1 | is not a URL; special characters",
                "http://u:s3cret@proxy:0 | must have a port from 1 to 65535",
                "http://u:s3cret@proxy:70000 | must have a port from 1 to 65535",
                "http://u:s3cret@proxy:1/path | must not hold a path, query or fragment"
            })
    void badProxy_isRefused_withoutItsPassword(String url, String message) {
        List<String> problems =
                loading.yaml(provider("proxy-url: \"" + url + "\"")).problems();
        assertThat(problems)
                .singleElement()
                .asString()
                .contains("proxy-url " + message)
                .doesNotContain("s3cret");
    }

    @Test
    void badVariable_isRefused_withItsName() {
        assertThat(loading.variable("HTTPS_PROXY", "ftp://u:s3cret@proxy")
                        .yaml(provider("proxy-url: env"))
                        .problems())
                .singleElement()
                .asString()
                .contains("proxy-url is env, but the variable HTTPS_PROXY must be an http")
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "endpoints: { openai: { target-base: 'http://a' } } | endpoints.openai has a name that paths of the gateway begin with",
                "endpoints: { v1: { target-base: 'http://a' } } | endpoints.v1 has a name",
                "endpoints: { v1beta: { target-base: 'http://a' } } | endpoints.v1beta has a name",
                "endpoints: { claude: { target-base: 'http://a' } } | endpoints.claude has a name",
                "endpoints: { admin: { target-base: 'http://a' } } | endpoints.admin has a name",
                "endpoints: { health: { target-base: 'http://a' } } | endpoints.health has a name",
                "endpoints: { stats: { target-base: 'http://a' } } | endpoints.stats has a name",
                "endpoints: { metrics: { target-base: 'http://a' } } | endpoints.metrics has a name",
                "endpoints: { models: { target-base: 'http://a' } } | endpoints.models has a name",
                "endpoints: { 'a b': { target-base: 'http://a' } } | endpoints.a b must be a name of letters",
                "endpoints: { a: {} } | endpoints.a needs a target-base",
                "endpoints: { a: { target-base: ftp } } | endpoints.a.target-base must be an http or https URL",
                "endpoints: { a: { target-base: 'http://a', api-key: x } } | endpoints.a.api-key is not a known key",
                "passthrough-provider: nobody | passthrough-provider must be the name of a provider",
                "forward-headers: [ authorization ] | forward-headers[0] is a header that the gateway sets itself",
                "forward-headers: [ 'a b' ] | forward-headers[0] is not the name of a header",
                "deny-headers: [ 'a b' ] | deny-headers[0] is not the name of a header",
                "passthrough-headers: [ Set-Cookie ] | passthrough-headers[0] is a header that is never passed on",
                "providers: [ { type: openai, auth: both } ] | providers[0].auth must be keys or client",
                "providers: [ { type: openai, auth: client, api-keys: [ k ] } ] | providers[0] has api-keys beside auth: client",
                "providers: [ { type: openai, timeouts: { idle: 0 } } ] | providers[0].timeouts.idle must be more than 0"
            })
    void wrongSettings_areRefused(String yaml, String message) {
        assertThat(loading.yaml(yaml).problems()).singleElement().asString().contains(message);
    }

    @Test
    void authClient_needsNoKeys() {
        Loading loaded = loading.yaml("providers: [ { type: gemini, auth: client } ]");
        assertThat(loaded.config().providers().getFirst().link().callersKey()).isTrue();
        assertThat(loaded.warnings()).isEmpty();
    }

    /** Rows 75 and T-02. */
    @ParameterizedTest
    @CsvSource({
        "https://a.example.com, v1, /v1",
        "https://a.example.com/v1, v1, /v1",
        "https://a.example.com/v1/, v1/, /v1/",
        "https://a.example.com/v1, v1/chat/completions, /v1/chat/completions",
        "https://a.example.com/base, v1/a%2Fb|c, /base/v1/a%2Fb|c",
        "https://a.example.com/paas/v4, v1/x, /paas/v4/x",
        "https://a.example.com/v1, v1x/y, /v1/v1x/y"
    })
    void target_isJoinedWithoutDoubling(String base, String path, String expected) {
        EndpointConfig endpoint = loading.yaml("target-base: " + base + "\nendpoints: { a: { proxy-url: none } }")
                .config()
                .network()
                .endpoint("a")
                .orElseThrow();
        assertThat(endpoint.pathAt(path)).isEqualTo(expected);
    }

    private static String host(LinkConfig link) {
        return link.proxy().toward(true, "target", 443).orElseThrow().host();
    }

    private static String provider(String setting) {
        return "providers: [ { type: openai, " + setting + " } ]";
    }
}
