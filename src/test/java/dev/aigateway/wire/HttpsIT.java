package dev.aigateway.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTPS of the packaged gateway (behaviour reference, rows 204 and 221). */
class HttpsIT {
    private static final Path TLS = Path.of("src/test/resources/tls").toAbsolutePath();
    private static final String ASK =
            "{\"model\":\"demo\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"TLSv1.2, HTTP_2", "TLSv1.3, HTTP_2", "TLSv1.3, HTTP_1_1"})
    void listener_speaksTls_andNegotiatesHttp2(String protocol, HttpClient.Version version) throws Exception {
        copy("upstream");
        try (GatewayProcess gateway = GatewayProcess.start(directory, yaml(""))) {
            String url = gateway.awaitUrl();
            assertThat(url).startsWith("https://");
            SSLParameters parameters = new SSLParameters();
            parameters.setProtocols(new String[] {protocol});
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(context("upstream", false))
                    .sslParameters(parameters)
                    .version(version)
                    .build();
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> answer = client.send(ask(url), HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.version()).isEqualTo(version);
                assertThat(answer.body()).contains("Demo").contains("data: [DONE]");
            }
            assertThat(client.send(ask(url, "{bad"), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void plainHttp_atThatPort_failsCleanly() throws Exception {
        copy("upstream");
        try (GatewayProcess gateway = GatewayProcess.start(directory, yaml(""))) {
            String url = gateway.awaitUrl();
            HttpClient plain = HttpClient.newHttpClient();
            HttpRequest request = ask(url.replace("https:", "http:"));
            assertThatThrownBy(() -> plain.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
            assertThat(client("upstream", false)
                            .send(ask(url), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(gateway.output()).doesNotContain("\tat ");
        }
    }

    @Test
    void renewedCertificate_isUsedWithoutARestart() throws Exception {
        copy("upstream");
        try (GatewayProcess gateway = GatewayProcess.start(directory, yaml(", reload-period: 1s"))) {
            String url = gateway.awaitUrl();
            assertThat(accepts(url, "upstream", false)).isTrue();
            assertThat(accepts(url, "renewed", false)).isFalse();
            copy("renewed");
            long start = System.nanoTime();
            while (!accepts(url, "renewed", false)) {
                assertThat(System.nanoTime() - start).as("patience").isLessThan(30_000_000_000L);
            }
        }
    }

    @Test
    void clientCertificate_thatIsRequired_isAskedFor() throws Exception {
        copy("upstream");
        try (GatewayProcess gateway = GatewayProcess.start(directory, yaml(", client-ca: client-ca.pem"))) {
            String url = gateway.awaitUrl();
            assertThat(accepts(url, "upstream", true)).isTrue();
            assertThat(accepts(url, "upstream", false)).isFalse();
        }
    }

    @Test
    void clientCertificate_thatIsOnlyRequested_mayBeMissing() throws Exception {
        copy("upstream");
        try (GatewayProcess gateway =
                GatewayProcess.start(directory, yaml(", client-ca: client-ca.pem, client-auth: request"))) {
            String url = gateway.awaitUrl();
            assertThat(accepts(url, "upstream", true)).isTrue();
            assertThat(accepts(url, "upstream", false)).isTrue();
        }
    }

    @Test
    void ipv6_isServed() throws Exception {
        copy("upstream");
        try (GatewayProcess gateway = GatewayProcess.start(directory, "ai-proxy: { port: 0, host: '::1' }")) {
            String url = gateway.awaitUrl();
            assertThat(url).startsWith("http://[::1]:");
            assertThat(HttpClient.newHttpClient()
                            .send(ask(url), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void missingFile_refusesTheStart() throws Exception {
        copy("upstream");
        Files.delete(directory.resolve("cert.pem"));
        try (GatewayProcess gateway = GatewayProcess.start(directory, yaml(""))) {
            assertThat(gateway.awaitEnd()).isEqualTo(2);
            assertThat(gateway.output())
                    .isEqualTo("error: application.yaml:3: tls.cert must be the path of a file that can be read");
        }
    }

    private void copy(String name) throws IOException {
        put(name + "-key.pem", "key.pem");
        put(name + "-cert.pem", "cert.pem");
        put("renewed-cert.pem", "client-ca.pem");
    }

    private void put(String from, String to) throws IOException {
        Files.copy(TLS.resolve(from), directory.resolve("next"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(directory.resolve("next"), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String yaml(String tls) {
        return "ai-proxy:\n  port: 0\n  tls: { cert: cert.pem, key: key.pem" + tls + " }\n";
    }

    private static boolean accepts(String url, String trusted, boolean withCertificate) throws Exception {
        try {
            return client(trusted, withCertificate)
                            .send(ask(url), HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static HttpClient client(String trusted, boolean withCertificate) throws Exception {
        return HttpClient.newBuilder()
                .sslContext(context(trusted, withCertificate))
                .build();
    }

    private static HttpRequest ask(String url) {
        return ask(url, ASK);
    }

    private static HttpRequest ask(String url, String body) {
        return HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static SSLContext context(String trusted, boolean withCertificate) throws Exception {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("gateway", certificate(trusted));
        TrustManagerFactory trusts = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusts.init(trust);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        if (withCertificate) {
            own.setKeyEntry("client", privateKey(), new char[0], new Certificate[] {certificate("renewed")});
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trusts.getTrustManagers(), null);
        return context;
    }

    private static Certificate certificate(String name) throws Exception {
        try (InputStream file = new ByteArrayInputStream(Files.readAllBytes(TLS.resolve(name + "-cert.pem")))) {
            return CertificateFactory.getInstance("X.509").generateCertificate(file);
        }
    }

    private static java.security.PrivateKey privateKey() throws Exception {
        String pem = Files.readString(TLS.resolve("renewed-key.pem")).replaceAll("-----[A-Z ]+-----|\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
    }
}
