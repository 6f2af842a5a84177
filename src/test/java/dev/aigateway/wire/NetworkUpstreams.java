package dev.aigateway.wire;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Upstreams behind proxies, header rules and transparent endpoints. */
public class NetworkUpstreams implements QuarkusTestResourceLifecycleManager {
    private final Vertx vertx = Vertx.vertx();
    private final ScriptedUpstream up = ScriptedUpstream.plain(vertx);
    private final ScriptedUpstream other = ScriptedUpstream.plain(vertx);
    private final ScriptedUpstream secure = ScriptedUpstream.tls(vertx);
    private final TestProxy http = TestProxy.http(vertx);
    private final TestProxy https = TestProxy.https(vertx);
    private final TestProxy socks = TestProxy.socks5(vertx);
    private final Path file = file();

    @Override
    public Map<String, String> start() {
        try {
            Files.writeString(file, configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("ai-proxy.config", file.toString());
    }

    @Override
    public void inject(TestInjector injector) {
        inject(injector, "up", up);
        inject(injector, "other", other);
        inject(injector, "secure", secure);
        inject(injector, "http", http);
        inject(injector, "https", https);
        inject(injector, "socks", socks);
    }

    private static void inject(TestInjector injector, String name, Object value) {
        injector.injectIntoFields(
                value,
                field -> field.isAnnotationPresent(Upstreams.Inject.class)
                        && field.getName().equals(name));
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file() {
        try {
            return Files.createTempFile("gateway-network-test", ".yaml");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configuration() {
        return """
                ai-proxy:
                  access-keys: [ "client-key-1" ]
                  limits: { max-body-size: 100KiB }
                  cooldown: { rate-limit: 0, server-error: 0, network: 0, refused: 0 }
                  breaker: { failures: 0 }
                  retry: { max-retries: 0 }
                  streaming: { keepalive: 60s }
                  proxy-url: "$HTTP_PROXY_URL"
                  headers: { x-org: acme, x-level: top }
                  forward-headers: [ X-Trace ]
                  passthrough-headers: [ X-Vendor ]
                  target-base: $UP/common
                  passthrough-provider: files
                  providers:
                    - { name: by-http, type: openai, base-url: "$UP/v1", api-keys: [ sk-http ], models: [ by-http ] }
                    - name: by-http-tls
                      type: openai
                      base-url: $SECURE/v1
                      api-keys: [ sk-http-tls ]
                      models: [ by-http-tls ]
                      ca-certificate: $CERTIFICATE
                    - name: by-socks
                      type: openai
                      base-url: $UP/v1
                      api-keys: [ sk-socks, { key: sk-direct, proxy-url: "", headers: { x-level: key } } ]
                      models: [ by-socks ]
                      proxy-url: $SOCKS_PROXY_URL
                    - name: by-socks-tls
                      type: openai
                      base-url: $SECURE/v1
                      api-keys: [ sk-socks-tls ]
                      models: [ by-socks-tls ]
                      ca-certificate: $CERTIFICATE
                      proxy-url: $SOCKS_PROXY_URL
                    - { name: by-https, type: openai, base-url: "$UP/v1", models: [ by-https ], proxy-url: "$TLS_PROXY_URL", ca-certificate: $CERTIFICATE }
                    - name: by-https-tls
                      type: openai
                      base-url: $SECURE/v1
                      api-keys: [ sk-https-tls ]
                      models: [ by-https-tls ]
                      ca-certificate: $CERTIFICATE
                      proxy-url: $TLS_PROXY_URL
                    - { name: strange-proxy, type: openai, base-url: "$UP/v1", models: [ strange-proxy ], proxy-url: "$TLS_PROXY_URL" }
                    - { name: no-proxy, type: openai, base-url: "$UP/v1", models: [ no-proxy ], proxy-url: "http://127.0.0.1:1" }
                    - { name: wrong-password, type: openai, base-url: "$UP/v1", models: [ wrong-password ], proxy-url: "http://proxy-user:s3cret-word@$HTTP_PROXY" }
                    - name: claude
                      type: anthropic
                      base-url: $UP
                      api-keys: [ sk-ant ]
                      models: [ claude ]
                      proxy-url: none
                      headers: { anthropic-beta: "configured-1,both", X-Level: provider, x-dollar: $Trace }
                    - name: closed
                      type: anthropic
                      base-url: $UP
                      api-keys: [ sk-ant ]
                      models: [ closed ]
                      proxy-url: direct
                      forward-headers: []
                      deny-headers: [ anthropic-beta ]
                      passthrough-headers: []
                    - { name: callers, type: anthropic, base-url: "$UP/callers", models: [ callers ], auth: client, proxy-url: none }
                    - { name: callers-chat, type: openai, base-url: "$UP/callers", models: [ callers-chat ], auth: client, proxy-url: none }
                    - { name: files, type: openai, base-url: "$UP/files/v1", api-keys: [ sk-files, sk-files-2 ], models: [ files ], proxy-url: none }
                    - { name: hasty, type: openai, base-url: "$UP/v1", models: [ hasty ], proxy-url: none, timeouts: { first-byte: 100ms } }
                  endpoints:
                    direct: { target-base: "$UP/v1", proxy-url: direct }
                    common: { proxy-url: direct, headers: { authorization-hint: x } , deny-headers: [ x-secret ], forward-headers: [ cookie ] }
                    by-http: { target-base: "$OTHER/base" }
                    by-socks: { target-base: "$OTHER", proxy-url: "$SOCKS_PROXY_URL" }
                    nobody: { target-base: "http://127.0.0.1:1", proxy-url: direct }
                """.replace("$HTTP_PROXY_URL", http.url("http"))
                .replace("$TLS_PROXY_URL", https.url("https"))
                .replace("$SOCKS_PROXY_URL", socks.url("socks5"))
                .replace("$HTTP_PROXY", http.url("http").replaceFirst(".*@", ""))
                .replace("$UP", "http://127.0.0.1:" + up.port())
                .replace("$OTHER", "http://127.0.0.1:" + other.port())
                .replace("$SECURE", "https://localhost:" + secure.port())
                .replace(
                        "$CERTIFICATE",
                        Path.of("src/test/resources/tls/upstream-cert.pem")
                                .toAbsolutePath()
                                .toString());
    }
}
