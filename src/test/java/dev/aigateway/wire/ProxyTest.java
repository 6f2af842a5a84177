package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which way requests leave, and how long they may take. */
@QuarkusTest
@QuarkusTestResource(value = NetworkUpstreams.class, restrictToAnnotatedClass = true)
class ProxyTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String ANSWER = "{\"id\":\"c1\",\"choices\":[]}";

    @Upstreams.Inject
    ScriptedUpstream up;

    @Upstreams.Inject
    ScriptedUpstream other;

    @Upstreams.Inject
    ScriptedUpstream secure;

    @Upstreams.Inject
    TestProxy http;

    @Upstreams.Inject
    TestProxy https;

    @Upstreams.Inject
    TestProxy socks;

    @BeforeEach
    void reset() {
        up.reset();
        other.reset();
        secure.reset();
        http.take();
        https.take();
        socks.take();
    }

    @Test
    void topLevelProxy_plain_isAskedInAbsoluteForm_andKeepsItsPassword() {
        up.then(Script.json(ANSWER));
        assertThat(post("by-http").body()).isEqualTo(ANSWER);
        assertThat(http.take()).containsExactly("POST http://127.0.0.1:" + up.port() + "/v1/chat/completions");
        Received received = up.take();
        assertThat(received.header("authorization")).isEqualTo("Bearer sk-http");
        assertThat(received.headers().contains("proxy-authorization")).isFalse();
    }

    @Test
    void topLevelProxy_tls_isATunnel() {
        secure.then(Script.json(ANSWER));
        assertThat(post("by-http-tls").body()).isEqualTo(ANSWER);
        assertThat(http.take()).containsExactly("CONNECT localhost:" + secure.port());
        assertThat(secure.take().header("authorization")).isEqualTo("Bearer sk-http-tls");
    }

    @Test
    void proxyBehindTls_isSpokenToAsAnyOther() {
        up.then(Script.json(ANSWER));
        assertThat(post("by-https").body()).isEqualTo(ANSWER);
        assertThat(https.take()).containsExactly("POST http://127.0.0.1:" + up.port() + "/v1/chat/completions");
        secure.then(Script.json(ANSWER));
        assertThat(post("by-https-tls").body()).isEqualTo(ANSWER);
        assertThat(https.take()).containsExactly("CONNECT localhost:" + secure.port());
        assertThat(secure.take().header("authorization")).isEqualTo("Bearer sk-https-tls");
    }

    @Test
    void proxyBehindTls_hearsAtOnceThatTheClientHasLeft() {
        secure.then(Script.stream()
                .send("data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"begun\"}}]}\n\n")
                .await(new CompletableFuture<>()));
        try (var stream = GatewayClient.open(CHAT, request("by-https-tls", true))) {
            stream.readUntil("begun");
        }
        secure.take().awaitClosed();
    }

    @Test
    void socks_tls_resolvesAtTheProxy() {
        secure.then(Script.json(ANSWER));
        assertThat(post("by-socks-tls").body()).isEqualTo(ANSWER);
        assertThat(socks.take()).containsExactly("localhost:" + secure.port());
        assertThat(http.take()).isEmpty();
    }

    @Test
    void keyWithAnEmptyProxy_goesDirectly_theOtherByItsProvidersProxy() {
        List<String> ways = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            up.then(Script.json(ANSWER));
            assertThat(post("by-socks").statusCode()).isEqualTo(200);
            Received received = up.take();
            ways.add(received.header("authorization") + " " + received.header("x-level") + " "
                    + socks.take().size());
        }
        assertThat(ways).containsExactlyInAnyOrder("Bearer sk-socks top 1", "Bearer sk-direct key 0");
        assertThat(http.take()).isEmpty();
    }

    /** T-09. */
    @Test
    void endpoints_haveTheirOwnWays() {
        up.then(Script.json("1"));
        other.then(Script.json("2"));
        assertThat(GatewayClient.post("/direct/v1/x", "{}").body()).isEqualTo("1");
        assertThat(http.take()).isEmpty();
        assertThat(GatewayClient.post("/by-http/v1/x", "{}").body()).isEqualTo("2");
        assertThat(http.take()).containsExactly("POST http://127.0.0.1:" + other.port() + "/base/v1/x");
        other.then(Script.json("3"));
        assertThat(GatewayClient.post("/by-socks/v1/x", "{}").body()).isEqualTo("3");
        assertThat(socks.take()).containsExactly("127.0.0.1:" + other.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-proxy", "wrong-password", "strange-proxy"})
    void proxyThatIsNoHelp_is502_thatTellsNothingOfIt(String model) {
        HttpResponse<String> response = post(model);
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body() + response.headers()).contains(model).doesNotContain("proxy-user", "s3cret-word");
        assertThat(up.untaken()).isZero();
    }

    /** the time limits have an effect. */
    @Test
    void providersOwnLimit_countsInsteadOfTheGeneralOne() {
        up.then(Script.stream().await(new CompletableFuture<>()));
        assertThat(post("hasty").statusCode()).isEqualTo(504);
        up.take().awaitClosed();
    }

    /** a connection is kept for the requests that follow. */
    @Test
    void connections_areKept() {
        up.otherwise(Script.json(ANSWER));
        int before = up.opened();
        for (int i = 0; i < 50; i++) {
            assertThat(post("files").body()).isEqualTo(ANSWER);
        }
        assertThat(up.opened() - before).isLessThan(25);
    }

    private static HttpResponse<String> post(String model) {
        return GatewayClient.post(CHAT, request(model, false));
    }

    private static String request(String model, boolean stream) {
        return "{\"model\":\"%s\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"
                .formatted(model, stream);
    }
}
